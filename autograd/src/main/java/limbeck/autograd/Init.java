package limbeck.autograd;

import limbeck.engine.random.Philox;
import limbeck.engine.tensor.Tensor;

/**
 * Fills a new parameter. Random initialisers are functions of the model's seed and the parameter's
 * path alone: a float32 model has the numbers of the float64 one, rounded.
 */
@FunctionalInterface
public interface Init {
  /**
   * Writes every element of a new parameter.
   *
   * @param random of the model's seed and the parameter's path
   */
  void fill(Tensor t, Philox random);

  /** All elements equal. */
  static Init constant(double c) {
    return (t, random) -> t.fill(c);
  }

  /** Uniform in [−bound, bound), on a grid of 2²⁴ points. */
  static Init uniform(double bound) {
    requireSpread("uniform", "bound", bound);
    return (t, random) -> {
      for (int i = 0; i < t.size(); i++) {
        t.set(i, (2.0 * random.uniform(i) - 1) * bound);
      }
    };
  }

  /** Normal with mean 0 and the given standard deviation. */
  static Init normal(double deviation) {
    requireSpread("normal", "deviation", deviation);
    return (t, random) -> {
      for (int i = 0; i < t.size(); i++) {
        t.set(i, random.normal(i) * deviation);
      }
    };
  }

  private static void requireSpread(String who, String what, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "init: " + who + " with " + what + " " + value + ", a finite number from 0 on expected");
    }
  }

  private static void requireFan(String who, int fan) {
    if (fan < 1) {
      throw new IllegalArgumentException(
          "init: " + who + " for " + fan + " units, 1 at least expected");
    }
  }

  /**
   * Normal with variance 2 / fanIn: keeps the scale through rectified layers. He et al. 2015,
   * arXiv:1502.01852.
   */
  static Init he(int fanIn) {
    requireFan("he", fanIn);
    return normal(StrictMath.sqrt(2.0 / fanIn));
  }

  /** Uniform with variance 2 / (fanIn + fanOut). Glorot and Bengio 2010. */
  static Init xavier(int fanIn, int fanOut) {
    requireFan("xavier", fanIn);
    requireFan("xavier", fanOut);
    return uniform(StrictMath.sqrt(6.0 / ((double) fanIn + fanOut)));
  }
}
