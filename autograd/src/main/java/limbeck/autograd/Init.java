package limbeck.autograd;

import limbeck.engine.random.Philox;
import limbeck.engine.tensor.Tensor;

/**
 * Fills a new parameter. Random initialisers are functions of the model's seed and the parameter's
 * path alone.
 */
@FunctionalInterface
public interface Init {
  /** Writes every element of {@code t}. */
  void fill(Tensor t, Philox random);

  /** All elements equal. */
  static Init constant(double c) {
    return (t, random) -> t.fill(c);
  }

  /** Uniform in [−bound, bound). */
  static Init uniform(double bound) {
    return (t, random) -> {
      for (int i = 0; i < t.size(); i++) {
        t.set(i, (2.0 * random.uniform(i) - 1) * bound);
      }
    };
  }

  /** Normal with mean 0 and the given standard deviation. */
  static Init normal(double deviation) {
    return (t, random) -> {
      for (int i = 0; i < t.size(); i++) {
        t.set(i, random.normal(i) * deviation);
      }
    };
  }

  /**
   * Normal with variance 2 / fanIn: keeps the scale through rectified layers. He et al. 2015,
   * arXiv:1502.01852.
   */
  static Init he(int fanIn) {
    return normal(StrictMath.sqrt(2.0 / fanIn));
  }

  /** Uniform with variance 2 / (fanIn + fanOut). Glorot and Bengio 2010. */
  static Init xavier(int fanIn, int fanOut) {
    return uniform(StrictMath.sqrt(6.0 / (fanIn + fanOut)));
  }
}
