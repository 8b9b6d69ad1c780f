package limbeck.engine.kernel.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jdk.incubator.vector.FloatVector;
import limbeck.engine.math.Erf;
import limbeck.engine.math.Exp;
import limbeck.engine.math.FloatSweep;
import limbeck.engine.math.Log;
import limbeck.engine.math.Sigmoid;
import limbeck.engine.math.Tanh;
import org.junit.jupiter.api.Test;

/** The vector functions have the bits of the scalar ones, at this JVM's width. */
class VectorMathTest {
  private static final int BLOCK = 1 << 12;

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

  /** A loop over a block; spelled out in each test, so that each compiles by itself. */
  interface Loop {
    void run(float[] x, float[] y);
  }

  interface FloatFunction {
    float apply(float x);
  }

  @Test
  void exp() {
    check(
        "exp",
        Exp::exp,
        (x, y) -> {
          for (int i = 0; i < BLOCK; i += Width.N) {
            store(VectorMath.exp(Width.load(x, i)), y, i);
          }
        });
  }

  @Test
  void log() {
    check(
        "log",
        Log::log,
        (x, y) -> {
          for (int i = 0; i < BLOCK; i += Width.N) {
            store(VectorMath.log(Width.load(x, i)), y, i);
          }
        });
  }

  @Test
  void tanh() {
    check(
        "tanh",
        Tanh::tanh,
        (x, y) -> {
          for (int i = 0; i < BLOCK; i += Width.N) {
            store(VectorMath.tanh(Width.load(x, i)), y, i);
          }
        });
  }

  @Test
  void sigmoid() {
    check(
        "sigmoid",
        Sigmoid::sigmoid,
        (x, y) -> {
          for (int i = 0; i < BLOCK; i += Width.N) {
            store(VectorMath.sigmoid(Width.load(x, i)), y, i);
          }
        });
  }

  @Test
  void erf() {
    check(
        "erf",
        Erf::erf,
        (x, y) -> {
          for (int i = 0; i < BLOCK; i += Width.N) {
            store(VectorMath.erf(Width.load(x, i)), y, i);
          }
        });
  }

  private static void store(FloatVector v, float[] y, int i) {
    v.intoArray(y, i);
  }

  private static void check(String name, FloatFunction scalar, Loop vector) {
    float[] x = new float[BLOCK];
    float[] y = new float[BLOCK];
    for (float border : BORDERS) {
      for (int i = 0; i < BLOCK; i++) {
        x[i] = Float.intBitsToFloat(Float.floatToRawIntBits(border) + i - BLOCK / 2);
      }
      compare(name, scalar, vector, x, y);
    }
    for (long start = 0; start < FloatSweep.COUNT; start += BLOCK) {
      for (int i = 0; i < BLOCK; i++) {
        x[i] = FloatSweep.at(start + i);
      }
      compare(name, scalar, vector, x, y);
    }
  }

  private static void compare(
      String name, FloatFunction scalar, Loop vector, float[] x, float[] y) {
    vector.run(x, y);
    for (int i = 0; i < BLOCK; i++) {
      float expected = scalar.apply(x[i]);
      if (Float.floatToIntBits(expected) != Float.floatToIntBits(y[i])) {
        String call = name + "(" + Float.toHexString(x[i]) + ")";
        assertEquals(Float.toHexString(expected), Float.toHexString(y[i]), call);
      }
    }
  }
}
