package limbeck.kd.vision;

import limbeck.engine.random.Philox;

/**
 * Draws from the distribution Beta(α, α), as G / (G + H) with G and H from the gamma distribution
 * of shape α. These come from the rejection method of Marsaglia and Tsang, A simple method for
 * generating gamma variables, ACM TOMS 2000: for shapes of 1 and more G = d · v with d = α − 1/3, v
 * = (1 + x / √(9 d))³ and x normal, accepted with probability min(1, exp(x²/2 + d − d · v + d · ln
 * v)); for smaller ones G is that of α + 1, times u^(1/α). Logarithms are compared, as for small α
 * most G are too small for a double.
 */
final class Beta {
  private static final int MOST_TRIES = 1000; // each is accepted with probability above 0.95

  private Beta() {}

  /** A number from 0 to 1: a function of the generator, all of whose numbers may be used. */
  static double symmetric(Philox draws, double alpha) {
    double g = logGamma(draws.stream(0), alpha);
    double h = logGamma(draws.stream(1), alpha);
    return 1 / (1 + StrictMath.exp(h - g));
  }

  /** The logarithm of a number from the gamma distribution. */
  private static double logGamma(Philox draws, double shape) {
    if (shape < 1) {
      double u = 1 - draws.stream(0).uniformDouble(0); // in (0, 1]: its logarithm is finite
      return logGamma(draws.stream(1), shape + 1) + StrictMath.log(u) / shape;
    }
    Philox normals = draws.stream(2);
    Philox uniforms = draws.stream(3);
    double d = shape - 1.0 / 3;
    for (int i = 0; i < MOST_TRIES; i++) {
      double x = normals.normal(i);
      double root = 1 + x / Math.sqrt(9 * d);
      double v = root * root * root;
      double u = 1 - uniforms.uniformDouble(i);
      if (root > 0 && StrictMath.log(u) < x * x / 2 + d - d * v + d * StrictMath.log(v)) {
        return StrictMath.log(d * v);
      }
    }
    return StrictMath.log(d); // never: 1000 rejections have a probability below 10^-1300
  }
}
