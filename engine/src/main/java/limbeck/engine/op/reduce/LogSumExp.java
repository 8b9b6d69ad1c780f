package limbeck.engine.op.reduce;

import java.util.List;
import limbeck.engine.kernel.Rows;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Tensor;

/**
 * The logarithm of the sum of exponentials over axes: y = m + ln Σ e^(x − m), with m the largest
 * element, which keeps every exponential in range. A row of −∞ gives −∞, one with a +∞ gives +∞:
 * there the gradient is NaN for each +∞, and 0 for the others.
 *
 * @param axes the axes to reduce, negative ones from the end; none stands for all
 * @param keepAxes whether these axes stay, with size 1
 */
public record LogSumExp(List<Integer> axes, boolean keepAxes) implements RowReduceOp {
  private static final OpSpec SPEC =
      OpSpec.of("logSumExp").operand("x", "...").domain(-5, 5).onnx("ReduceLogSumExp", 18);

  /** Keeps the axes unmodifiable. */
  public LogSumExp {
    axes = List.copyOf(axes);
  }

  /** Over the given axes, which go; over all if none is given. */
  public LogSumExp(int... axes) {
    this(Reduced.list(axes), false);
  }

  @Override
  public int cost() {
    return 10;
  }

  @Override
  public void forwardRow(Rows r, Tensor x, int i, int n, Tensor scratch, Tensor y, int row) {
    double max = r.max(x, i, n);
    if (Double.isInfinite(max)) { // x − max would be NaN
      y.set(row, max);
    } else {
      r.expMinus(x, i, max, scratch, 0, n);
      y.set(row, r.sum(scratch, 0, n));
      r.log(y, row, y, row, 1);
      r.addScalar(y, row, max, y, row, 1);
    }
  }

  /** dx = dy · e^(x − y), the softmax of the row times dy; 0 in a row of −∞. */
  @Override
  public void backwardRow(Rows r, Tensor x, int i, int n, Tensor y, Tensor dy, int row, Tensor dx) {
    if (y.get(row) == Double.NEGATIVE_INFINITY) {
      r.fill(0, dx, i, n);
    } else {
      r.expMinus(x, i, y.get(row), dx, i, n);
      r.scale(dx, i, dy.get(row), dx, i, n);
    }
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}
