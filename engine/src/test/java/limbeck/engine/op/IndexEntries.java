package limbeck.engine.op;

import static limbeck.engine.op.LayoutEntries.element;
import static limbeck.engine.op.LayoutEntries.index;
import static limbeck.engine.verify.Precision.roundings;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import limbeck.engine.op.index.Compare;
import limbeck.engine.op.index.Compare.Relation;
import limbeck.engine.op.index.TopK;
import limbeck.engine.op.reduce.ArgMax;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.OpValues;

/** Ops whose results are integers: exact. */
final class IndexEntries {
  /** Few values, so that many are equal; both zeros among them. */
  private static final double[] FEW = {1, -0.0, 2, 0, -1, 2, 1, 0, -3};

  /** What no order can overlook. */
  private static final double[] EXTREME = {
    Double.POSITIVE_INFINITY, 3e38, 1e-45, -0.0, 0, -1e-45, -3e38, Double.NEGATIVE_INFINITY
  };

  private IndexEntries() {}

  static List<Entry> all() {
    List<Entry> entries = new ArrayList<>();
    for (Relation relation : Relation.values()) {
      entries.add(
          new Entry(
              new Compare(relation),
              (v, i) -> holds(relation, stretched(v, 0, i), stretched(v, 1, i)) ? 1 : 0,
              roundings(0, 0),
              compared()));
    }
    entries.addAll(largest());
    entries.addAll(several());
    return entries;
  }

  /** By the order of doubles, in which −0 is 0 and NaN is not. */
  private static boolean holds(Relation relation, double a, double b) {
    if (Double.isNaN(a) || Double.isNaN(b)) {
      return relation == Relation.NOT_EQUAL;
    }
    int order = Double.compare(a + 0.0, b + 0.0);
    return switch (relation) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
    };
  }

  /** The element of operand k that is stretched to element i of the result. */
  static double stretched(OpValues v, int k, int i) {
    int[] at = index(v.shape(), i);
    int[] own = new int[v.shape(k).rank()];
    for (int axis = 0; axis < own.length; axis++) {
      own[axis] = v.shape(k).axis(axis) == 1 ? 0 : at[at.length - own.length + axis];
    }
    return v.in(k, element(v.shape(k), own));
  }

  private static List<OpSample> compared() {
    List<OpSample> samples = new ArrayList<>();
    for (OpSample pair : pairs()) {
      samples.add(few(pair, 0, 1));
    }
    samples.add(OpSample.of("a scalar", Shape.SCALAR, Shape.of(300, 401)));
    samples.add(
        OpSample.of("extreme", Shape.of(8, 1), Shape.of(8))
            .values(0, cycle(EXTREME))
            .values(1, cycle(EXTREME))
            .extreme());
    return samples;
  }

  /** Two operands of one shape, or of shapes that stretch to each other, or do not. */
  static List<OpSample> pairs() {
    List<OpSample> samples = new ArrayList<>();
    for (Shape shape : new Shape[] {Shape.SCALAR, Shape.of(1), Shape.of(17), Shape.of(0, 3)}) {
      samples.add(Sizes.same(2, shape));
    }
    samples.add(OpSample.of("a batch", Shape.of(5, 9), Shape.of(5, 9)).batched(0, 1));
    samples.add(OpSample.of("a row", Shape.of(4, 3, 9), Shape.of(9)));
    samples.add(OpSample.of("a column", Shape.of(4, 1), Shape.of(2, 4, 7)));
    samples.add(OpSample.of("both", Shape.of(3, 1, 5), Shape.of(4, 1)));
    samples.add(
        OpSample.of("3 and 4", Shape.of(2, 3), Shape.of(2, 4))
            .refused("a [2, 3]", "b [2, 4]", "(3 vs 4)"));
    return samples;
  }

  private static OpSample few(OpSample sample, int... operands) {
    OpSample few = sample;
    for (int k : operands) {
      few = few.values(k, i -> FEW[(i * (k + 2) + i / 4) % FEW.length]);
    }
    return few;
  }

  private static IntToDoubleFunction cycle(double[] values) {
    return i -> values[i % values.length];
  }

  private static List<Entry> largest() {
    List<Entry> entries = new ArrayList<>();
    for (ArgMax op :
        List.of(
            new ArgMax(-1, false),
            new ArgMax(-1, true),
            new ArgMax(0, false),
            new ArgMax(1, true))) {
      List<OpSample> samples = lines(op.axis());
      samples.add(OpSample.of("no axes", Shape.SCALAR).refused("x []", "no axis " + op.axis()));
      samples.add(
          OpSample.of("nothing", Shape.of(0, 0))
              .refused("x [0, 0]", "no elements along axis " + op.axis()));
      entries.add(new Entry(op, (v, i) -> first(v, op, i), roundings(0, 0), samples));
    }
    return entries;
  }

  private static List<OpSample> lines(int axis) {
    List<OpSample> samples = new ArrayList<>();
    for (Shape shape :
        new Shape[] {Shape.of(3, 3), Shape.of(5, 16), Shape.of(3, 9, 33), Shape.of(2, 5, 3, 4)}) {
      OpSample sample = OpSample.of(shape.toString(), shape);
      samples.add(axis == 0 ? sample : sample.batched(0));
      samples.add(few(OpSample.of(shape + ", few values", shape), 0));
    }
    samples.add(OpSample.of("large", Shape.of(300, 401)));
    samples.add(OpSample.of("extreme", Shape.of(8, 8)).values(0, cycle(EXTREME)).extreme());
    return samples;
  }

  /** The elements of the line that element i of the result tells of. */
  private static double[] line(OpValues v, int axis, boolean kept, int i) {
    Shape x = v.shape(0);
    int at = axis < 0 ? axis + x.rank() : axis;
    int[] y = index(v.shape(), i);
    int[] place = new int[x.rank()];
    for (int k = 0; k < place.length; k++) {
      place[k] = k == at ? 0 : y[kept || k < at ? k : k - 1];
    }
    double[] line = new double[x.axis(at)];
    for (place[at] = 0; place[at] < line.length; place[at]++) {
      line[place[at]] = v.in(0, element(x, place));
    }
    return line;
  }

  /** Whether a comes before b in the order of size; equal ones stay as they are. */
  private static boolean isLarger(double a, double b) {
    return Double.compare(a + 0.0, b + 0.0) > 0; // NaN is the largest
  }

  private static int first(OpValues v, ArgMax op, int i) {
    double[] line = line(v, op.axis(), op.keepAxis(), i);
    int best = 0;
    for (int j = 1; j < line.length; j++) {
      best = isLarger(line[j], line[best]) ? j : best;
    }
    return best;
  }

  private static List<Entry> several() {
    List<Entry> entries = new ArrayList<>();
    for (TopK op : List.of(new TopK(1, -1), new TopK(3, -1), new TopK(2, 0), new TopK(3, 1))) {
      List<OpSample> samples = lines(op.axis());
      samples.add(few(OpSample.of("all", Shape.of(op.k(), op.k())), 0));
      samples.add(
          OpSample.of("too few", Shape.of(op.k() - 1, op.k() - 1))
              .refused("x [", "elements along axis " + op.axis(), op.k() + " wanted"));
      entries.add(new Entry(op, (v, i) -> ranked(v, op, i), roundings(0, 0), samples));
    }
    return entries;
  }

  /** The index with as many before it in the order of size as the element's place says. */
  private static int ranked(OpValues v, TopK op, int i) {
    int axis = op.axis() < 0 ? op.axis() + v.shape().rank() : op.axis();
    int rank = index(v.shape(), i)[axis];
    double[] line = line(v, op.axis(), true, i);
    for (int j = 0; j < line.length; j++) {
      int before = 0;
      for (int t = 0; t < line.length; t++) {
        boolean equal = !isLarger(line[t], line[j]) && !isLarger(line[j], line[t]);
        before += isLarger(line[t], line[j]) || equal && t < j ? 1 : 0;
      }
      if (before == rank) {
        return j;
      }
    }
    throw new AssertionError("no element is number " + rank);
  }
}
