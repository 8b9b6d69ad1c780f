package limbeck.engine.op;

import static limbeck.engine.verify.Precision.roundings;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import limbeck.engine.op.Round.Mode;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.Precision;

/** Ops on single elements by loops that have no form in vectors. */
final class PlainEntries {
  private static final double INF = Double.POSITIVE_INFINITY;

  /** Double results rounded to float: one rounding, and what the double is off by. */
  private static final double ONCE = 1.01;

  /** 1.6 ulp. */
  private static final double EXPM1 = 3.2;

  /** 1.813 ulp. */
  private static final double ERF = 3.63;

  private PlainEntries() {}

  static List<Entry> all() {
    return List.of(
        clamp(-1, 0.3),
        clamp(-INF, 1),
        clamp(0.5, INF),
        hardSigmoid(),
        hardSwish(),
        elu(1),
        elu(0.3),
        mish(),
        rsqrt(),
        erf(),
        new Entry(new Sin(), (v, i) -> StrictMath.sin(v.in(0, i)), angle(), angles()),
        new Entry(new Cos(), (v, i) -> StrictMath.cos(v.in(0, i)), angle(), angles()),
        pow(2),
        pow(-1),
        pow(0.3),
        pow(0),
        round(Mode.FLOOR, PlainEntries::floor),
        round(Mode.CEIL, x -> -floor(-x)),
        round(Mode.NEAREST, PlainEntries::nearest));
  }

  private static Entry round(Mode mode, DoubleUnaryOperator integer) {
    List<OpSample> samples = ElementwiseEntries.one(ElementwiseEntries.LARGE_FUNCTION);
    double[] halves = {0.5, -0.5, 1.5, -1.5, 2.5, -2.5, 8388606.5, 8388607.5, -8388607.5};
    samples.add(ElementwiseEntries.values("between two", halves).extreme());
    double[] edges = {0.49999997, -0.49999997, 0.99999994, 1.0000001, -1e-45, 1e-45, 0, -0.0};
    samples.add(ElementwiseEntries.values("beside an integer", edges).extreme());
    double[] far = {8388609, 16777218, 1e30, -3e38, INF, -INF};
    samples.add(ElementwiseEntries.values("integers, and more", far).extreme());
    Precision exact = new Precision((v, i) -> 0, (v, k, i) -> 0); // of infinities, too
    return new Entry(new Round(mode), (v, i) -> integer.applyAsDouble(v.in(0, i)), exact, samples);
  }

  /** From 2⁵² on there are integers alone. */
  private static double floor(double x) {
    if (!(Math.abs(x) < 1L << 52)) {
      return x;
    }
    long cut = (long) x;
    return cut > x ? cut - 1 : cut;
  }

  private static double nearest(double x) {
    double below = floor(x);
    double rest = x - below;
    boolean down = rest < 0.5 || rest == 0.5 && below % 2 == 0;
    return down || below == x ? below : below + 1; // of infinities there is no rest
  }

  /** Bounds are rounded. */
  private static Entry clamp(double low, double high) {
    return new Entry(
        new Clamp(low, high),
        (v, i) -> Math.min(Math.max(v.in(0, i), low), high),
        roundings(1, 0),
        apartFromBounds());
  }

  /** Values that are none of the bounds above, whose gradients finite differences cannot see. */
  private static List<OpSample> apartFromBounds() {
    double[] x = {-1e30, -2.5, -1.25, -0.8, -0.0, 0.2, 0.4, 0.6, 0.9, 1.7, 1e30, 3e38};
    List<OpSample> samples = new ArrayList<>();
    for (int n : new int[] {1, 15, 16, 17, 300_011}) {
      samples.add(
          OpSample.of(n + " elements", Shape.of(n)).values(0, i -> 1.3 * x[1 + (i * 7) % 9]));
    }
    samples.add(OpSample.of("no element", Shape.of(0)));
    samples.add(
        OpSample.of("two operands", Shape.of(3), Shape.of(3)).refused("[x]", "2 given", "of 1"));
    samples.add(ElementwiseEntries.values("far off", x).extreme());
    return samples;
  }

  /** x/6: the factor and the product; then the sum. Clamping brings nothing further apart. */
  private static double line(double x) {
    return Math.abs(x) > 4 ? 0 : 1.01 * ErrorBound.U * (Math.abs(x) / 3 + Math.abs(x / 6 + 0.5));
  }

  private static double hard(double x) {
    return Math.min(Math.max(x / 6 + 0.5, 0), 1);
  }

  private static Entry hardSigmoid() {
    return new Entry(
        new HardSigmoid(),
        (v, i) -> hard(v.in(0, i)),
        new Precision((v, i) -> line(v.in(0, i)), roundings(0, 2).backward()),
        ElementwiseEntries.function());
  }

  private static Entry hardSwish() {
    double u = 1.01 * ErrorBound.U;
    return new Entry(
        new HardSwish(),
        (v, i) -> v.in(0, i) * hard(v.in(0, i)),
        new Precision(
            (v, i) -> Math.abs(v.in(0, i)) * line(v.in(0, i)) + u * Math.abs(v.out(i)),
            (v, k, i) -> {
              double x = v.in(0, i);
              double middle = Math.abs(x) > 3 ? 0 : 2 * Math.abs(x) / 3 + Math.abs(x / 3 + 0.5);
              return u * (Math.abs(v.gradOut(i)) * middle + Math.abs(v.gradIn(k, i)));
            }),
        ElementwiseEntries.function());
  }

  /** Alpha, the function, the product; in the gradient a further product. */
  private static Entry elu(double alpha) {
    return new Entry(
        new Elu(alpha),
        (v, i) -> v.in(0, i) > 0 ? v.in(0, i) : alpha * StrictMath.expm1(v.in(0, i)),
        roundings(EXPM1 + 2, ErrorBound.EXP + 3),
        ElementwiseEntries.function());
  }

  /**
   * With r the roundings of e: q has 2r + 2, q / (q + 2) two more, y a product. The other term of
   * the slope: e·(1 + e) has 2r + 2, (q + 2)² twice 2r + 3 and one, product and quotient two; then
   * the sum and the product with dy.
   */
  private static Entry mish() {
    double r = ErrorBound.EXP;
    double y = ErrorBound.gamma(2 * r + 5);
    double dx = ErrorBound.gamma(6 * r + 13);
    return new Entry(
        new Mish(),
        (v, i) -> v.in(0, i) * StrictMath.tanh(softplus(v.in(0, i))),
        new Precision(
            (v, i) -> y * Math.abs(v.out(i)),
            (v, k, i) -> {
              double x = v.in(0, i);
              double tanh = StrictMath.tanh(softplus(x));
              double rest = Math.abs(Math.min(x, 20)) * (1 - tanh * tanh);
              return dx * Math.abs(v.gradOut(i)) * (tanh + rest);
            }),
        ElementwiseEntries.function());
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }

  /** The gradient: y three times, two products, and that with dy. */
  private static Entry rsqrt() {
    List<OpSample> samples = ElementwiseEntries.one(ElementwiseEntries.LARGE_FUNCTION);
    samples.add(ElementwiseEntries.values("far from 1", 1e-12, 1e-6, 1e6, 1e18).extreme());
    return new Entry(
        new Rsqrt(),
        (v, i) -> 1 / StrictMath.sqrt(v.in(0, i)),
        roundings(ONCE, 3 * ONCE + 3),
        samples);
  }

  /** The square that is the exponential's argument, the exponential, constant and two products. */
  private static Entry erf() {
    double y = ErrorBound.gamma(ERF);
    return new Entry(
        new Erf(),
        (v, i) -> ElementwiseEntries.erfOf(v.in(0, i)),
        new Precision(
            (v, i) -> y * Math.abs(v.out(i)),
            (v, k, i) -> {
              double square = Math.min(v.in(0, i) * v.in(0, i), 200);
              return ErrorBound.gamma(square + ErrorBound.EXP + 3) * Math.abs(v.gradIn(k, i));
            }),
        ElementwiseEntries.function());
  }

  private static Precision angle() {
    return roundings(ONCE, ONCE + 1);
  }

  private static List<OpSample> angles() {
    List<OpSample> samples = ElementwiseEntries.one(ElementwiseEntries.LARGE_FUNCTION);
    samples.add(ElementwiseEntries.values("far from 0", 1e3, -1e5, 1e10, 1e30, -3e38).extreme());
    samples.add(ElementwiseEntries.values("near 0", 1e-30, -1e-3, 0, -0.0).extreme());
    return samples;
  }

  /** A rounded exponent p moves xᵖ by p·ln x of its roundings; the gradient is p times a power. */
  private static Entry pow(double p) {
    List<OpSample> samples = ElementwiseEntries.one(ElementwiseEntries.LARGE_FUNCTION);
    samples.add(ElementwiseEntries.values("far from 1", 1e-6, 1e-3, 1e3, 1e6).extreme());
    boolean whole = p == Math.rint(p);
    return new Entry(
        new Pow(p),
        (v, i) -> StrictMath.pow(v.in(0, i), p),
        new Precision(
            (v, i) -> exponent(v.in(0, i), p, whole, ONCE) * Math.abs(v.out(i)),
            (v, k, i) -> exponent(v.in(0, i), p, whole, ONCE + 2) * Math.abs(v.gradIn(k, i))),
        samples);
  }

  private static double exponent(double x, double p, boolean whole, double more) {
    return ErrorBound.gamma((whole ? 0 : Math.abs(p * StrictMath.log(x))) + more);
  }
}
