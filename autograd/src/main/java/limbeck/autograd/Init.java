package limbeck.autograd;

import limbeck.engine.random.Philox;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * Fills a new parameter. Random initialisers are functions of the model's seed and the parameter's
 * path alone: a float32 model has the numbers of the float64 one, rounded.
 *
 * <p>Those of He and Glorot keep the scale of signals by the number of terms that a unit adds up,
 * its <em>fan</em>. A weight [out, in, …] has a fan in of in · … (linear: in; convolution [O, I,
 * kh, kw]: I·kh·kw), by which signals grow on the way forward, and a fan out of out · … (out;
 * O·kh·kw), by which gradients grow on the way back; see {@link #fanIn} and {@link #fanOut}.
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

  /**
   * Normal with mean 0 and the given standard deviation, cut off at two deviations on either side.
   * A number beyond is drawn again, from the next sub-stream, until one is within: so the
   * distribution is exactly the normal one under this condition. Its own standard deviation is
   * 0.8796 of the one given.
   */
  static Init truncatedNormal(double deviation) {
    requireSpread("truncatedNormal", "deviation", deviation);
    return (t, random) -> {
      for (int i = 0; i < t.size(); i++) {
        double z = random.normal(i);
        for (int turn = 0; Math.abs(z) > 2; turn++) {
          z = random.stream(turn).normal(i);
        }
        t.set(i, z * deviation);
      }
    };
  }

  /**
   * Normal with variance 2 / fanIn: keeps the scale through rectified layers. He et al. 2015,
   * arXiv:1502.01852.
   */
  static Init he(int fanIn) {
    requireFan("he", fanIn);
    return normal(StrictMath.sqrt(2.0 / fanIn));
  }

  /** Uniform with variance 2 / fanIn: the bound is √(6 / fanIn). He et al. 2015. */
  static Init heUniform(int fanIn) {
    requireFan("heUniform", fanIn);
    return uniform(StrictMath.sqrt(6.0 / fanIn));
  }

  /** Uniform with variance 2 / (fanIn + fanOut). Glorot and Bengio 2010. */
  static Init xavier(int fanIn, int fanOut) {
    requireFan("xavier", fanIn);
    requireFan("xavier", fanOut);
    return uniform(StrictMath.sqrt(6.0 / ((double) fanIn + fanOut)));
  }

  /** Normal with variance 2 / (fanIn + fanOut). Glorot and Bengio 2010. */
  static Init xavierNormal(int fanIn, int fanOut) {
    requireFan("xavierNormal", fanIn);
    requireFan("xavierNormal", fanOut);
    return normal(StrictMath.sqrt(2.0 / ((double) fanIn + fanOut)));
  }

  /**
   * A random matrix with orthonormal rows, or columns where these are fewer, times a gain: keeps
   * the length of signals, or of gradients, exactly. A tensor of more than two axes is filled as
   * the matrix [first axis, all others]. Saxe, McClelland and Ganguli 2014, arXiv:1312.6120.
   *
   * <p>Filling throws a {@link ShapeException} for tensors of fewer than two axes. n vectors of m
   * elements take about 4·n²·m operations.
   *
   * @param gain length of each of these rows or columns
   */
  static Init orthogonal(double gain) {
    requireSpread("orthogonal", "gain", gain);
    return new Orthogonal(gain);
  }

  /**
   * How many terms a unit of a weight [out, in, …] adds up: the product of all axes but the first.
   *
   * @throws ShapeException if there are fewer than two axes
   */
  static int fanIn(Shape weight) {
    return productFrom(1, weight);
  }

  /**
   * To how many units a signal goes through a weight [out, in, …]: the product of all axes but the
   * second.
   *
   * @throws ShapeException if there are fewer than two axes
   */
  static int fanOut(Shape weight) {
    return productFrom(2, weight) * weight.axis(0);
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

  private static int productFrom(int first, Shape weight) {
    if (weight.rank() < 2) {
      throw new ShapeException("init: " + weight + " is no weight [out, in, …]");
    }
    int product = 1;
    for (int i = first; i < weight.rank(); i++) {
      product *= weight.axis(i);
    }
    return product;
  }
}
