package limbeck.engine.op.reduce;

import java.util.List;
import limbeck.engine.kernel.Rows;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Tensor;

/**
 * The smallest element over axes; NaN if there is one. The gradient goes to the first of equal
 * smallest elements, as that of {@link Max} does.
 *
 * @param axes the axes to reduce, negative ones from the end; none stands for all
 * @param keepAxes whether these axes stay, with size 1
 */
public record Min(List<Integer> axes, boolean keepAxes) implements RowReduceOp {
  private static final OpSpec SPEC = OpSpec.of("min").operand("x", "...").onnx("ReduceMin", 18);

  /** Keeps the axes unmodifiable. */
  public Min {
    axes = List.copyOf(axes);
  }

  /** Over the given axes, which go; over all if none is given. */
  public Min(int... axes) {
    this(Reduced.list(axes), false);
  }

  @Override
  public int cost() {
    return 2;
  }

  @Override
  public void forwardRow(Rows r, Tensor x, int i, int n, Tensor scratch, Tensor y, int row) {
    r.scale(x, i, -1, scratch, 0, n);
    y.set(row, -r.max(scratch, 0, n));
  }

  /** dx = dy at the first smallest element of the row, or its first NaN; 0 elsewhere. */
  @Override
  public void backwardRow(Rows r, Tensor x, int i, int n, Tensor y, Tensor dy, int row, Tensor dx) {
    r.scale(x, i, -1, dx, i, n);
    int at = Max.first(r, dx, i, n, -y.get(row));
    r.fill(0, dx, i, n);
    r.fill(dy.get(row), dx, at, 1);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}
