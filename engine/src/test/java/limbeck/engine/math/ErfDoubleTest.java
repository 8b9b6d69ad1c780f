package limbeck.engine.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;

/** The double error function against its Maclaurin series in 60 digits, and at its ends. */
class ErfDoubleTest {
  private static final MathContext DIGITS = new MathContext(60);
  private static final BigDecimal PI =
      new BigDecimal("3.14159265358979323846264338327950288419716939937510582097494459230782");
  private static final BigDecimal TWO_OVER_SQRT_PI =
      BigDecimal.valueOf(2).divide(PI.sqrt(DIGITS), DIGITS);

  @Test
  void agreesWithTheSeries() {
    for (int i = 1; i <= 1300; i++) {
      double x = i * 0.005 + i * 1e-6 / 7; // not round numbers in binary
      double exact = series(x).doubleValue();
      double error = Math.abs(Erf.erf(x) - exact) / exact;
      assertTrue(error <= 1e-15, "erf(" + x + "): relative error " + error);
      assertEquals(-Erf.erf(x), Erf.erf(-x));
    }
  }

  @Test
  void isLinearNearZero() {
    for (double x : new double[] {1e-8, 1e-100, 1e-300}) {
      assertEquals(1, Erf.erf(x) / (x * 1.1283791670955126), 1e-15);
    }
    assertEquals(Double.MIN_VALUE, Erf.erf(Double.MIN_VALUE));
    assertEquals(-0.0, Erf.erf(-0.0)); // compares the sign
  }

  @Test
  void saturates() {
    assertEquals(1, Erf.erf(6.0));
    assertEquals(-1, Erf.erf(Double.NEGATIVE_INFINITY));
    assertTrue(Double.isNaN(Erf.erf(Double.NaN)));
  }

  /**
   * 2/√π · Σ (−1)ᵏ x²ᵏ⁺¹ / (k!·(2k + 1)); at x = 6.5 the terms reach 1e17, so 40 of the 60 digits
   * remain.
   */
  private static BigDecimal series(double at) {
    BigDecimal x = new BigDecimal(at);
    BigDecimal minusSquare = x.multiply(x, DIGITS).negate();
    BigDecimal power = x;
    BigDecimal sum = x;
    for (int k = 1; power.abs().compareTo(new BigDecimal("1e-40")) > 0; k++) {
      power = power.multiply(minusSquare, DIGITS).divide(BigDecimal.valueOf(k), DIGITS);
      sum = sum.add(power.divide(BigDecimal.valueOf(2L * k + 1), DIGITS), DIGITS);
    }
    return sum.multiply(TWO_OVER_SQRT_PI, DIGITS);
  }
}
