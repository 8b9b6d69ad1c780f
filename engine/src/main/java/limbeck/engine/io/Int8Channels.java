package limbeck.engine.io;

import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Weights as whole numbers with a scale for each channel, which is an index of the first axis: the
 * output of a [out, in] matrix, the filter of a convolution, the row of a table. The weight is code
 * · scale, a product of two floats with one rounding, so it has the same bits everywhere.
 *
 * @param codes I32, −127 to 127: symmetric, so that zero is exact and signs are treated alike
 * @param scales F32, [channels], finite and from 0 on
 */
record Int8Channels(Tensor codes, Tensor scales) {
  /** The largest code. */
  static final int MOST = 127;

  /** How many scales calibration tries: those of 1, 39/40 … 20/40 of the largest magnitude. */
  private static final int TRIED = 21;

  private static final int PARTS = 40;

  /**
   * Rounds to the nearest code, ties to even.
   *
   * @param w F32 of one axis at least, finite
   * @param calibrated whether scales are chosen for the least squared error, not as the largest
   *     magnitude / 127
   */
  static Int8Channels of(Tensor w, boolean calibrated) {
    int channels = w.shape().axis(0);
    int each = channels == 0 ? 0 : w.size() / channels;
    Int8Channels made =
        new Int8Channels(
            Tensor.zeros(DType.I32, w.shape()), Tensor.zeros(DType.F32, Shape.of(channels)));
    for (int c = 0; c < channels; c++) {
      int from = w.offset() + c * each;
      float scale = calibrated ? calibrated(w.floats(), from, each) : scale(w, from, each);
      made.scales.floats()[c] = scale;
      for (int i = 0; i < each; i++) {
        made.codes.ints()[c * each + i] = code(w.floats()[from + i], scale);
      }
    }
    return made;
  }

  private static float scale(Tensor w, int from, int n) {
    return scale(largest(w.floats(), from, n));
  }

  private static float largest(float[] w, int from, int n) {
    float largest = 0;
    for (int i = from; i < from + n; i++) {
      largest = Math.max(largest, Math.abs(w[i]));
    }
    return largest;
  }

  /**
   * The float nearest to largest / 127, or one next to it: above, where that was rounded so far
   * down that the largest had no code (below the normal numbers only), or below, where 127 times it
   * would be infinite.
   */
  private static float scale(double largest) {
    float scale = (float) (largest / MOST);
    while (largest / scale > MOST + 0.5) {
      scale = Math.nextUp(scale);
    }
    return Float.isFinite(MOST * scale) ? scale : Math.nextDown(scale);
  }

  /** Of the tried scales the one with the least sum of squares; of equal ones the largest. */
  private static float calibrated(float[] w, int from, int n) {
    double largest = largest(w, from, n);
    float best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int k = 0; k < TRIED; k++) {
      float scale = scale(largest * (PARTS - k) / PARTS);
      double error = squaredError(w, from, n, scale);
      if (error < least) {
        least = error;
        best = scale;
      }
    }
    return best;
  }

  /** In double, ascending. */
  private static double squaredError(float[] w, int from, int n, float scale) {
    double sum = 0;
    for (int i = from; i < from + n; i++) {
      double off = (double) w[i] - weight(code(w[i], scale), scale);
      sum += off * off;
    }
    return sum;
  }

  private static int code(float w, float scale) {
    if (scale == 0) {
      return 0;
    }
    double nearest = Math.rint((double) w / scale);
    return (int) Math.max(-MOST, Math.min(MOST, nearest));
  }

  private static float weight(int code, float scale) {
    return code * scale;
  }

  /** The weights: F32, in the shape of the codes. */
  Tensor widened() {
    Tensor w = Tensor.zeros(DType.F32, codes.shape());
    int channels = scales.size();
    int each = channels == 0 ? 0 : w.size() / channels;
    for (int c = 0; c < channels; c++) {
      float scale = scales.floats()[scales.offset() + c];
      for (int i = c * each; i < (c + 1) * each; i++) {
        w.floats()[i] = weight(codes.ints()[codes.offset() + i], scale);
      }
    }
    return w;
  }
}
