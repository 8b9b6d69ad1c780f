package limbeck.engine.op;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntToDoubleFunction;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.OpValues;
import limbeck.engine.verify.Precision;

/** Arithmetic of two operands, with equal and with stretched axes. */
final class BroadcastEntries {
  /** More than one chunk of the cheapest op. */
  private static final int LARGE = 300_011;

  private BroadcastEntries() {}

  static List<Entry> all() {
    return List.of(
        entry(new Add(), (a, b) -> a + b, 1, (v, k, i) -> v.gradOut(i), 0, 0),
        entry(new Sub(), (a, b) -> a - b, 1, (v, k, i) -> v.gradOut(i), 0, 0),
        entry(
            new Mul(),
            (a, b) -> a * b,
            1,
            (v, k, i) -> v.gradOut(i) * Stretch.at(v, 1 - k, i),
            1,
            1),
        // of b: the quotient y, y / b, and a product
        entry(new Div(), (a, b) -> a / b, 1, BroadcastEntries::quotient, 1, 3),
        entry(new Maximum(), Math::max, 0, (v, k, i) -> v.gradOut(i), 0, 0),
        entry(new Minimum(), Math::min, 0, (v, k, i) -> v.gradOut(i), 0, 0));
  }

  private static double quotient(OpValues v, int k, int i) {
    double b = Stretch.at(v, 1, i);
    return v.gradOut(i) * (k == 0 ? 1 : Stretch.at(v, 0, i) / b) / b;
  }

  /**
   * An op that rounds its result {@code result} times and the terms of its gradients {@code first}
   * and {@code second} times, which their sums follow.
   */
  private static Entry entry(
      BroadcastOp op,
      DoubleBinaryOperator definition,
      double result,
      Stretch.Term term,
      double first,
      double second) {
    Stretch.Sizes sizes = new Stretch.Sizes(term);
    Precision precision =
        new Precision(
            Precision.roundings(result, 0).forward(),
            (v, k, i) ->
                ErrorBound.gamma((k == 0 ? first : second) + Stretch.roundings(v, k))
                    * sizes.sum(v, k, i));
    List<OpSample> samples = new ArrayList<>();
    samples.addAll(Sizes.elementwise(2, LARGE));
    samples.addAll(stretched());
    boolean chooses = op instanceof Maximum || op instanceof Minimum;
    if (chooses) {
      samples.replaceAll(BroadcastEntries::apart);
      samples.add(ties());
    }
    samples.addAll(op instanceof Div ? quotients() : List.of());
    samples.addAll(refused());
    return new Entry(
        op,
        (v, i) -> definition.applyAsDouble(Stretch.at(v, 0, i), Stretch.at(v, 1, i)),
        precision,
        samples);
  }

  private static List<OpSample> stretched() {
    List<OpSample> samples = new ArrayList<>();
    samples.add(two(Shape.of(5, 33), Shape.of(33)).batched(0));
    samples.add(two(Shape.of(33), Shape.of(5, 33)).batched(1));
    samples.add(two(Shape.of(5, 33), Shape.of(5, 1)).batched(0, 1));
    samples.add(two(Shape.of(5, 1), Shape.of(5, 33)).batched(0, 1));
    samples.add(two(Shape.of(2, 3, 4), Shape.of(2, 1, 4)).batched(0, 1));
    samples.add(two(Shape.of(2, 3, 4), Shape.of(3, 1)).batched(0));
    samples.add(two(Shape.of(3, 1), Shape.of(1, 100)).batched(0));
    samples.add(two(Shape.of(4, 1, 17, 1), Shape.of(3, 1, 5)).batched(0));
    samples.add(two(Shape.of(2, 1, 3, 1, 5), Shape.of(4, 1, 6, 1)).batched(0)); // every second one
    samples.add(two(Shape.of(2, 1, 3), Shape.of(2, 1, 1)).batched(0, 1)); // an axis of 1 between
    samples.add(two(Shape.of(3, 7, 1), Shape.of(3, 1, 1)).batched(0, 1)); // and at the end
    samples.add(two(Shape.of(2, 3), Shape.of(1, 1, 3)));
    samples.add(two(Shape.of(17), Shape.SCALAR));
    samples.add(two(Shape.SCALAR, Shape.of(17)));
    samples.add(two(Shape.SCALAR, Shape.of(1, 1)));
    samples.add(two(Shape.of(1), Shape.of(2, 3)));
    samples.add(two(Shape.of(0, 3), Shape.of(3)));
    samples.add(two(Shape.of(3, 1), Shape.of(3, 0)));
    samples.add(two(Shape.of(2, 600, 5), Shape.of(2, 1, 5)).batched(0, 1)); // three blocks of rows
    samples.add(two(Shape.of(3, 2100), Shape.of(2100))); // several strips of columns
    samples.add(two(Shape.of(2, 9000), Shape.of(2, 1)).batched(0, 1)); // blocks of a row's sum
    samples.add(two(Shape.of(3000, 100), Shape.of(100)));
    samples.add(two(Shape.of(20, 150, 100), Shape.of(150, 1)));
    samples.add(two(Shape.of(1), Shape.of(LARGE)));
    return samples;
  }

  private static OpSample two(Shape a, Shape b) {
    return OpSample.of(a + " and " + b, a, b);
  }

  /**
   * Operands are drawn one by one, so that nothing keeps a from meeting b, where there is no
   * derivative. So these lie on two grids of 1/64, 1/128 apart: as far as a thousand steps of a
   * difference.
   */
  private static OpSample apart(OpSample sample) {
    return sample
        .values(0, i -> (i * 37 % 257 - 128) / 64.0)
        .values(1, i -> (i * 53 % 255 - 127.5) / 64.0);
  }

  /** Equal elements, zeros of both signs, and unequal ones. */
  private static OpSample ties() {
    IntToDoubleFunction a = i -> new double[] {1, -2, 0, -0.0, 1e30, -1e30, 3, 4}[i];
    IntToDoubleFunction b = i -> new double[] {1, -2, -0.0, 0, 1e30, -1e30, 4, 3}[i];
    return two(Shape.of(8), Shape.of(8)).values(0, a).values(1, b).extreme();
  }

  /** Of both signs; and so large or small that squares leave the range. */
  private static List<OpSample> quotients() {
    IntToDoubleFunction signed = i -> (i % 2 == 0 ? 1 : -1) * (0.5 + 0.25 * (i % 5));
    IntToDoubleFunction wide = i -> new double[] {1e25, -1e-25, 3, 1e10}[i];
    return List.of(
        two(Shape.of(3, 7), Shape.of(7)).values(0, signed).values(1, i -> -signed.applyAsDouble(i)),
        two(Shape.of(4), Shape.of(4)).values(0, wide).values(1, wide).extreme());
  }

  private static List<OpSample> refused() {
    return List.of(
        two(Shape.of(3, 4), Shape.of(3, 5))
            .refused("a [3, 4]", "b [3, 5]", "disagree on axis -1", "(4 vs 5)"),
        two(Shape.of(2, 3, 4), Shape.of(5, 4))
            .refused("a [2, 3, 4]", "b [5, 4]", "disagree on axis -2", "(3 vs 5)"),
        two(Shape.of(6), Shape.of(2, 3)).refused("a [6]", "b [2, 3]", "axis -1", "(6 vs 3)"),
        two(Shape.of(0), Shape.of(3)).refused("a [0]", "b [3]", "axis -1", "(0 vs 3)"),
        two(Shape.of(65536, 1), Shape.of(65536))
            .refused("a [65536, 1]", "b [65536]", "more than 2147483647 elements"),
        OpSample.of("one operand", Shape.of(3)).refused("[a, b]", "1 given", "of 2"));
  }
}
