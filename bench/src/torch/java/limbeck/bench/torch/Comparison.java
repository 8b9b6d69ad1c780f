package limbeck.bench.torch;

import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.List;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** Compares the cases of an entry, and says where the first difference is that is too large. */
final class Comparison {
  private final long seed;
  private final int cases;

  Comparison(long seed, int cases) {
    this.seed = seed;
    this.cases = cases;
  }

  /**
   * Runs all cases.
   *
   * @throws AssertionError that names op, seed, case, tensor and index
   */
  Tally run(OracleEntry entry, Tally tally) {
    for (int number = 0; number < cases; number++) {
      Draw draw = entry.draw(seed, number);
      OracleCase c = entry.draft().apply(draw);
      String place = entry.name() + ", seed " + seed + ", case " + number + ": " + c;
      try {
        compare(c, draw, place, tally);
      } catch (RuntimeException e) {
        throw new AssertionError(place + " cannot be computed: " + e, e);
      }
      tally.countCase();
    }
    return tally;
  }

  private static void compare(OracleCase c, Draw draw, String place, Tally tally) {
    Tensor gradOut = draw.normal(c.resultShape().toArray());
    Answer ours = Ours.of(c, gradOut);
    Answer theirs = Libtorch.of(c, c.operands(), gradOut, DataType.FLOAT64);
    List<double[]> allowed = Allowance.of(c, gradOut, theirs, draw);
    for (int p = 0; p < theirs.parts().size(); p++) {
      Answer.Part a = ours.parts().get(p);
      Answer.Part b = theirs.parts().get(p);
      if (!a.shape().equals(b.shape())) {
        throw new AssertionError(
            place + ", " + a.name() + " has shape " + a.shape() + ", libtorch's " + b.shape());
      }
      compare(a, b, allowed.get(p), place, tally);
    }
  }

  private static void compare(
      Answer.Part ours, Answer.Part theirs, double[] allowed, String place, Tally tally) {
    double scale =
        Arrays.stream(theirs.values()).map(Math::abs).filter(Double::isFinite).max().orElse(0);
    for (int i = 0; i < allowed.length; i++) {
      double a = ours.values()[i];
      double b = theirs.values()[i];
      double difference = a == b ? 0 : Math.abs(a - b); // infinities too
      tally.count(difference, scale, allowed[i]);
      if (!(difference <= allowed[i])) {
        String index = ours.name() + index(ours.shape(), i);
        String numbers = " is " + a + ", libtorch has " + b + ", " + difference + " apart; ";
        throw new AssertionError(place + ", " + index + numbers + allowed[i] + " is allowed");
      }
    }
  }

  private static String index(Shape shape, int flat) {
    int[] index = new int[shape.rank()];
    for (int axis = shape.rank() - 1, left = flat; axis >= 0; axis--) {
      index[axis] = left % shape.axis(axis);
      left /= shape.axis(axis);
    }
    return Arrays.toString(index);
  }
}
