package limbeck.engine.math;

/**
 * The error function erf x = 2/√π · ∫₀ˣ e^(−t²) dt, of a float and of a double.
 *
 * <p>float: erf |x| = 1 − e^(−v) with v = −ln erfc |x| = |x|·(1 + R(|x|)), a polynomial; with v =
 * n·ln 2 + r the result is 2⁻ⁿ·(1 − e⁻ʳ) + (1 − 2⁻ⁿ), which keeps its relative accuracy near 0.
 *
 * <p>Error of the float form, measured over all floats: at most 1.813 ulp, at x = 0x1.ca86ep-3. The
 * double form is there to check float results with.
 */
public final class Erf {
  // R of degree 8: own Remez fit of −ln(erfc x)/x − 1 on 0 ≤ x ≤ 3.95, weighted for the relative
  // error of erf x (maximum 4.3e-9 = 2^-27.8), rounded to float from the lowest coefficient up, the
  // others refitted each time.
  /** Constant term of R. */
  public static final float R0 = 0x1.06eba8p-3f;

  /** Coefficient of x¹ in R. */
  public static final float R1 = 0x1.45f3p-1f;

  /** Coefficient of x² in R. */
  public static final float R2 = 0x1.a4f8c4p-4f;

  /** Coefficient of x³ in R. */
  public static final float R3 = -0x1.39b7fap-6f;

  /** Coefficient of x⁴ in R. */
  public static final float R4 = -0x1.6308c2p-13f;

  /** Coefficient of x⁵ in R. */
  public static final float R5 = 0x1.b72c2ap-10f;

  /** Coefficient of x⁶ in R. */
  public static final float R6 = -0x1.4e01b8p-11f;

  /** Coefficient of x⁷ in R. */
  public static final float R7 = 0x1.f211acp-14f;

  /** Coefficient of x⁸ in R. */
  public static final float R8 = -0x1.3a7774p-17f;

  /** Above, the result is 1. */
  public static final float HIGH = 3.95f;

  private Erf() {}

  /** erf x; odd (−0 stays −0), exactly ±1 from |x| = 3.95 on, NaN for NaN. */
  public static float erf(float x) {
    float a = Math.abs(x);
    a = a > HIGH ? HIGH : a;
    float v = Fma.fma(a, ratio(a), a);
    float t = Fma.fma(v, -Exp.LOG2_E, Tanh.MAGIC);
    float r = Fma.fma(t - Tanh.MAGIC, Exp.LN2_HI, v);
    float s = Float.intBitsToFloat(Float.floatToRawIntBits(t) << 23);
    float y = Fma.fma(s, Fma.fma(r * r, q(r), r), 1f - s);
    int sign = Float.floatToRawIntBits(x) & 0x80000000;
    return Float.intBitsToFloat(Float.floatToRawIntBits(y) | sign);
  }

  /** R(a). */
  private static float ratio(float a) {
    float q = Fma.fma(Fma.fma(Fma.fma(Fma.fma(R8, a, R7), a, R6), a, R5), a, R4);
    return Fma.fma(Fma.fma(Fma.fma(Fma.fma(q, a, R3), a, R2), a, R1), a, R0);
  }

  /** (1 − e⁻ʳ − r)/r². */
  private static float q(float r) {
    float q = Fma.fma(-Exp.P6, r, Exp.P5);
    return Fma.fma(Fma.fma(Fma.fma(q, r, -Exp.P4), r, Exp.P3), r, -Exp.P2);
  }

  /**
   * erf x in double, relative error at most 1e−15; odd (−0 stays −0), ±1 from |x| = 6 on, NaN for
   * NaN.
   */
  public static double erf(double x) {
    double a = Math.abs(x);
    if (a >= 6) {
      return Math.copySign(1, x);
    }
    return Math.copySign(a < 1 ? series(a) : 1 - erfc(a), x);
  }

  /** 2/√π · Σ (−1)ᵏ x²ᵏ⁺¹ / (k!·(2k + 1)), for 0 ≤ x &lt; 1; 30 terms reach 1e−17. */
  private static double series(double x) {
    double square = x * x;
    double power = x;
    double sum = 0;
    for (int k = 1; k < 30; k++) {
      power *= -square / k;
      sum += power / (2 * k + 1);
    }
    return 1.1283791670955126 * (x + sum);
  }

  /**
   * erfc x = e^(−x²)/√π · 1/(x + ½/(x + 1/(x + 3⁄2/(x + …)))), for 1 ≤ x &lt; 6 (Abramowitz and
   * Stegun 7.1.14), with enough terms for double; what x² loses by rounding is put back. NaN for
   * NaN.
   */
  private static double erfc(double x) {
    double tail = x;
    for (int k = 20 + (int) (180 / (x * x)); k > 0; k--) {
      tail = x + 0.5 * k / tail;
    }
    double square = x * x;
    double rest = Math.fma(x, x, -square);
    return 0.5641895835477563 * StrictMath.exp(-square) * (1 - rest) / tail;
  }
}
