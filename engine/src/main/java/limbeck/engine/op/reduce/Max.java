package limbeck.engine.op.reduce;

import java.util.List;
import limbeck.engine.kernel.Rows;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Tensor;

/**
 * The largest element over axes; NaN if there is one. The gradient goes to the first of equal
 * largest elements, in row-major order, as that of max pooling does; PyTorch's {@code amax} shares
 * it among them, its {@code max} over one axis gives it to one.
 *
 * @param axes the axes to reduce, negative ones from the end; none stands for all
 * @param keepAxes whether these axes stay, with size 1
 */
public record Max(List<Integer> axes, boolean keepAxes) implements RowReduceOp {
  private static final OpSpec SPEC = OpSpec.of("max").operand("x", "...").onnx("ReduceMax", 18);

  /** Elements that are looked through at a time for the largest. */
  private static final int PIECE = 64;

  /** Keeps the axes unmodifiable. */
  public Max {
    axes = List.copyOf(axes);
  }

  /** The maximum over the given axes, which go; over all if none is given. */
  public Max(int... axes) {
    this(Reduced.list(axes), false);
  }

  @Override
  public int cost() {
    return 1;
  }

  @Override
  public void forwardRow(Rows r, Tensor x, int i, int n, Tensor scratch, Tensor y, int row) {
    y.set(row, r.max(x, i, n));
  }

  /** dx = dy at the first largest element of the row, or its first NaN; 0 elsewhere. */
  @Override
  public void backwardRow(Rows r, Tensor x, int i, int n, Tensor y, Tensor dy, int row, Tensor dx) {
    int at = first(r, x, i, n, y.get(row));
    r.fill(0, dx, i, n);
    r.fill(dy.get(row), dx, at, 1);
  }

  /** The index of the first element of a row that is its maximum, or of its first NaN. */
  static int first(Rows r, Tensor x, int i, int n, double max) {
    int at = i;
    while (at + PIECE < i + n && !attains(r.max(x, at, PIECE), max)) {
      at += PIECE;
    }
    while (!attains(x.get(at), max)) {
      at++;
    }
    return at;
  }

  /** Whether x, which is not above the maximum, attains it. */
  private static boolean attains(double x, double max) {
    return x == max || Double.isNaN(x);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}
