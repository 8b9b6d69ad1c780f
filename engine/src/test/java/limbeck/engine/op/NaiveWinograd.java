package limbeck.engine.op;

import limbeck.engine.kernel.composite.Window;
import limbeck.engine.op.nn.Conv;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.ErrorBound;

/**
 * The errors that float32 may make in a convolution by Winograd's F(2 × 2, 3 × 3). On an axis it
 * computes y = Aᵀ ((G g) ⊙ (Bᵀ d)): output i gets g_a · d_b from element f of the products A_fi ·
 * G_fa · B_bf times, and these cancel but for b = i + a. Errors do not: a term that meets c
 * roundings on its way is off by γ_c of its size at most, hence the sum by γ_c times the sum of all
 * sizes (Higham 2002, lemma 3.1 and section 3.3), which is κ_i(a, b) · |g_a| · |d_b| with
 *
 * <pre>{@code
 * κ_i(a, b) = Σ over f of |A_fi| · |G_fa| · |B_bf|
 * }</pre>
 *
 * <p>and over a plane κ of the rows times κ of the columns. Scaling by ½ is exact.
 */
final class NaiveWinograd {
  private static final int[][] A = {{1, 1, 1, 0}, {0, 1, 1, 1}};
  private static final double[][] G = {{1, 0, 0}, {.5, .5, .5}, {.5, .5, .5}, {0, 0, 1}};
  private static final int[][] B = {{1, 0, 1, 0}, {0, 1, 1, 0}, {0, 1, 1, 0}, {0, 1, 0, 1}};

  /** Roundings of transforms: data two sums, weights four, results four. */
  private static final int DATA = 2;

  private static final int WEIGHTS = 4;
  private static final int RESULTS = 4;

  /** Those of the gradient's tiles and of the way back to the weights. */
  private static final int GRADIENTS = 2;

  private static final int BACK = 4;

  /** Tiles of a chain of the weights' gradient, if an image has not more. */
  private static final int CHAIN = 1024;

  private final Conv op;
  private final ConvValues v;
  private final Shape x;
  private final Shape w;
  private final Shape y;

  NaiveWinograd(Conv op, ConvValues v) {
    this.op = op;
    this.v = v;
    x = v.shape(0);
    w = v.shape(1);
    y = v.shape();
  }

  /** Whether a convolution goes this way. */
  static boolean takes(Conv op, Shape w, Shape y) {
    boolean takes = op.groups() == 1 && w.rank() == 4 && y.axis(2) > 1 && y.axis(3) > 1;
    for (Window window : op.windows()) {
      takes &= window.size() == 3 && window.stride() == 1 && window.dilation() == 1;
    }
    return takes && Math.min(w.axis(0), w.axis(1)) >= 16 && Math.max(w.axis(0), w.axis(1)) <= 256;
  }

  /** κ_i(a, b). */
  private static double kappa(int i, int a, int b) {
    double sum = 0;
    for (int f = 0; f < 4; f++) {
      sum += A[i][f] * G[f][a] * B[f][b];
    }
    return sum;
  }

  /** |t[image, channel, row, column]|, 0 outside of the plane. */
  private double size(boolean data, int image, int channel, int row, int column) {
    Shape s = data ? x : y;
    if (row < 0 || row >= s.axis(2) || column < 0 || column >= s.axis(3)) {
      return 0;
    }
    int i = ((image * s.axis(1) + channel) * s.axis(2) + row) * s.axis(3) + column;
    return Math.abs(data ? v.in(0, i) : v.gradOut(i));
  }

  private double weight(int out, int in, int a, int b) {
    return Math.abs(v.in(1, ((out * w.axis(1) + in) * 3 + a) * 3 + b));
  }

  /** The transforms, a chain over channels, and the bias. */
  double resultBound(int i) {
    int column = i % y.axis(3);
    int row = i / y.axis(3) % y.axis(2);
    int out = i / y.axis(3) / y.axis(2) % y.axis(1);
    int image = i / y.axis(3) / y.axis(2) / y.axis(1);
    int top = op.windows().get(0).padding();
    int left = op.windows().get(1).padding();
    double sum = op.bias() ? Math.abs(v.in(2, out)) : 0;
    for (int in = 0; in < w.axis(1); in++) {
      sum += pass(true, image, in, row, column, top, left, out, in);
    }
    int roundings = DATA + WEIGHTS + RESULTS + (op.bias() ? 1 : 0);
    return ErrorBound.gamma(roundings + ErrorBound.product(w.axis(1))) * sum;
  }

  /** The same from dy, over outputs, with windows turned over and padded by 2 − padding. */
  double inputBound(int i) {
    int column = i % x.axis(3);
    int row = i / x.axis(3) % x.axis(2);
    int in = i / x.axis(3) / x.axis(2) % x.axis(1);
    int image = i / x.axis(3) / x.axis(2) / x.axis(1);
    int top = 2 - op.windows().get(0).padding();
    int left = 2 - op.windows().get(1).padding();
    double sum = 0;
    for (int out = 0; out < w.axis(0); out++) {
      sum += pass(false, image, out, row, column, top, left, out, in);
    }
    int roundings = DATA + WEIGHTS + RESULTS;
    return ErrorBound.gamma(roundings + ErrorBound.product(w.axis(0))) * sum;
  }

  /** Sizes of the terms of one element of a pass, from one channel. */
  private double pass(
      boolean forward,
      int image,
      int channel,
      int row,
      int column,
      int top,
      int left,
      int out,
      int in) {
    double sum = 0;
    for (int b = 0; b < 16; b++) {
      int from = row / 2 * 2 - top + b / 4;
      double d = size(forward, image, channel, from, column / 2 * 2 - left + b % 4);
      for (int a = 0; a < 9 && d > 0; a++) {
        double g = weight(out, in, forward ? a / 3 : 2 - a / 3, forward ? a % 3 : 2 - a % 3);
        sum += kappa(row % 2, a / 3, b / 4) * kappa(column % 2, a % 3, b % 4) * g * d;
      }
    }
    return sum;
  }

  /** The transforms, a chain over tiles of some images, and sums of chains and of parts. */
  double weightBound(int i) {
    int in = i / 9 % w.axis(1);
    int out = i / 9 / w.axis(1);
    double sum = 0;
    int down = (y.axis(2) + 1) / 2;
    int across = (y.axis(3) + 1) / 2;
    for (int image = 0; image < x.axis(0); image++) {
      for (int tile = 0; tile < down * across; tile++) {
        sum += tile(image, in, out, tile / across * 2, tile % across * 2, i / 3 % 3, i % 3);
      }
    }
    int chain = Math.max(CHAIN, down * across);
    chain = Math.min(chain, x.axis(0) * down * across);
    return ErrorBound.gamma(chain + DATA + GRADIENTS + BACK + x.axis(0)) * sum;
  }

  /** Sizes of the terms of element (a, b) of a window's gradient, from one tile. */
  private double tile(int image, int in, int out, int row, int column, int a, int b) {
    int top = row - op.windows().get(0).padding();
    int left = column - op.windows().get(1).padding();
    double sum = 0;
    for (int d = 0; d < 16; d++) {
      double data = size(true, image, in, top + d / 4, left + d % 4);
      for (int i = 0; i < 4 && data > 0; i++) {
        double gradient = size(false, image, out, row + i / 2, column + i % 2);
        sum += kappa(i / 2, a, d / 4) * kappa(i % 2, b, d % 4) * gradient * data;
      }
    }
    return sum;
  }
}
