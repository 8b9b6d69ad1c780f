package limbeck.engine.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/**
 * Values the functions must hit exactly: zeros with their sign, infinities, NaN, the ends of the
 * range, subnormals.
 */
class SpecialValuesTest {
  private static final float INF = Float.POSITIVE_INFINITY;
  private static final float[] NANS = {
    Float.NaN,
    Float.intBitsToFloat(0xffc00000),
    Float.intBitsToFloat(0x7f800001),
    Float.intBitsToFloat(0xffffffff)
  };

  @Test
  void nanStaysNan() {
    for (float nan : NANS) {
      String bits = Integer.toHexString(Float.floatToRawIntBits(nan));
      assertTrue(Float.isNaN(Exp.exp(nan)), bits);
      assertTrue(Float.isNaN(Log.log(nan)), bits);
      assertTrue(Float.isNaN(Tanh.tanh(nan)), bits);
      assertTrue(Float.isNaN(Sigmoid.sigmoid(nan)), bits);
      assertTrue(Float.isNaN(Softplus.softplus(nan)), bits);
      assertTrue(Float.isNaN(Expm1.expm1(nan)), bits);
      assertTrue(Float.isNaN(Sine.sin(nan)), bits);
      assertTrue(Float.isNaN(Power.pow(nan, 0.5f)), bits);
      assertTrue(Float.isNaN(Erf.erf(nan)), bits);
      assertTrue(Double.isNaN(Erf.erf((double) nan)), bits);
    }
  }

  @Test
  void exp() {
    same(1f, Exp.exp(0f));
    same(1f, Exp.exp(-0f));
    same(1f, Exp.exp(Float.MIN_VALUE));
    same(0f, Exp.exp(-INF));
    same(INF, Exp.exp(INF));
    same(INF, Exp.exp(Float.MAX_VALUE));
    same(0f, Exp.exp(-Float.MAX_VALUE));
  }

  @Test
  void expAtTheEndsOfItsRange() {
    // 128·ln 2 = 88.72283905..., 150·ln 2 = 103.97207708...: the floats on either side of each
    assertTrue(Exp.exp(88.72283f) < INF);
    same(INF, Exp.exp(Math.nextUp(88.72283f)));
    same(Float.MIN_VALUE, Exp.exp(-103.972076f));
    same(0f, Exp.exp(Math.nextDown(-103.972076f)));
  }

  @Test
  void log() {
    same(0f, Log.log(1f));
    same(-INF, Log.log(0f));
    same(-INF, Log.log(-0f));
    same(INF, Log.log(INF));
    for (float negative : new float[] {-Float.MIN_VALUE, -1f, -Float.MAX_VALUE, -INF}) {
      assertTrue(Float.isNaN(Log.log(negative)), "log(" + negative + ")");
    }
    same((float) StrictMath.log(Float.MIN_VALUE), Log.log(Float.MIN_VALUE));
  }

  @Test
  void tanh() {
    same(0f, Tanh.tanh(0f));
    same(-0f, Tanh.tanh(-0f));
    same(1f, Tanh.tanh(INF));
    same(-1f, Tanh.tanh(-INF));
    same(1f, Tanh.tanh(9.1f)); // 1 − tanh 9.1 = 2.5e-8 < 2^-25
    for (int bits = 1; bits < 0x00800000; bits += 1009) { // x³/3 is far below a subnormal's ulp
      same(Float.intBitsToFloat(bits), Tanh.tanh(Float.intBitsToFloat(bits)));
    }
  }

  @Test
  void sigmoid() {
    same(0.5f, Sigmoid.sigmoid(0f));
    same(0.5f, Sigmoid.sigmoid(-0f));
    same(1f, Sigmoid.sigmoid(INF));
    same(0f, Sigmoid.sigmoid(-INF));
    same(1f, Sigmoid.sigmoid(17.4f)); // 1 − sigmoid 17.4 = 2.8e-8 < 2^-25
    same(Float.MIN_VALUE, Sigmoid.sigmoid(-103.5f)); // e^-103.5 = 1.12e-45, an ulp being 1.4e-45
  }

  @Test
  void softplus() {
    same((float) StrictMath.log(2), Softplus.softplus(0f));
    same((float) StrictMath.log(2), Softplus.softplus(-0f));
    same(INF, Softplus.softplus(INF));
    same(0f, Softplus.softplus(-INF));
    same(Float.MAX_VALUE, Softplus.softplus(Float.MAX_VALUE));
    same(17f, Softplus.softplus(17f)); // e^-17 = 4.1e-8, half an ulp being 9.5e-7
    same(Exp.exp(-17f), Softplus.softplus(-17f)); // and its square is below a rounding of it
    same(Float.MIN_VALUE, Softplus.softplus(-103.5f)); // e^-103.5 = 1.12e-45, an ulp being 1.4e-45
  }

  @Test
  void expm1() {
    same(0f, Expm1.expm1(0f));
    same(-1f, Expm1.expm1(-INF));
    same(-1f, Expm1.expm1(-Float.MAX_VALUE));
    same(INF, Expm1.expm1(INF));
    same(INF, Expm1.expm1(89f));
    same(1e-30f, Expm1.expm1(1e-30f));
    same(Float.MIN_VALUE, Expm1.expm1(Float.MIN_VALUE));
  }

  @Test
  void sine() {
    same(0f, Sine.sin(0f));
    same(-0f, Sine.sin(-0f));
    same(1f, Sine.cos(0f));
    assertTrue(Float.isNaN(Sine.sin(INF)));
    assertTrue(Float.isNaN(Sine.cos(-INF)));
    for (float x : new float[] {1e-40f, 1048575.9f, 1048576f, 1e30f, Float.MAX_VALUE}) {
      same((float) StrictMath.sin(x), Sine.sin(x));
      same((float) StrictMath.cos(-x), Sine.cos(-x));
    }
  }

  /** All combinations of special bases and exponents. */
  @Test
  void power() {
    float[] bases = {0f, 1f, 2f, 0.5f, INF, Float.MIN_VALUE, Float.MAX_VALUE, Float.NaN};
    float[] exponents = {0f, 1f, 2f, 3f, 0.5f, 1e-30f, 3e38f, 16777217f, 33554432f};
    for (float base : bases) {
      for (float p : exponents) {
        for (int signs = 0; signs < 4; signs++) {
          float x = signs % 2 == 0 ? base : -base;
          float e = signs / 2 == 0 ? p : -p;
          assertEquals((float) StrictMath.pow(x, e), Power.pow(x, e), x + "^" + e);
        }
      }
    }
  }

  @Test
  void erf() {
    same(0f, Erf.erf(0f));
    same(-0f, Erf.erf(-0f));
    same(1f, Erf.erf(INF));
    same(-1f, Erf.erf(-INF));
    for (float x = 3.95f; x < 100; x *= 1.001f) {
      same(1f, Erf.erf(x));
      same(-1f, Erf.erf(-x));
    }
  }

  private static void same(float expected, float actual) {
    assertEquals(
        Float.floatToIntBits(expected),
        Float.floatToIntBits(actual),
        () -> expected + " wanted, was " + actual);
  }
}
