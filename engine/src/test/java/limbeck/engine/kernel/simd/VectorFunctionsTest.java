package limbeck.engine.kernel.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.scalar.ScalarRows;
import limbeck.engine.math.Erf;
import limbeck.engine.math.Exp;
import limbeck.engine.math.FloatSweep;
import limbeck.engine.math.Sigmoid;
import limbeck.engine.math.Tanh;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

/**
 * The loops of functions have the bits of the scalar ones, at this JVM's width: around every border
 * of their formulas, and over all floats, by stride or one by one.
 */
class VectorFunctionsTest {
  private static final int BLOCK = 1 << 12;
  private static final Rows SCALAR = new ScalarRows();
  private static final Rows VECTOR = new VectorRows();
  private static final Tensor EXPECTED = Tensor.zeros(DType.F32, Shape.of(BLOCK));
  private static final Tensor ACTUAL = Tensor.zeros(DType.F32, Shape.of(BLOCK));
  private static final Tensor ONES = Tensor.zeros(DType.F32, Shape.of(BLOCK));

  static {
    ONES.fill(1);
  }

  /** Where formulas change; each is visited with its neighbours on both sides. */
  private static final float[] BORDERS = {
    0f,
    -0f,
    Float.MIN_NORMAL,
    -Float.MIN_NORMAL,
    1f,
    0.70710677f,
    1.4142135f,
    Exp.LOW,
    -Exp.LOW,
    88.72284f,
    -87.33655f,
    -103.97208f,
    176.5f,
    0.34657f,
    -0.6931472f,
    Sigmoid.HIGH,
    -Sigmoid.HIGH,
    Tanh.HIGH,
    -Tanh.HIGH,
    0.17328f,
    Erf.HIGH,
    -Erf.HIGH,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN
  };

  /** A row loop on its two operands. */
  interface Loop {
    void run(Rows rows, Tensor x, Tensor y);
  }

  @Test
  void exp() {
    check("exp", (r, x, y) -> r.exp(x, 0, y, 0, BLOCK));
  }

  @Test
  void expMinus() {
    check("expMinus", (r, x, y) -> r.expMinus(x, 0, 1.5, y, 0, BLOCK));
  }

  @Test
  void log() {
    check("log", (r, x, y) -> r.log(x, 0, y, 0, BLOCK));
  }

  @Test
  void tanh() {
    check("tanh", (r, x, y) -> r.tanh(x, 0, y, 0, BLOCK));
  }

  @Test
  void sigmoid() {
    check("sigmoid", (r, x, y) -> r.sigmoid(x, 0, y, 0, BLOCK));
  }

  @Test
  void gelu() {
    check("gelu", (r, x, y) -> r.gelu(x, 0, y, 0, BLOCK));
  }

  @Test
  void geluGrad() {
    check("geluGrad", (r, x, y) -> r.geluGrad(x, 0, ONES, 0, y, 0, BLOCK));
  }

  @Test
  void geluTanh() {
    check("geluTanh", (r, x, y) -> r.geluTanh(x, 0, y, 0, BLOCK));
  }

  @Test
  void geluTanhGrad() {
    check("geluTanhGrad", (r, x, y) -> r.geluTanhGrad(x, 0, ONES, 0, y, 0, BLOCK));
  }

  @Test
  void siluGrad() {
    check("siluGrad", (r, x, y) -> r.siluGrad(x, 0, ONES, 0, y, 0, BLOCK));
  }

  @Test
  void softplus() {
    check("softplus", (r, x, y) -> r.softplus(x, 0, y, 0, BLOCK));
  }

  private static void check(String name, Loop loop) {
    Tensor x = Tensor.zeros(DType.F32, Shape.of(BLOCK));
    for (float border : BORDERS) {
      for (int i = 0; i < BLOCK; i++) {
        x.floats()[i] = Float.intBitsToFloat(Float.floatToRawIntBits(border) + i - BLOCK / 2);
      }
      compare(name, loop, x);
    }
    for (long start = 0; start < FloatSweep.COUNT; start += BLOCK) {
      for (int i = 0; i < BLOCK; i++) {
        x.floats()[i] = FloatSweep.at(start + i);
      }
      compare(name, loop, x);
    }
  }

  private static void compare(String name, Loop loop, Tensor x) {
    loop.run(SCALAR, x, EXPECTED);
    loop.run(VECTOR, x, ACTUAL);
    for (int i = 0; i < BLOCK; i++) {
      float expected = EXPECTED.floats()[i];
      float actual = ACTUAL.floats()[i];
      if (Float.floatToIntBits(expected) != Float.floatToIntBits(actual)) {
        String call = name + "(" + Float.toHexString(x.floats()[i]) + ")";
        assertEquals(Float.toHexString(expected), Float.toHexString(actual), call);
      }
    }
  }
}
