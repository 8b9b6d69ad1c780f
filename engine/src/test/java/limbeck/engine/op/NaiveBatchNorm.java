package limbeck.engine.op;

import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpValues;

/**
 * Batch norm in naive double code, and the errors that float32 may make on the way, by channel.
 *
 * <p>With m elements: the mean is off by at most δ, its sums and a rounding, relative to the mean
 * of |x|. A difference d = x − μ is off by δ and a rounding of its own. The variance that is
 * computed is that around the wrong mean, larger by δ²; its squares, their sums and its rounding
 * are relative errors: half of all that, by the root, is the relative error of ρ. Fixed statistics
 * have none of these errors.
 */
final class NaiveBatchNorm {
  private static final double U = ErrorBound.U;

  /** For products of errors that are small both. */
  private static final double MORE = 1.01;

  private final OpValues v;
  private final double m;

  /** Roundings of sums over a channel: of its planes; adding these in double hardly counts. */
  private final double sum;

  private final double[] mean;
  private final double[] rho;
  private final double[] delta;
  private final double[] rhoError;

  /** Of the gradients: Σ dy and Σ dy·(x − μ), and the bounds of their errors. */
  private double[] plain;

  private double[] centred;
  private double[] plainError;
  private double[] centredError;

  private NaiveBatchNorm(OpValues v, double epsilon, boolean fixed) {
    this.v = v;
    int channels = v.shape(0).axis(1);
    m = v.shape(0).size() / (double) channels;
    int plane = v.shape(0).size() / channels / Math.max(1, v.shape(0).axis(0));
    sum = ErrorBound.sum(plane == 1 ? v.shape(0).axis(0) : plane) + 1;
    mean = new double[channels];
    rho = new double[channels];
    delta = new double[channels];
    rhoError = new double[channels];
    if (fixed) {
      for (int channel = 0; channel < channels; channel++) {
        mean[channel] = v.in(3, channel);
        rho[channel] = 1 / StrictMath.sqrt(v.in(4, channel) + epsilon);
      }
    } else {
      fillStatistics(epsilon);
    }
  }

  private void fillStatistics(double epsilon) {
    double[] squares = new double[mean.length];
    for (int i = 0; i < v.shape(0).size(); i++) {
      int channel = BatchNormEntries.channel(v, i);
      mean[channel] += v.in(0, i) / m;
      delta[channel] += ErrorBound.gamma(sum + 1) * Math.abs(v.in(0, i)) / m;
    }
    for (int i = 0; i < v.shape(0).size(); i++) {
      squares[BatchNormEntries.channel(v, i)] += difference(i) * difference(i) / m;
    }
    for (int channel = 0; channel < mean.length; channel++) {
      rho[channel] = 1 / StrictMath.sqrt(squares[channel] + epsilon);
      double shift = delta[channel] * rho[channel];
      rhoError[channel] = MORE * (shift * shift + ErrorBound.gamma(sum + 3)) / 2;
    }
  }

  private double difference(int i) {
    return v.in(0, i) - mean[BatchNormEntries.channel(v, i)];
  }

  private double differenceError(int i) {
    double wrong = delta[BatchNormEntries.channel(v, i)];
    return wrong + U * (Math.abs(difference(i)) + wrong);
  }

  double result(int i) {
    int channel = BatchNormEntries.channel(v, i);
    return difference(i) * (v.in(1, channel) * rho[channel]) + v.in(2, channel);
  }

  /** Difference; the factor γ·ρ, rounded; their product; the sum with β. */
  double resultBound(int i) {
    int channel = BatchNormEntries.channel(v, i);
    double factor = Math.abs(v.in(1, channel)) * rho[channel];
    double product = factor * (Math.abs(difference(i)) + differenceError(i));
    double error = factor * differenceError(i) + (rhoError[channel] + 3 * U) * product;
    return MORE * (error + U * Math.abs(v.in(2, channel)));
  }

  private void fillSums() {
    plain = new double[mean.length];
    centred = new double[mean.length];
    plainError = new double[mean.length];
    centredError = new double[mean.length];
    for (int i = 0; i < v.shape(0).size(); i++) {
      int channel = BatchNormEntries.channel(v, i);
      double dy = Math.abs(v.gradOut(i));
      double product = dy * (Math.abs(difference(i)) + differenceError(i));
      plain[channel] += v.gradOut(i);
      centred[channel] += v.gradOut(i) * difference(i);
      plainError[channel] += MORE * ErrorBound.gamma(sum) * dy;
      centredError[channel] += MORE * (dy * differenceError(i) + ErrorBound.gamma(sum) * product);
    }
  }

  double gradientBound(int k, int i) {
    if (plain == null) {
      fillSums();
    }
    if (k == 2) {
      return plainError[i] + U * Math.abs(plain[i]);
    }
    if (k == 1) {
      double size = Math.abs(centred[i]) + centredError[i];
      return MORE * rho[i] * (centredError[i] + (rhoError[i] + U) * size);
    }
    boolean fixed = rhoError[BatchNormEntries.channel(v, i)] == 0;
    return fixed ? 2.01 * U * Math.abs(v.gradIn(0, i)) : inputBound(i);
  }

  /**
   * γρ·((dy − d·b) − a): errors of d, of b = ρ²·Σ dy·d/m and of a = Σ dy/m; roundings of b and a,
   * of the product and of both differences, of γρ and of the last product.
   */
  private double inputBound(int i) {
    int channel = BatchNormEntries.channel(v, i);
    double d = Math.abs(difference(i)) + differenceError(i);
    double square = rho[channel] * rho[channel] / m;
    double b = square * (Math.abs(centred[channel]) + centredError[channel]);
    double bError = square * centredError[channel] + (2 * rhoError[channel] + U) * b;
    double a = (Math.abs(plain[channel]) + plainError[channel]) / m;
    double aError = plainError[channel] / m + U * a;
    double size = Math.abs(v.gradOut(i)) + d * b + a;
    double error = d * bError + b * differenceError(i) + aError + 3 * U * size;
    double factor = Math.abs(v.in(1, channel)) * rho[channel];
    return MORE * factor * (error + (rhoError[channel] + 2 * U) * size);
  }

  /** Kept from the last call if the values are the same. */
  static final class Cache {
    private final double epsilon;
    private final boolean fixed;
    private OpValues of;
    private NaiveBatchNorm last;

    Cache(double epsilon, boolean fixed) {
      this.epsilon = epsilon;
      this.fixed = fixed;
    }

    NaiveBatchNorm of(OpValues v) {
      if (of != v) {
        of = v;
        last = new NaiveBatchNorm(v, epsilon, fixed);
      }
      return last;
    }
  }
}
