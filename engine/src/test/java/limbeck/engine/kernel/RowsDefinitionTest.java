package limbeck.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.SplittableRandom;
import limbeck.engine.kernel.f64.DoubleRows;
import limbeck.engine.kernel.scalar.ScalarRows;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/**
 * {@link DoubleRows} computes what the Javadoc of {@link Rows} says, and float reductions add in
 * the order it says.
 */
class RowsDefinitionTest extends RowDefinitions {
  @Test
  void arithmetic() {
    binary("add", ROWS::add, (a, b) -> a + b);
    binary("sub", ROWS::sub, (a, b) -> a - b);
    binary("mul", ROWS::mul, (a, b) -> a * b);
    binary("div", ROWS::div, (a, b) -> a / b);
    binary("minimum", ROWS::minimum, (a, b) -> a < b ? a : b);
    binary(
        "mulSubScalar",
        (a, i, b, j, y, k, n) -> ROWS.mulSubScalar(a, i, b, j, 0.3, y, k, n),
        (a, b) -> a * (b - 0.3));
    unary("fill", (x, i, y, j, n) -> ROWS.fill(0.1, y, j, n), false, x -> 0.1);
    unary("copy", ROWS::copy, false, x -> x);
    unary("scale", (x, i, y, j, n) -> ROWS.scale(x, i, 0.1, y, j, n), false, x -> x * 0.1);
    unary("addScalar", (x, i, y, j, n) -> ROWS.addScalar(x, i, 0.1, y, j, n), false, x -> x + 0.1);
  }

  @Test
  void accumulation() {
    Tensor a = tensor();
    Tensor b = tensor();
    Tensor y = tensor();
    Tensor z = y.own();
    Tensor before = y.own();
    ROWS.axpy(0.7, a, 1, y, 2, N);
    ROWS.mulAdd(a, 1, b, 3, z, 2, N);
    for (int e = 2; e < N + 2; e++) {
      assertClose(before.get(e) + 0.7 * a.get(e - 1), y.get(e), "axpy " + e);
      assertClose(before.get(e) + a.get(e - 1) * b.get(e + 1), z.get(e), "mulAdd " + e);
    }
  }

  @Test
  void functions() {
    unary("sqrt", ROWS::sqrt, true, StrictMath::sqrt);
    unary("exp", ROWS::exp, false, StrictMath::exp);
    unary(
        "expMinus",
        (x, i, y, j, n) -> ROWS.expMinus(x, i, 0.7, y, j, n),
        false,
        x -> StrictMath.exp(x - 0.7));
    unary("log", ROWS::log, true, StrictMath::log);
    unary("relu", ROWS::relu, false, x -> x > 0 ? x : 0);
    unary("tanh", ROWS::tanh, false, StrictMath::tanh);
    unary("sigmoid", ROWS::sigmoid, false, RowDefinitions::sigma);
    unary("gelu", ROWS::gelu, false, x -> x * cumulative(x));
    unary("geluTanh", ROWS::geluTanh, false, x -> x * gate(x));
    unary("softplus", ROWS::softplus, false, x -> StrictMath.log(1 + StrictMath.exp(x)));
  }

  /** Each gradient is dy times the derivative; those from y are given y here. */
  @Test
  void gradients() {
    binary("reluGrad", ROWS::reluGrad, (y, dy) -> y > 0 ? dy : 0);
    binary("tanhGrad", ROWS::tanhGrad, (y, dy) -> dy * (1 - y * y));
    binary("sigmoidGrad", ROWS::sigmoidGrad, (y, dy) -> dy * y * (1 - y));
    binary("geluGrad", ROWS::geluGrad, (x, dy) -> dy * (cumulative(x) + x * phi(x)));
    binary("geluTanhGrad", ROWS::geluTanhGrad, (x, dy) -> dy * gateSlope(x));
    binary("siluGrad", ROWS::siluGrad, (x, dy) -> dy * (sigma(x) + x * sigma(x) * (1 - sigma(x))));
    binary(
        "leakyRelu",
        (x, i, d, j, y, k, n) -> ROWS.leakyRelu(x, i, 0.3, d, j, y, k, n),
        (x, d) -> x > 0 ? d : 0.3 * d);
  }

  @Test
  void reductions() {
    Tensor a = tensor();
    Tensor b = tensor();
    double sum = 0;
    double dot = 0;
    double centred = 0;
    double max = Double.NEGATIVE_INFINITY;
    for (int e = 0; e < N; e++) {
      sum += a.get(e + 1);
      dot += a.get(e + 1) * b.get(e + 2);
      centred += (a.get(e + 1) - 0.3) * (b.get(e + 2) + 0.7);
      max = Math.max(max, a.get(e + 1));
    }
    assertClose(sum, ROWS.sum(a, 1, N), "sum");
    assertClose(dot, ROWS.dot(a, 1, b, 2, N), "dot");
    assertClose(centred, ROWS.centredDot(a, 1, 0.3, b, 2, -0.7, N), "centredDot");
    assertEquals(max, ROWS.max(a, 1, N));
  }

  @Test
  void normalisation() {
    unary(
        "normalize",
        (x, i, y, j, n) -> ROWS.normalize(x, i, 0.3, 1.7, -0.2, y, j, n),
        false,
        x -> (x - 0.3) * 1.7 - 0.2);
    binary(
        "normalizeGrad",
        (x, i, dy, j, dx, k, n) -> ROWS.normalizeGrad(x, i, dy, j, 0.3, 0.9, 0.2, 1.7, dx, k, n),
        (x, dy) -> 1.7 * (dy - (x - 0.3) * 0.9 - 0.2));
  }

  /** The dot product of differences has the bits of a dot product of differences. */
  @Property(tries = 100)
  void centredOrder(@ForAll @IntRange(max = 5000) int n, @ForAll long seed) {
    SplittableRandom values = new SplittableRandom(seed);
    float[] a = new float[n];
    float[] b = new float[n];
    float[] centredA = new float[n];
    float[] centredB = new float[n];
    for (int k = 0; k < n; k++) {
      a[k] = (float) values.nextGaussian();
      b[k] = (float) values.nextGaussian();
      centredA[k] = a[k] - 0.3f;
      centredB[k] = b[k] + 1.1f;
    }
    Tensor x = Tensor.of(Shape.of(n), a);
    Tensor y = Tensor.of(Shape.of(n), b);
    float actual = (float) new ScalarRows().centredDot(x, 0, 0.3, y, 0, -1.1, n);
    assertEquals(inOrder(centredA, centredB, n), actual, "n=" + n);
  }

  @Test
  void softmax() {
    Tensor x = tensor();
    Tensor y = tensor();
    Tensor dy = tensor();
    Tensor dx = tensor();
    ROWS.softmax(x, 1, 0.7, y, 2, N);
    ROWS.softmaxGrad(y, 2, dy, 3, 0.7, dx, 0, N);
    double sum = 0;
    double mean = 0;
    for (int e = 0; e < N; e++) {
      sum += StrictMath.exp(0.7 * x.get(e + 1));
      mean += y.get(e + 2) * dy.get(e + 3);
    }
    for (int e = 0; e < N; e++) {
      assertClose(StrictMath.exp(0.7 * x.get(e + 1)) / sum, y.get(e + 2), "softmax " + e);
      assertClose(0.7 * y.get(e + 2) * (dy.get(e + 3) - mean), dx.get(e), "gradient " + e);
    }
  }

  /** Stated by the contract; the vector loops have the bits of the scalar ones. */
  @Test
  void edgesOfReductions() {
    Tensor doubles = Tensor.of(Shape.of(3), 1.0, Double.NaN, 2.0);
    Tensor floats = doubles.to(DType.F32);
    Tensor zeros = Tensor.of(Shape.of(2), -0f, 0f);
    for (Rows rows : List.of(new ScalarRows(), ROWS)) {
      Tensor x = rows == ROWS ? doubles : floats;
      assertEquals(0.0, rows.sum(x, 0, 0));
      assertEquals(0.0, rows.dot(x, 0, x, 0, 0));
      assertEquals(Double.NEGATIVE_INFINITY, rows.max(x, 0, 0));
      assertEquals(Double.NaN, rows.max(x, 0, 3));
      assertEquals(1.0, rows.max(x, 0, 1));
      Tensor z = rows == ROWS ? zeros.to(DType.F64) : zeros;
      assertEquals(0.0, rows.max(z, 0, 2));
      Tensor y = z.own();
      rows.relu(z, 0, y, 0, 2);
      assertEquals(0.0, y.get(0)); // +0 for −0: assertEquals tells them apart
    }
  }

  @Test
  void sgd() {
    Tensor w = tensor();
    Tensor g = tensor();
    Tensor before = w.own();
    ROWS.sgd(w, 1, g, 3, 0.1, 0.02, N);
    for (int e = 1; e < N + 1; e++) {
      double d = g.get(e + 2) + 0.02 * before.get(e);
      assertClose(before.get(e) - 0.1 * d, w.get(e), "w " + e);
    }
  }

  @Test
  void momentum() {
    for (boolean nesterov : new boolean[] {false, true}) {
      Tensor w = tensor();
      Tensor g = tensor();
      Tensor v = tensor();
      Tensor w0 = w.own();
      Tensor v0 = v.own();
      ROWS.momentum(w, 1, g, 3, v, 2, 0.1, 0.9, 0.02, nesterov, N);
      for (int e = 0; e < N; e++) {
        double d = g.get(e + 3) + 0.02 * w0.get(e + 1);
        double speed = 0.9 * v0.get(e + 2) + d;
        double step = nesterov ? d + 0.9 * speed : speed;
        assertClose(speed, v.get(e + 2), "v " + e);
        assertClose(w0.get(e + 1) - 0.1 * step, w.get(e + 1), "w " + e);
      }
    }
  }

  /** Kingma and Ba's algorithm 1 from zero moments, with m̂ and v̂ as printed there. */
  @Test
  void adam() {
    Tensor w = tensor();
    Tensor m1 = Tensor.zeros(DType.F64, w.shape());
    Tensor m2 = Tensor.zeros(DType.F64, w.shape());
    double[] weight = new double[N];
    double[] first = new double[N];
    double[] second = new double[N];
    for (int e = 0; e < N; e++) {
      weight[e] = w.get(e + 1);
    }
    for (int t = 1; t <= 5; t++) {
      Tensor g = tensor();
      double c1 = 1 / (1 - StrictMath.pow(0.9, t));
      double c2 = 1 / (1 - StrictMath.pow(0.999, t));
      ROWS.adam(w, 1, g, 3, m1, m2, 2, 1e-3, 0.9, 0.999, 1e-8, 0.01, 0.995, c1, c2, N);
      for (int e = 0; e < N; e++) {
        double d = g.get(e + 3) + 0.01 * weight[e];
        first[e] = 0.9 * first[e] + 0.1 * d;
        second[e] = 0.999 * second[e] + 0.001 * d * d;
        double mean = first[e] / (1 - StrictMath.pow(0.9, t));
        double square = second[e] / (1 - StrictMath.pow(0.999, t));
        weight[e] = 0.995 * weight[e] - 1e-3 * mean / (StrictMath.sqrt(square) + 1e-8);
        assertClose(first[e], m1.get(e + 2), "m1 " + e);
        assertClose(second[e], m2.get(e + 2), "m2 " + e);
        assertClose(weight[e], w.get(e + 1), "w " + e);
      }
    }
  }

  /** Moments that fade away become +0 instead of subnormal numbers; NaN stays. */
  @Test
  void adamFloor() {
    for (Rows rows : List.of(new ScalarRows(), ROWS)) {
      DType type = rows == ROWS ? DType.F64 : DType.F32;
      Tensor w = Tensor.zeros(type, Shape.of(40));
      Tensor g = Tensor.zeros(type, Shape.of(40));
      Tensor m1 = Tensor.zeros(type, Shape.of(40));
      Tensor m2 = Tensor.zeros(type, Shape.of(40));
      m1.fill(-1e-30);
      m2.fill(1e-30);
      m1.set(3, 3e-30);
      m1.set(39, Double.NaN);
      rows.adam(w, 0, g, 0, m1, m2, 0, 1e-3, 0.5, 0.5, 1e-8, 0, 1, 1, 1, 40);
      for (int e = 0; e < 40; e++) {
        double kept = type == DType.F32 ? (float) 3e-30 / 2 : 1.5e-30;
        assertEquals(e == 3 ? kept : e == 39 ? Double.NaN : 0.0, m1.get(e), "m1 " + e);
        assertEquals(0.0, m2.get(e), "m2 " + e);
      }
    }
  }

  /** The order of the Javadoc, word for word: the bits of a sum and of a dot product. */
  private static float inOrder(float[] a, float[] b, int n) {
    float total = 0;
    for (int block = 0; block < n; block += 4096) {
      float[] lane = new float[16];
      for (int k = block; k < Math.min(n, block + 4096); k++) {
        int l = (k - block) % 16;
        lane[l] = b == null ? lane[l] + a[k] : Math.fma(a[k], b[k], lane[l]);
      }
      for (int half = 8; half > 0; half /= 2) {
        for (int l = 0; l < half; l++) {
          lane[l] += lane[l + half];
        }
      }
      total = block == 0 ? lane[0] : total + lane[0];
    }
    return total;
  }

  @Property(tries = 300)
  void reductionOrder(@ForAll @IntRange(max = 13000) int n, @ForAll long seed) {
    checkOrder(n, new SplittableRandom(seed));
  }

  @Test
  void reductionOrderOfShortRows() {
    for (int n = 0; n < 100; n++) {
      checkOrder(n, new SplittableRandom(n));
    }
  }

  private static void checkOrder(int n, SplittableRandom random) {
    float[] a = new float[n];
    float[] b = new float[n];
    for (int k = 0; k < n; k++) {
      a[k] = (float) random.nextGaussian();
      b[k] = (float) random.nextGaussian();
    }
    Tensor x = Tensor.of(Shape.of(n), a);
    Tensor y = Tensor.of(Shape.of(n), b);
    Rows rows = new ScalarRows();
    assertEquals(inOrder(a, null, n), (float) rows.sum(x, 0, n), "sum of " + n);
    assertEquals(inOrder(a, b, n), (float) rows.dot(x, 0, y, 0, n), "dot of " + n);
  }
}
