package limbeck.bench.torch;

import java.util.Arrays;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** Random sizes, settings and numbers of one case, one after another. */
final class Draw {
  /** Around the widths of vectors and the sixteen lanes of sums. */
  private static final int[] SIZES = {1, 2, 3, 4, 5, 7, 8, 15, 16, 17, 31, 32, 33};

  /** Elements of a tensor of a drawn shape. */
  private static final int MOST = 3000;

  private static final double[] SCALES = {0.25, 1, 2};

  private final Philox random;
  private long at;

  Draw(Philox random) {
    this.random = random;
  }

  int below(int bound) {
    return random.below(at++, bound);
  }

  int from(int least, int most) {
    return least + below(most - least + 1);
  }

  boolean flag() {
    return below(2) == 1;
  }

  int oneOf(int... values) {
    return values[below(values.length)];
  }

  double oneOf(double... values) {
    return values[below(values.length)];
  }

  double uniform() {
    return random.uniformDouble(at++);
  }

  /** One of the awkward sizes, {@code most} at most. */
  int size(int most) {
    return SIZES[below((int) Arrays.stream(SIZES).filter(s -> s <= most).count())];
  }

  int size() {
    return size(33);
  }

  /** Axes of awkward sizes, of no more than a few thousand elements. */
  int[] shape(int leastRank, int mostRank) {
    while (true) {
      int[] axes = new int[from(leastRank, mostRank)];
      Arrays.setAll(axes, i -> size());
      if (Shape.of(axes).size() <= MOST) {
        return axes;
      }
    }
  }

  /**
   * Axes of which the last has 2 elements at least: for formulas that make a difference of two
   * equal numbers of a row of one, whose rounding no measurement sees.
   */
  int[] rows(int leastRank, int mostRank) {
    int[] axes = shape(leastRank, mostRank);
    while (axes[axes.length - 1] == 1) {
      axes = shape(leastRank, mostRank);
    }
    return axes;
  }

  /** A shape that is broadcast to this one: some axes 1, and perhaps without the first ones. */
  int[] stretchedTo(int... axes) {
    int[] kept = Arrays.copyOfRange(axes, below(axes.length + 1), axes.length);
    for (int i = 0; i < kept.length; i++) {
      kept[i] = below(3) == 0 ? 1 : kept[i];
    }
    return kept;
  }

  /** Normal numbers of one of several scales, below 18 in magnitude. */
  Tensor normal(int... axes) {
    return scaled(oneOf(SCALES), axes);
  }

  /** Normal numbers times a factor. */
  Tensor scaled(double factor, int... axes) {
    Tensor t = Tensor.of(Shape.of(axes), new double[Shape.of(axes).size()]);
    for (int i = 0; i < t.size(); i++) {
      t.set(i, factor * random.normal(at++));
    }
    return t;
  }

  /** Numbers above 0: magnitudes of normal ones, and a little more. */
  Tensor positive(int... axes) {
    Tensor t = normal(axes);
    for (int i = 0; i < t.size(); i++) {
      t.set(i, Math.abs(t.get(i)) + 0.0625);
    }
    return t;
  }

  /** Numbers from 0 to 1. */
  Tensor fractions(int... axes) {
    Tensor t = normal(axes);
    for (int i = 0; i < t.size(); i++) {
      t.set(i, uniform());
    }
    return t;
  }

  /** Rows that sum to 1: the last axis. */
  Tensor distributions(int... axes) {
    Tensor t = positive(axes);
    int n = axes[axes.length - 1];
    for (int from = 0; from < t.size(); from += n) {
      double sum = 0;
      for (int i = from; i < from + n; i++) {
        sum += t.get(i);
      }
      for (int i = from; i < from + n; i++) {
        t.set(i, t.get(i) / sum);
      }
    }
    return t;
  }

  /** Integers from {@code least} to {@code most}. */
  Tensor integers(int least, int most, int... axes) {
    int[] values = new int[Shape.of(axes).size()];
    Arrays.setAll(values, i -> from(least, most));
    return Tensor.of(Shape.of(axes), values);
  }

  /** Indices of {@code n} things. */
  Tensor ids(int n, int... axes) {
    return integers(0, n - 1, axes);
  }

  /** Zeros and ones, a one in each row at least: what is left out, and what is kept. */
  Tensor mask(int... axes) {
    Tensor t = ids(2, axes);
    int n = axes.length == 0 ? 1 : axes[axes.length - 1];
    for (int from = 0; from < t.size(); from += n) {
      t.ints()[from + below(n)] = 1;
    }
    return t;
  }
}
