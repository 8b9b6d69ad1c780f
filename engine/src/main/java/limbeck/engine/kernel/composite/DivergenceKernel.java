package limbeck.engine.kernel.composite;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * Kullback–Leibler divergence KL(a ‖ b) of distributions given with their logarithms.
 *
 * <p>Summed as Σ b − a + a·ln(a/b), which is the same because Σ a = Σ b = 1, but whose terms are
 * never negative. With d = ln(b/a) a term is a·(eᵈ − 1 − d), of the size of d²/2: an error of the
 * logarithms common to all classes, which the plain sum Σ a·ln(a/b) takes in full, hardly matters.
 * So nearly equal distributions, as at high temperature, keep most of their digits.
 */
public final class DivergenceKernel {
  /** Below, eᵈ − 1 − d is taken from its series: the terms of the plain form cancel. */
  private static final double SMALL = 0.5;

  /** 1/3 to 1/15: quotients of consecutive coefficients of the series. */
  private static final double[] RATIO = new double[13];

  static {
    for (int k = 0; k < RATIO.length; k++) {
      RATIO[k] = 1.0 / (k + 3);
    }
  }

  private DivergenceKernel() {}

  /** The divergence of {@code n} classes from element {@code i} on, in double. */
  public static double divergence(Tensor a, Tensor logA, Tensor b, Tensor logB, int i, int n) {
    double sum = 0;
    for (int k = i; k < i + n; k++) {
      sum += term(a.get(k), logA.get(k), b.get(k), logB.get(k));
    }
    return sum;
  }

  /**
   * The gradient by what the logits of a are divided into: dx = a ⊙ (ln a − ln b − KL) · each, 0
   * where a is 0.
   *
   * @param divergence KL(a ‖ b)
   */
  public static void gradient(
      Rows r,
      Tensor a,
      Tensor logA,
      Tensor logB,
      double divergence,
      double each,
      Tensor dx,
      int i,
      int n) {
    r.sub(logA, i, logB, i, dx, i, n);
    r.mulSubScalar(a, i, dx, i, divergence, dx, i, n);
    r.scale(dx, i, each, dx, i, n);
    for (int k = i; k < i + n; k++) {
      if (a.get(k) == 0) {
        dx.set(k, 0); // the limit; the loops make 0 · ∞ of a logit of −∞
      }
    }
  }

  private static double term(double a, double logA, double b, double logB) {
    if (a == 0) {
      return b; // a·ln(a/b) tends to 0 with a, also where both logarithms are −∞
    }
    double d = logB - logA;
    return Math.abs(d) < SMALL ? a * expMinus1MinusX(d) : b - a - a * d;
  }

  /** d²/2·(1 + d/3·(1 + d/4·(…))): the first term left out is below 1e−17 of the first. */
  private static double expMinus1MinusX(double d) {
    double series = 1;
    for (int k = RATIO.length - 1; k >= 0; k--) {
      series = 1 + d * RATIO[k] * series;
    }
    return 0.5 * d * d * series;
  }
}
