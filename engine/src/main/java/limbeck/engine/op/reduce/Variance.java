package limbeck.engine.op.reduce;

import java.util.List;
import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Tensor;

/**
 * Variance over axes, in two passes: y = Σ (x − μ)² / (n − correction), with the mean μ = Σ x / n
 * of the row. So a row far from zero keeps its digits.
 *
 * @param axes the axes to reduce, negative ones from the end; none stands for all
 * @param keepAxes whether these axes stay, with size 1
 * @param correction 0 for the variance of the n numbers themselves, 1 for an estimate, without
 *     bias, of that which they were drawn with (Bessel's correction)
 */
public record Variance(List<Integer> axes, boolean keepAxes, int correction)
    implements RowReduceOp {
  private static final OpSpec SPEC = OpSpec.of("variance").operand("x", "...");

  /** Checks the correction; keeps the axes unmodifiable. */
  public Variance {
    axes = List.copyOf(axes);
    if (correction < 0 || correction > 1) {
      throw new IllegalArgumentException("variance: correction " + correction + " is not 0 or 1");
    }
  }

  /** Over the given axes, which go, or over all if none is given; without correction. */
  public Variance(int... axes) {
    this(Reduced.list(axes), false, 0);
  }

  @Override
  public int leastTerms() {
    return 1 + correction;
  }

  @Override
  public int cost() {
    return 4;
  }

  @Override
  public void forwardRow(Rows r, Tensor x, int i, int n, Tensor scratch, Tensor y, int row) {
    r.addScalar(x, i, -mean(r, x, i, n), scratch, 0, n);
    y.set(row, r.dot(scratch, 0, scratch, 0, n) / (n - correction));
  }

  private static double mean(Rows r, Tensor x, int i, int n) {
    return r.sum(x, i, n) / n;
  }

  /**
   * dx = dy · 2 / (n − correction) · (x − μ): that μ depends on x adds nothing, as Σ (x − μ) = 0.
   */
  @Override
  public void backwardRow(Rows r, Tensor x, int i, int n, Tensor y, Tensor dy, int row, Tensor dx) {
    r.addScalar(x, i, -mean(r, x, i, n), dx, i, n);
    r.scale(dx, i, 2 * dy.get(row) / (n - correction), dx, i, n);
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("axes", axes, "keepAxes", keepAxes, "correction", correction);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}
