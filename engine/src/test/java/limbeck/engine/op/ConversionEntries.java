package limbeck.engine.op;

import static limbeck.engine.verify.Precision.roundings;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import limbeck.engine.op.index.ToFloats;
import limbeck.engine.op.index.ToIntegers;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.Precision;

/** Integers made of numbers, and numbers of integers. */
final class ConversionEntries {
  private static final Precision EXACT = roundings(0, 0);

  /** Several chunks. */
  private static final int LARGE = 100_003;

  /** Up to here float has every integer. */
  private static final int MOST = 1 << 24;

  private ConversionEntries() {}

  static List<Entry> all() {
    Precision once = roundings(1, 0);
    return List.of(
        toFloats(new ToFloats(false), once, MOST + 1, -MOST - 1, 123_456_787),
        toFloats(new ToFloats(DType.F64, false), once, MOST + 3, -33_554_435, 1_999_999_999),
        toFloats(new ToFloats(true), EXACT, MOST, -MOST, MOST - 1),
        new Entry(new ToIntegers(false), (v, i) -> cut(v.in(0, i)), EXACT, numbers()),
        new Entry(new ToIntegers(true), (v, i) -> v.in(0, i), EXACT, wholeNumbers()));
  }

  private static Entry toFloats(ToFloats op, Precision precision, int... extreme) {
    List<OpSample> samples = integers(i -> i * 37 % 2001 - 1000);
    samples.add(OpSample.of("extreme", Shape.of(3)).integers(0, i -> extreme[i]));
    if (!op.exact()) {
      int[] ends = {Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE - 63};
      samples.add(OpSample.of("ends", Shape.of(3)).integers(0, i -> ends[i]));
    }
    return new Entry(op, (v, i) -> v.in(0, i), precision, samples);
  }

  private static List<OpSample> integers(IntUnaryOperator values) {
    List<OpSample> samples = new ArrayList<>();
    for (OpSample sample : ElementwiseEntries.one(LARGE)) {
      samples.add(sample.integers(0, values));
    }
    return samples;
  }

  private static double cut(double x) {
    if (Double.isNaN(x)) {
      return 0;
    }
    double whole = x < 0 ? -StrictMath.floor(-x) : StrictMath.floor(x);
    return Math.min(Math.max(whole, Integer.MIN_VALUE), Integer.MAX_VALUE);
  }

  private static List<OpSample> numbers() {
    List<OpSample> samples = ElementwiseEntries.one(LARGE);
    double[] near = {0.99999994, -0.99999994, 1.0000001, 0.5, -1.5, 2.5, -0.0, 1e-45, 8388607.5};
    samples.add(ElementwiseEntries.values("beside an integer", near));
    double inf = Double.POSITIVE_INFINITY;
    double[] ends = {2147483520d, 2147483648d, 3e38, inf, -2147483648d, -2147483904d, -3e38, -inf};
    samples.add(ElementwiseEntries.values("ends", ends).extreme());
    return samples;
  }

  private static List<OpSample> wholeNumbers() {
    List<OpSample> samples = new ArrayList<>();
    for (OpSample sample : ElementwiseEntries.one(LARGE)) {
      samples.add(sample.values(0, i -> i * 37 % 2001 - 1000));
    }
    samples.add(ElementwiseEntries.values("extreme", MOST, -MOST, MOST - 1, 0, -0.0));
    return samples;
  }
}
