package limbeck.engine.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.function.DoubleUnaryOperator;
import limbeck.engine.verify.Ulp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Error of the float functions over all floats. The references are in double with errors below
 * 1e-15, or 2e-8 float ulp, so the bounds, which are the measured maxima rounded up, hold for the
 * true values too.
 */
class AccuracyTest {
  private static final float INF = Float.POSITIVE_INFINITY;

  interface FloatFunction {
    float apply(float x);
  }

  @Test
  void exp() {
    check("exp", Exp::exp, StrictMath::exp, 0.914, 0, Float.POSITIVE_INFINITY);
  }

  @Test
  void log() {
    float infinity = Float.POSITIVE_INFINITY;
    check("log", Log::log, StrictMath::log, 0.931, -infinity, infinity);
  }

  @Test
  void tanh() {
    check("tanh", Tanh::tanh, StrictMath::tanh, 1.855, -1, 1);
    checkOdd("tanh", Tanh::tanh);
  }

  @Test
  void sigmoid() {
    check("sigmoid", Sigmoid::sigmoid, x -> 1 / (1 + StrictMath.exp(-x)), 1.647, 0, 1);
  }

  @Test
  void softplus() {
    DoubleUnaryOperator exact =
        x -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
    check("softplus", Softplus::softplus, exact, 1.862, 0, Float.POSITIVE_INFINITY);
  }

  @Test
  void expm1() {
    check("expm1", Expm1::expm1, StrictMath::expm1, 1.6, -1, Float.POSITIVE_INFINITY);
  }

  @Test
  void sine() {
    check("sin", Sine::sin, StrictMath::sin, 0.501, -1, 1);
    check("cos", Sine::cos, StrictMath::cos, 0.501, -1, 1);
  }

  @ParameterizedTest
  @ValueSource(floats = {-3, -1, -0.5f, 0.3f, 0.5f, 1, 1.7f, 2, 3})
  void power(float p) {
    FloatFunction f = x -> Power.pow(x, p);
    check("x^" + p, f, x -> StrictMath.pow(x, p), 0.501, -INF, INF);
  }

  @Test
  void erf() {
    check("erf", Erf::erf, Erf::erf, 1.813, -1, 1);
    checkOdd("erf", Erf::erf);
  }

  private static void check(
      String name,
      FloatFunction f,
      DoubleUnaryOperator reference,
      double bound,
      float low,
      float high) {
    double worst = 0;
    float worstX = 0;
    for (long i = 0; i < FloatSweep.COUNT; i++) {
      float x = FloatSweep.at(i);
      float y = f.apply(x);
      double error = Ulp.distance(y, reference.applyAsDouble(x));
      if (error > worst) {
        worst = error;
        worstX = x;
      }
      if (y < low || y > high) {
        fail(name + " " + Float.toHexString(x) + " = " + y + ", not in " + low + " .. " + high);
      }
    }
    String found = name + ": " + worst + " ulp at " + Float.toHexString(worstX);
    if (FloatSweep.STRIDE == 1) {
      System.out.println(found);
    }
    assertTrue(worst <= bound, found);
  }

  private static void checkOdd(String name, FloatFunction f) {
    for (long i = 0; i < FloatSweep.COUNT; i++) {
      float x = FloatSweep.at(i);
      if (!Float.isNaN(x)) {
        int mirrored = Float.floatToIntBits(f.apply(-x)) ^ 0x80000000;
        int direct = Float.floatToIntBits(f.apply(x));
        assertEquals(mirrored, direct, () -> name + " is not odd at " + Float.toHexString(x));
      }
    }
  }
}
