package limbeck.engine.op;

import java.util.List;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpValues;
import limbeck.engine.verify.Precision;

/** Smooth activations that let x through a gate σ(z), and softplus, whose slope is a gate. */
final class GateEntries {
  private static final double C1 = 2 * StrictMath.sqrt(2 / StrictMath.PI);
  private static final double C3 = 0.044715 * C1;

  /** 1.647 ulp. */
  private static final double SIGMOID = 3.3;

  /** 1.862 ulp. */
  private static final double SOFTPLUS = 3.73;

  private GateEntries() {}

  static List<Entry> all() {
    return List.of(geluTanh(), silu(), softplus());
  }

  private static double gate(double z) {
    return 1 / (1 + StrictMath.exp(-z));
  }

  private static double z(double x) {
    return x * (C1 + C3 * x * x);
  }

  /** As published, with tanh; its cancellation below 0 is far below what the check can tell. */
  private static double published(double x) {
    double root = StrictMath.sqrt(2 / StrictMath.PI);
    return 0.5 * x * (1 + StrictMath.tanh(root * (x + 0.044715 * x * x * x)));
  }

  /**
   * z has 4 roundings: a constant, the square, fma, product. That absolute error of 4·|z| is a
   * relative one of the gate, times 1 − σ; then the sigmoid's own, and the product.
   */
  private static Entry geluTanh() {
    return new Entry(
        new GeluTanh(),
        (v, i) -> published(v.in(0, i)),
        new Precision(
            (v, i) -> {
              double z = z(v.in(0, i));
              double argument = Math.abs(z) < 200 ? 4 * Math.abs(z) * gate(-z) : 0;
              return ErrorBound.gamma(argument + SIGMOID + 1) * Math.abs(v.out(i));
            },
            (v, k, i) -> {
              double x = v.in(0, i);
              return slope(v, i, z(x), x * (C1 + 3 * C3 * x * x), 4);
            }),
        ElementwiseEntries.function());
  }

  /** The sigmoid and a product. */
  private static Entry silu() {
    return new Entry(
        new Silu(),
        (v, i) -> v.in(0, i) * gate(v.in(0, i)),
        new Precision(
            Precision.roundings(SIGMOID + 1, 0).forward(),
            (v, k, i) -> slope(v, i, v.in(0, i), v.in(0, i), 0)),
        ElementwiseEntries.function());
  }

  /** The gradient is dy times the sigmoid. */
  private static Entry softplus() {
    return new Entry(
        new Softplus(),
        (v, i) -> Math.max(v.in(0, i), 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(v.in(0, i)))),
        Precision.roundings(SOFTPLUS, SIGMOID + 1),
        ElementwiseEntries.function());
  }

  /**
   * The error of dy · ((e·w) · fma(t, w, 1)), e = e^z, w = 1 / (1 + e) = 1 − σ. With r the
   * roundings of e, its own and {@code argument} times |z|: w has r·σ + 2, e·w has r·(1 − σ) + 3, t
   * has {@code argument}; the fma adds one and so do the two products. Where |z| is large the slope
   * is 0 or 1 whatever z is, so there the argument counts no more.
   */
  private static double slope(OpValues v, int i, double z, double t, double argument) {
    double gate = gate(z);
    double rest = gate(-z);
    boolean decided = Math.abs(z) > 200;
    double r = ErrorBound.EXP + (decided ? 0 : argument * Math.abs(z));
    double product = decided ? 0 : gate * Math.abs(t) * rest;
    double dy = Math.abs(v.gradOut(i));
    return dy * product * ErrorBound.gamma(argument + r * gate + 2)
        + Math.abs(v.gradIn(0, i)) * ErrorBound.gamma(r * rest + 3 + 1 + 2);
  }
}
