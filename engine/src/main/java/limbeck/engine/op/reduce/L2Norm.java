package limbeck.engine.op.reduce;

import java.util.List;
import limbeck.engine.kernel.Rows;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Tensor;

/**
 * Root of the sum of squares over axes, the 2-norm; 0 of no elements. The gradient is 0 where the
 * norm is. Squares that leave the range of the type make it 0 or infinite.
 *
 * @param axes the axes to reduce, negative ones from the end; none stands for all
 * @param keepAxes whether these axes stay, with size 1
 */
public record L2Norm(List<Integer> axes, boolean keepAxes) implements RowReduceOp {
  private static final OpSpec SPEC = OpSpec.of("l2Norm").operand("x", "...").onnx("ReduceL2", 18);

  /** Keeps the axes unmodifiable. */
  public L2Norm {
    axes = List.copyOf(axes);
  }

  /** Over the given axes, which go; over all if none is given. */
  public L2Norm(int... axes) {
    this(Reduced.list(axes), false);
  }

  @Override
  public int leastTerms() {
    return 0;
  }

  @Override
  public int cost() {
    return 2;
  }

  @Override
  public void forwardRow(Rows r, Tensor x, int i, int n, Tensor scratch, Tensor y, int row) {
    y.set(row, r.dot(x, i, x, i, n));
    r.sqrt(y, row, y, row, 1);
  }

  /** dx = dy · x / y; 0 where y is 0. */
  @Override
  public void backwardRow(Rows r, Tensor x, int i, int n, Tensor y, Tensor dy, int row, Tensor dx) {
    double norm = y.get(row);
    if (norm == 0) {
      r.fill(0, dx, i, n);
    } else {
      r.scale(x, i, dy.get(row) / norm, dx, i, n);
    }
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}
