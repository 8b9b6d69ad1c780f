package limbeck.engine.op;

import static limbeck.engine.verify.Precision.roundings;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.Precision;

/** Ops on single elements. */
final class ElementwiseEntries {
  /** More than one chunk of the cheapest op. */
  private static final int LARGE = 300_011;

  /** Several chunks of a function, few enough for naive definitions. */
  static final int LARGE_FUNCTION = 100_003;

  private ElementwiseEntries() {}

  static List<Entry> all() {
    return List.of(
        // the factor is rounded, then the product
        new Entry(new Scale(0.3), (v, i) -> 0.3 * v.in(0, i), roundings(2, 2), one(LARGE)),
        new Entry(new Scale(-4), (v, i) -> -4 * v.in(0, i), roundings(0, 0), one(LARGE)),
        new Entry(new Relu(), (v, i) -> Math.max(v.in(0, i), 0), roundings(0, 0), relu()),
        new Entry(new Tanh(), (v, i) -> StrictMath.tanh(v.in(0, i)), tanh(), function()),
        new Entry(new Sigmoid(), (v, i) -> sigmoid(v.in(0, i)), sigmoid(), function()),
        new Entry(new Gelu(), (v, i) -> v.in(0, i) * normal(v.in(0, i)), gelu(), function()),
        new Entry(new Shift(0.3), (v, i) -> 0.3 + v.in(0, i), shift(0.3), one(LARGE)),
        new Entry(new Shift(-2), (v, i) -> v.in(0, i) - 2, roundings(1, 0), one(LARGE)),
        leakyRelu(0.01, roundings(2, 2)), // the slope is rounded, then the product
        leakyRelu(0.25, roundings(0, 0)),
        leakyRelu(-3, roundings(1, 1)),
        new Entry(new Exp(), (v, i) -> StrictMath.exp(v.in(0, i)), exp(), exponents()),
        new Entry(new Log(), (v, i) -> StrictMath.log(v.in(0, i)), log(), positive()),
        // the root is rounded, then dy over it
        new Entry(new Sqrt(), (v, i) -> StrictMath.sqrt(v.in(0, i)), roundings(1, 2), roots()),
        new Entry(new Abs(), (v, i) -> Math.abs(v.in(0, i)), roundings(0, 0), relu()));
  }

  static List<OpSample> one(int large) {
    List<OpSample> samples = new ArrayList<>(Sizes.elementwise(1, large));
    samples.add(
        OpSample.of("two operands", Shape.of(3), Shape.of(3)).refused("[x]", "2 given", "of 1"));
    return samples;
  }

  private static Entry leakyRelu(double slope, Precision precision) {
    return new Entry(
        new LeakyRelu(slope),
        (v, i) -> (v.in(0, i) > 0 ? 1 : slope) * v.in(0, i),
        precision,
        relu());
  }

  /** The constant is rounded, then the sum. */
  private static Precision shift(double term) {
    double u = ErrorBound.U;
    return new Precision(
        (v, i) -> u * (Math.abs(term) + 1.01 * Math.abs(v.out(i))), roundings(0, 0).backward());
  }

  /** The gradient is a product with the result. */
  private static Precision exp() {
    return roundings(ErrorBound.EXP, ErrorBound.EXP + 1);
  }

  private static Precision log() {
    return roundings(ErrorBound.LOG, 1);
  }

  private static List<OpSample> exponents() {
    List<OpSample> samples = one(LARGE_FUNCTION);
    for (double size : new double[] {1e-30, 1e-3, 30, 80}) {
      samples.add(extreme(size));
    }
    samples.add(values("to subnormals", -87.5, -95, -103, -104, -1e30, -0.0).extreme());
    return samples;
  }

  private static List<OpSample> positive() {
    List<OpSample> samples = one(LARGE_FUNCTION);
    samples.add(values("around 1", 1, 1.0000001, 0.9999999, 1.5, 0.7).extreme());
    samples.add(values("far from 1", 1e-30, 1e30, 3e38, 1e-37).extreme());
    return samples;
  }

  private static List<OpSample> roots() {
    List<OpSample> samples = one(LARGE_FUNCTION);
    samples.add(values("zeros", 0, -0.0, 1, 0, 4).extreme());
    samples.add(values("far from 1", 1e-37, 1e-30, 1e30, 3e38).extreme());
    return samples;
  }

  static OpSample values(String name, double... x) {
    return OpSample.of(name, Shape.of(x.length)).values(0, i -> x[i]);
  }

  private static List<OpSample> relu() {
    List<OpSample> samples = one(LARGE);
    samples.add(extreme(1e30));
    return samples;
  }

  static List<OpSample> function() {
    List<OpSample> samples = one(LARGE_FUNCTION);
    for (double size : new double[] {1e-30, 1e-3, 9, 30, 100, 1e4, 1e30}) {
      samples.add(extreme(size));
    }
    return samples;
  }

  /** Both signs of a size, a zero of each sign, and sizes around it. */
  private static OpSample extreme(double size) {
    double[] x = {size, -size, 0, -0.0, 0.5 * size, -0.5 * size, 1.1 * size, -1.1 * size, 1, -1};
    return values("+-" + size, x).extreme();
  }

  /**
   * tanh has 1.855 ulp: 4 roundings. That error e of y changes 1 − y² by 2|y|·e; then the fma, and
   * the product with dy.
   */
  private static Precision tanh() {
    double y = ErrorBound.gamma(4);
    double dx = ErrorBound.gamma(2 * 4 + 2);
    return new Precision(
        (v, i) -> y * Math.abs(v.out(i)),
        (v, k, i) -> dx * Math.abs(v.gradOut(i)) * Math.max(1 - v.out(i), v.out(i) * v.out(i)));
  }

  /**
   * The logistic function has 1.647 ulp: 4 roundings, of y and, as an absolute error, of 1 − y;
   * then a subtraction and two products.
   */
  private static Precision sigmoid() {
    double y = ErrorBound.gamma(4);
    double dx = ErrorBound.gamma(4 + 4 + 3);
    return new Precision(
        (v, i) -> y * v.out(i), (v, k, i) -> dx * Math.abs(v.gradOut(i)) * v.out(i));
  }

  /**
   * In units of 2⁻²⁴. The argument t = x·√½ has 2 roundings, which move erf by 2·t·erf′(t) ≤ 0.97;
   * erf has 1.813 ulp: 3.63; the sum 1 + erf ≤ 2 adds 2: 6.6 in all, times |x|/2, and a product:
   * 4.3·|x|. Its derivative: half of 6.6; x·φ(x), at most 0.25, with the roundings of φ: product,
   * constant and exp 3.83 and x²/2 from the exponent, x³φ/2 ≤ 0.24, together 1.2; fma and product
   * round a value of at most 1.13: 6.8·|dy|.
   */
  private static Precision gelu() {
    double y = ErrorBound.gamma(4.4);
    double dx = ErrorBound.gamma(7);
    return new Precision(
        (v, i) -> y * Math.abs(v.in(0, i)), (v, k, i) -> dx * Math.abs(v.gradOut(i)));
  }

  private static double sigmoid(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }

  /** The normal distribution function. */
  private static double normal(double x) {
    double t = x * StrictMath.sqrt(0.5);
    return 0.5 * (1 + erfOf(t));
  }

  /** erf x, within what double can tell from ±1. */
  static double erfOf(double x) {
    return Math.abs(x) > 6 ? Math.signum(x) : erf(x);
  }

  /** 2/√π·e^(−t²)·Σ 2ⁿ·t^(2n+1)/(1·3·…·(2n+1)): all terms of one sign. */
  private static double erf(double t) {
    double term = t;
    double sum = t;
    for (int n = 1; n < 200; n++) {
      term *= 2 * t * t / (2 * n + 1);
      sum += term;
    }
    return 2 / StrictMath.sqrt(StrictMath.PI) * StrictMath.exp(-t * t) * sum;
  }
}
