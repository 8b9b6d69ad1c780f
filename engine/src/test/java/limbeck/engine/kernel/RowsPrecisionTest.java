package limbeck.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import limbeck.engine.kernel.f64.DoubleRows;
import limbeck.engine.kernel.scalar.ScalarRows;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

/**
 * {@link ScalarRows} against {@link DoubleRows} on the same floats, within a bound that counts the
 * roundings: each one errs by at most u = 2^-24 of its result. Scalar arguments are floats here, so
 * that they are not rounded on entry. Values are moderate: nothing underflows.
 */
class RowsPrecisionTest {
  private static final Rows FLOATS = new ScalarRows();
  private static final Rows DOUBLES = new DoubleRows();
  private static final double U = 0x1p-24;

  /**
   * Products of two errors, and the double's own roundings, are below a thousandth of the bound.
   */
  private static final double SLACK = 1.001;

  // Bounds in ulp of the float functions, as tested over their whole range; an ulp is at most 2u.
  private static final double EXP = 0.91 * 2 * U;
  private static final double LOG = 0.94 * 2 * U;
  private static final double TANH = 1.9 * 2 * U;
  private static final double SIGMOID = 1.6 * 2 * U;
  private static final double ERF = 1.9 * 2 * U;
  private static final double SOFTPLUS = 1.87 * 2 * U;

  private static final int N = 1000;

  private final SplittableRandom random = new SplittableRandom(7);

  private Tensor normal(double scale) {
    Tensor x = Tensor.zeros(DType.F32, Shape.of(N));
    for (int e = 0; e < N; e++) {
      x.set(e, scale * random.nextGaussian());
    }
    return x;
  }

  private Tensor positive() {
    Tensor x = normal(3);
    for (int e = 0; e < N; e++) {
      x.set(e, Math.abs(x.get(e)) + 1e-3);
    }
    return x;
  }

  /** A loop on operands of one type; the last tensor is the output that is compared. */
  private interface Loop {
    void run(Rows rows, Tensor[] x);
  }

  /** What an element may be off by: from the operands before the loop and the exact result. */
  private interface Bound {
    double of(double[] x, double y);
  }

  private static void check(String name, Loop loop, Bound bound, Tensor... operands) {
    int last = operands.length - 1;
    Tensor[] floats = new Tensor[operands.length];
    Tensor[] doubles = new Tensor[operands.length];
    for (int o = 0; o <= last; o++) {
      floats[o] = operands[o].own();
      doubles[o] = operands[o].to(DType.F64);
    }
    loop.run(FLOATS, floats);
    loop.run(DOUBLES, doubles);
    for (int e = 0; e < N; e++) {
      double[] x = new double[operands.length];
      for (int o = 0; o <= last; o++) {
        x[o] = operands[o].get(e);
      }
      double exact = doubles[last].get(e);
      double error = Math.abs(floats[last].get(e) - exact);
      double allowed = SLACK * bound.of(x, exact);
      assertTrue(error <= allowed, name + " " + e + ": off by " + error + ", allowed " + allowed);
    }
  }

  /** A bound relative to the result. */
  private static Bound relative(double epsilon) {
    return (x, y) -> epsilon * Math.abs(y);
  }

  @Test
  void arithmetic() {
    Tensor a = normal(3);
    Tensor b = normal(3);
    Tensor y = normal(3);
    Bound once = relative(U);
    check("add", (r, x) -> r.add(x[0], 0, x[1], 0, x[2], 0, N), once, a, b, y);
    check("sub", (r, x) -> r.sub(x[0], 0, x[1], 0, x[2], 0, N), once, a, b, y);
    check("mul", (r, x) -> r.mul(x[0], 0, x[1], 0, x[2], 0, N), once, a, b, y);
    check("div", (r, x) -> r.div(x[0], 0, x[1], 0, x[2], 0, N), once, a, b, y);
    check("scale", (r, x) -> r.scale(x[0], 0, 0.3f, x[1], 0, N), once, a, y);
    check("addScalar", (r, x) -> r.addScalar(x[0], 0, 0.3f, x[1], 0, N), once, a, y);
    check("axpy", (r, x) -> r.axpy(0.3f, x[0], 0, x[1], 0, N), once, a, y);
    check("mulAdd", (r, x) -> r.mulAdd(x[0], 0, x[1], 0, x[2], 0, N), once, a, b, y);
    Loop centred = (r, x) -> r.mulSubScalar(x[0], 0, x[1], 0, 0.3f, x[2], 0, N);
    check("mulSubScalar", centred, relative(2 * U), a, b, y);
    check("addEvery", (r, x) -> r.addEvery(x[0], 0, x[1], 0, 1, N), once, a, y);
    Loop larger = (r, x) -> r.maximum(x[0], 0, x[1], 0, x[2], 0, N);
    check("maximum", larger, relative(0), a, b, y);
    Loop smaller = (r, x) -> r.minimum(x[0], 0, x[1], 0, x[2], 0, N);
    check("minimum", smaller, relative(0), a, b, y);
    Loop share = (r, x) -> r.maximumGrad(x[0], 0, x[1], 0, x[2], 0, x[3], 0, N);
    check("maximumGrad", share, relative(0), a, b, normal(1), y);
  }

  /** Each rounding errs by u of a number that the sum of magnitudes bounds. */
  @Test
  void normalisation() {
    Tensor a = normal(3);
    Tensor dy = normal(3);
    Tensor y = normal(3);
    Bound value = (x, z) -> U * (2 * Math.abs((x[0] - 0.3f) * 1.7f) + Math.abs(z));
    check("normalize", (r, x) -> r.normalize(x[0], 0, 0.3f, 1.7f, 0.2f, x[1], 0, N), value, a, y);
    Loop positive = (r, x) -> r.normalizeRelu(x[0], 0, 0.3f, 1.7f, 0.2f, x[1], 0, N);
    Bound before = // of the sum that ReLU is taken of, which brings nothing further apart
        (x, z) -> {
          double product = (x[0] - 0.3f) * 1.7f;
          return U * (2 * Math.abs(product) + Math.abs(product + 0.2f));
        };
    check("normalizeRelu", positive, before, a, y);
    Loop added = (r, x) -> r.normalizeAddRelu(x[0], 0, 0.3f, 1.7f, 0.2f, x[1], 0, x[2], 0, N);
    Bound sum =
        (x, z) -> {
          double normal = (x[0] - 0.3f) * 1.7f + 0.2f;
          return before.of(x, z) + U * Math.abs(normal + x[1]);
        };
    check("normalizeAddRelu", added, sum, a, dy, y);
    Loop gradient = (r, x) -> r.normalizeGrad(x[0], 0, x[1], 0, 0.3f, 0.9f, 0.2f, 1.7f, x[2], 0, N);
    Bound slope =
        (x, z) -> {
          double product = Math.abs((x[0] - 0.3f) * 0.9f);
          double terms = 2 * product + (Math.abs(x[1]) + product) + Math.abs(z / 1.7f);
          return U * (1.7f * terms + Math.abs(z));
        };
    check("normalizeGrad", gradient, slope, a, dy, y);
  }

  @Test
  void functions() {
    Tensor a = normal(3);
    Tensor p = positive();
    Tensor y = normal(3);
    check("sqrt", (r, x) -> r.sqrt(x[0], 0, x[1], 0, N), relative(U), p, y);
    check("exp", (r, x) -> r.exp(x[0], 0, x[1], 0, N), relative(EXP), a, y);
    check("log", (r, x) -> r.log(x[0], 0, x[1], 0, N), relative(LOG), p, y);
    check("tanh", (r, x) -> r.tanh(x[0], 0, x[1], 0, N), relative(TANH), a, y);
    check("sigmoid", (r, x) -> r.sigmoid(x[0], 0, x[1], 0, N), relative(SIGMOID), a, y);
    check("relu", (r, x) -> r.relu(x[0], 0, x[1], 0, N), relative(0), a, y);
    check("softplus", (r, x) -> r.softplus(x[0], 0, x[1], 0, N), relative(SOFTPLUS), a, y);
    Loop leaky = (r, x) -> r.leakyRelu(x[0], 0, 0.3f, x[1], 0, x[2], 0, N);
    check("leakyRelu", leaky, relative(U), a, normal(1), y);
    // the exponential turns the absolute error of its argument into a relative one
    Bound shifted = (x, z) -> (EXP + Math.abs(x[0] - 1.3f) * U) * z;
    check("expMinus", (r, x) -> r.expMinus(x[0], 0, 1.3f, x[1], 0, N), shifted, a, y);
  }

  @Test
  void gradients() {
    Tensor x0 = normal(3);
    Tensor dy = normal(3);
    Tensor dx = normal(3);
    Tensor th = normal(3);
    Tensor sg = normal(3);
    FLOATS.tanh(x0, 0, th, 0, N);
    FLOATS.sigmoid(x0, 0, sg, 0, N);
    check("relu", (r, x) -> r.reluGrad(x[0], 0, x[1], 0, x[2], 0, N), relative(0), x0, dy, dx);
    Loop tanh = (r, x) -> r.tanhGrad(x[0], 0, x[1], 0, x[2], 0, N);
    check("tanh", tanh, relative(2 * U), th, dy, dx);
    Loop sigmoid = (r, x) -> r.sigmoidGrad(x[0], 0, x[1], 0, x[2], 0, N);
    check("sigmoid", sigmoid, relative(3 * U), sg, dy, dx);
  }

  /**
   * Error of 1 + erf s, s = x·√½ with two roundings (of the constant, of the product): that of s
   * times the slope 2/√π·e^(−s²), the function's own, and the sum's.
   */
  private static double erfError(double x) {
    double s = Math.abs(x) * Math.sqrt(0.5);
    double slope = 2 / Math.sqrt(Math.PI) * Math.exp(-s * s);
    return slope * 2 * U * s + ERF + 2 * U;
  }

  @Test
  void gelu() {
    Tensor x0 = normal(3);
    Tensor dy = normal(3);
    Tensor dx = normal(3);
    Bound value = (x, y) -> 0.5 * Math.abs(x[0]) * erfError(x[0]) + U * Math.abs(y);
    check("gelu", (r, x) -> r.gelu(x[0], 0, x[1], 0, N), value, x0, dx);
    // φ: its argument has one rounding, then the exponential, the constant and the product
    Bound slope =
        (x, y) -> {
          double phi = Math.exp(-0.5 * x[0] * x[0]) / Math.sqrt(2 * Math.PI);
          double phiError = phi * (0.5 * x[0] * x[0] * U + EXP + 2 * U);
          double sumError = Math.abs(x[0]) * phiError + 0.5 * erfError(x[0]);
          return Math.abs(x[1]) * sumError + 2 * U * Math.abs(y);
        };
    check("geluGrad", (r, x) -> r.geluGrad(x[0], 0, x[1], 0, x[2], 0, N), slope, x0, dy, dx);
  }

  /**
   * The gate σ = σ(z): an absolute error of z is a relative one of σ, times 1 − σ. z and t = x·z′
   * have 4 roundings each (constant, square, fma, product), so z errs by 4·|z|·u.
   */
  @Test
  void gates() {
    Tensor x0 = normal(3);
    Tensor dy = normal(3);
    Tensor dx = normal(3);
    Bound value = (x, y) -> Math.abs(y) * (SIGMOID + U + 4 * U * Math.abs(z(x[0])) * rest(x[0]));
    check("geluTanh", (r, x) -> r.geluTanh(x[0], 0, x[1], 0, N), value, x0, dx);
    Loop gelu = (r, x) -> r.geluTanhGrad(x[0], 0, x[1], 0, x[2], 0, N);
    Bound slope = (x, y) -> slopeError(x[1], z(x[0]), t(x[0]), 4 * U, y);
    check("geluTanhGrad", gelu, slope, x0, dy, dx);
    Loop silu = (r, x) -> r.siluGrad(x[0], 0, x[1], 0, x[2], 0, N);
    Bound swish = (x, y) -> slopeError(x[1], x[0], x[0], 0, y);
    check("siluGrad", silu, swish, x0, dy, dx);
  }

  private static double z(double x) {
    double root = Math.sqrt(2 / Math.PI);
    return 2 * root * x * (1 + 0.044715 * x * x);
  }

  private static double t(double x) {
    double root = Math.sqrt(2 / Math.PI);
    return 2 * root * x * (1 + 3 * 0.044715 * x * x);
  }

  private static double rest(double x) {
    return 1 / (1 + Math.exp(z(x)));
  }

  /**
   * Error of dy · ((e·w) · fma(t, w, 1)). With e that of eᶻ, w = 1/(1 + e) has σ·e and two
   * roundings; e·w has (1 − σ)·e and three; the fma has the errors of t·w and one rounding; then
   * two products.
   *
   * @param argument relative error of z, and of t
   */
  private static double slopeError(double dy, double z, double t, double argument, double y) {
    double gate = 1 / (1 + Math.exp(-z));
    double rest = 1 / (1 + Math.exp(z));
    double e = EXP + Math.abs(z) * argument;
    double product = Math.abs(t) * rest * (argument + gate * e + 2 * U);
    return Math.abs(dy) * gate * product + Math.abs(y) * (rest * e + 3 * U + U + 2 * U);
  }

  /** A term goes through c roundings at most (Higham, Accuracy and Stability, chapter 3). */
  private static double gamma(int n) {
    int blocks = (n + 4095) / 4096;
    int c = (Math.min(n, 4096) + 15) / 16 + 4 + blocks;
    return c * U / (1 - c * U);
  }

  @Test
  void reductions() {
    for (int n : new int[] {1, 2, 15, 16, 17, 100, 300, 4095, 4096, 4097, 9000, 50000}) {
      Tensor a = Tensor.zeros(DType.F32, Shape.of(n));
      Tensor b = a.own();
      double absolute = 0;
      double products = 0;
      for (int k = 0; k < n; k++) {
        a.set(k, random.nextGaussian());
        b.set(k, random.nextGaussian());
        absolute += Math.abs(a.get(k));
        products += Math.abs(a.get(k) * b.get(k));
      }
      Tensor a64 = a.to(DType.F64);
      Tensor b64 = b.to(DType.F64);
      double sum = DOUBLES.sum(a64, 0, n);
      double dot = DOUBLES.dot(a64, 0, b64, 0, n);
      double far = DOUBLES.centredDot(a64, 0, 0.5f, b64, 0, -2, n);
      double spread = 0; // of the rounded differences: two roundings more than a product has
      for (int k = 0; k < n; k++) {
        spread += Math.abs((a.get(k) - 0.5f) * (b.get(k) + 2));
      }
      double farError = Math.abs(FLOATS.centredDot(a, 0, 0.5f, b, 0, -2, n) - far);
      double allowed = SLACK * (gamma(n) + 2 * U) * spread;
      assertTrue(farError <= allowed, "centredDot " + n + " off by " + farError);
      double sumError = Math.abs(FLOATS.sum(a, 0, n) - sum);
      double dotError = Math.abs(FLOATS.dot(a, 0, b, 0, n) - dot);
      assertTrue(sumError <= SLACK * gamma(n) * absolute, "sum " + n + " off by " + sumError);
      assertTrue(dotError <= SLACK * gamma(n) * products, "dot " + n + " off by " + dotError);
      assertEquals(DOUBLES.max(a64, 0, n), FLOATS.max(a, 0, n));
    }
  }

  private static final double RATE = 0.1f;
  private static final double DECAY = 0.01f;
  private static final double KEEP = 0.9f;

  /** Operands: gradient, weight. d errs by u|d|, carried by the rate; the last fma by u of w. */
  @Test
  void sgd() {
    Bound bound = (x, w) -> RATE * U * Math.abs(x[0] + DECAY * x[1]) + U * Math.abs(w);
    Loop loop = (r, x) -> r.sgd(x[1], 0, x[0], 0, RATE, DECAY, N);
    check("sgd", loop, bound, normal(1), normal(1));
  }

  /** Operands: gradient, momentum, weight. */
  @Test
  void momentum() {
    for (boolean nesterov : new boolean[] {false, true}) {
      Bound bound =
          (x, w) -> {
            double d = x[0] + DECAY * x[2];
            double v = KEEP * x[1] + d;
            double dError = U * Math.abs(d);
            double vError = dError + U * Math.abs(v);
            double step = KEEP * v + d;
            double stepError = KEEP * vError + dError + U * Math.abs(step);
            return RATE * (nesterov ? stepError : vError) + U * Math.abs(w);
          };
      Loop loop = (r, x) -> r.momentum(x[2], 0, x[0], 0, x[1], 0, RATE, KEEP, DECAY, nesterov, N);
      check("momentum", loop, bound, normal(1), normal(1), normal(1));
    }
  }

  /** Operands: gradient, first and second moment, weight. */
  @Test
  void adam() {
    double keep2 = 0.999f;
    double epsilon = 1e-6f;
    double c1 = 1.5f;
    double c2 = 20f;
    Bound bound =
        (x, w) -> {
          double d = x[0] + DECAY * x[3];
          double m1 = KEEP * x[1] + (1 - KEEP) * d;
          double m2 = keep2 * x[2] + (1 - keep2) * d * d;
          // d, 1 − β and the product, then the fma; for m2 d counts twice, and so do products
          double m1Error = 3 * U * (1 - KEEP) * Math.abs(d) + U * Math.abs(m1);
          double m2Error = 5 * U * (1 - keep2) * d * d + U * m2;
          double root = Math.sqrt(m2 * c2);
          double rootError = root * (0.5 * (m2Error / m2 + U) + U);
          double divisor = root + epsilon;
          double divisorError = rootError + U * divisor;
          double u = m1 * c1 / divisor;
          double uError = (m1Error * c1 + U * Math.abs(m1 * c1)) / divisor;
          uError += Math.abs(u) * (divisorError / divisor + U);
          return RATE * uError + U * Math.abs(x[3]) + U * Math.abs(w);
        };
    Loop loop =
        (r, x) ->
            r.adam(
                x[3], 0, x[0], 0, x[1], x[2], 0, RATE, KEEP, keep2, epsilon, DECAY, 0.5, c1, c2, N);
    check("adam", loop, bound, normal(1), normal(1), positive(), normal(1));
  }
}
