package limbeck.engine.kernel.composite;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * Batch norm of one channel, written once over row loops: y = γ·x̂ + β with x̂ = (x − μ)·ρ and ρ =
 * 1/√(σ² + ε), where μ and σ² = Σ(x − μ)²/m are mean and variance of the channel's m elements, over
 * the batch and over space. Ioffe and Szegedy 2015, arXiv:1502.03167.
 *
 * <p>x is [images, channels, n]: a channel has a plane of n elements in each image, m in all. Loops
 * go through planes as they lie in memory, those of all channels in turn: a channel by itself would
 * jump from page to page, and the CPU fetches ahead within pages only.
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
 * <p>which is what {@link Rows#normalizeGrad} computes, from {@link #sums} and {@link #dots}; and
 * {@link Rows#normalize} is the forward formula, with γ·ρ as its factor. With fixed statistics, as
 * in inference, μ and ρ do not move: dx = γ·ρ·dy is left.
 */
public final class BatchNormKernel {
  private BatchNormKernel() {}

  /** ρ = 1/√(variance + ε). */
  public static double reciprocalDeviation(double variance, double epsilon) {
    return 1 / Math.sqrt(variance + epsilon);
  }

  /** sums[plane] = Σ x over planes {@code from} to {@code to}. */
  public static void sums(Rows r, Tensor x, int n, Tensor sums, int from, int to) {
    for (int plane = from; plane < to; plane++) {
      sums.set(plane, r.sum(x, plane * n, n));
    }
  }

  /** sums[plane] = Σ (x − mean)² over planes {@code from} to {@code to}. */
  public static void squares(
      Rows r, Tensor x, int n, Tensor mean, int channels, Tensor sums, int from, int to) {
    for (int plane = from; plane < to; plane++) {
      double m = mean.get(plane % channels);
      int i = plane * n;
      sums.set(plane, r.centredDot(x, i, m, x, i, m, n));
    }
  }

  /** dots[plane] = Σ dy·(x − mean) over planes {@code from} to {@code to}. */
  public static void dots(
      Rows r,
      Tensor x,
      Tensor dy,
      int n,
      Tensor mean,
      int channels,
      Tensor dots,
      int from,
      int to) {
    for (int plane = from; plane < to; plane++) {
      int i = plane * n;
      dots.set(plane, r.centredDot(dy, i, 0, x, i, mean.get(plane % channels), n));
    }
  }

  /** The sum of a channel's planes. */
  public static double total(Tensor sums, int channel, int channels, int images) {
    double total = 0;
    for (int image = 0; image < images; image++) {
      total += sums.get(image * channels + channel);
    }
    return total;
  }

  /** y = (x − mean)·factor + shift, over planes {@code from} to {@code to}. */
  public static void normalize(
      Rows r,
      Tensor x,
      int n,
      Tensor mean,
      Tensor factor,
      Tensor shift,
      int channels,
      Tensor y,
      int from,
      int to) {
    for (int plane = from; plane < to; plane++) {
      int channel = plane % channels;
      int i = plane * n;
      r.normalize(x, i, mean.get(channel), factor.get(channel), shift.get(channel), y, i, n);
    }
  }

  /**
   * dx of planes {@code from} to {@code to}.
   *
   * @param terms b, a and γ·ρ of each channel, [3, channels]
   */
  public static void inputGradient(
      Rows r,
      Tensor x,
      Tensor dy,
      int n,
      Tensor mean,
      Tensor terms,
      int channels,
      Tensor dx,
      int from,
      int to) {
    for (int plane = from; plane < to; plane++) {
      int channel = plane % channels;
      double b = terms.get(channel);
      double a = terms.get(channels + channel);
      double factor = terms.get(2 * channels + channel);
      int i = plane * n;
      r.normalizeGrad(x, i, dy, i, mean.get(channel), b, a, factor, dx, i, n);
    }
  }
}
