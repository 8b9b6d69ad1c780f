package limbeck.engine.kernel.composite;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * Batch norm of one channel, written once over row loops: y = γ·x̂ + β with x̂ = (x − μ)·ρ and ρ =
 * 1/√(σ² + ε), where μ and σ² = Σ(x − μ)²/m are mean and variance of the channel's m elements, over
 * the batch and over space. Ioffe and Szegedy 2015, arXiv:1502.03167.
 *
 * <p>A channel's elements lie in {@code planes} rows of {@code n}, the first at element {@code at},
 * each {@code step} after the one before: m = planes · n.
 *
 * <p>Order of sums: each plane by the order of {@link Rows#sum} or {@link Rows#dot}, the planes
 * added in double, ascending. The variance is taken from the differences to the mean, in a second
 * pass: so a channel far from zero loses no more digits than its mean does.
 *
 * <p>Backward. Let dy be d loss / d y. The parameters' gradients are plain: dβ = Σ dy, and dγ = Σ
 * dy·x̂. For dx, let g = γ·dy, the gradient of x̂ = (x − μ)·ρ. An element x of the channel changes
 * the loss in three ways:
 *
 * <ul>
 *   <li>it stands in its own x̂: that gives ρ·g;
 *   <li>it moves μ, by 1/m, and with it every x̂, by −ρ: each element gets −ρ·(Σ g)/m. That μ
 *       stands in σ² as well does not matter, because Σ(x − μ) = 0;
 *   <li>it moves σ², by 2·(x − μ)/m, and with it ρ, by −ρ³/2 for each unit of σ². The loss feels ρ
 *       by Σ g·(x − μ). The product is −ρ³·(x − μ)·(Σ g·(x − μ))/m.
 * </ul>
 *
 * <p>Together, with γ taken out of the sums,
 *
 * <pre>{@code
 * dx = γ·ρ · (dy − a − (x − μ)·b),    a = (Σ dy)/m,    b = ρ²·(Σ dy·(x − μ))/m
 * }</pre>
 *
 * <p>which is what {@link Rows#normalizeGrad} computes, from the sums of {@link #sum} and {@link
 * #centredDot}; and {@link Rows#normalize} is the forward formula, with γ·ρ as its factor. With
 * fixed statistics, as in inference, μ and ρ do not move: dx = γ·ρ·dy is left.
 */
public final class BatchNormKernel {
  private BatchNormKernel() {}

  /** ρ = 1/√(variance + ε). */
  public static double reciprocalDeviation(double variance, double epsilon) {
    return 1 / Math.sqrt(variance + epsilon);
  }

  /** Σ x over a channel. */
  public static double sum(Rows r, Tensor x, int at, int step, int planes, int n) {
    double sum = 0;
    for (int plane = 0; plane < planes; plane++) {
      sum += r.sum(x, at + plane * step, n);
    }
    return sum;
  }

  /** Σ (x − mean)² over a channel. */
  public static double squares(Rows r, Tensor x, int at, int step, int planes, int n, double mean) {
    double sum = 0;
    for (int plane = 0; plane < planes; plane++) {
      int i = at + plane * step;
      sum += r.centredDot(x, i, mean, x, i, mean, n);
    }
    return sum;
  }

  /**
   * Σ dy·(x − mean) over a channel.
   *
   * @param dy laid out like x
   */
  public static double centredDot(
      Rows r, Tensor x, Tensor dy, int at, int step, int planes, int n, double mean) {
    double sum = 0;
    for (int plane = 0; plane < planes; plane++) {
      int i = at + plane * step;
      sum += r.centredDot(dy, i, 0, x, i, mean, n);
    }
    return sum;
  }
}
