package limbeck.engine.verify;

/**
 * Distance of a {@code float} from a reference in {@code double}, in units in the last place (ulp).
 *
 * <p>One ulp is the spacing of floats in the reference's binade, 2^(e − 23) for 2^e ≤ |reference|
 * &lt; 2^(e + 1), and never less than 2⁻¹⁴⁹ (Muller et al., <i>Handbook of Floating-Point
 * Arithmetic</i>, 2nd ed., section 2.3.2). A correctly rounded result is at most 0.5 ulp away.
 */
public final class Ulp {
  /** What an infinite float stands for: the start of the binade after the last. */
  private static final double BEYOND_MAX = 0x1p128;

  /** MAX_VALUE and half an ulp: the tie that rounds to infinity. */
  private static final double ROUNDS_TO_INFINITY = 0x1.ffffffp127;

  private Ulp() {}

  /**
   * |y − reference| in ulp of the reference. The sign of zero is not compared. An infinite {@code
   * y} counts as ±2¹²⁸, and as exact if the reference rounds to it. 0 if both are NaN; +∞ if only
   * one is, or if the reference is an infinity and {@code y} is not that infinity.
   */
  public static double distance(float y, double reference) {
    if (Float.isNaN(y) || Double.isNaN(reference)) {
      return Float.isNaN(y) && Double.isNaN(reference) ? 0 : Double.POSITIVE_INFINITY;
    }
    if (Float.isInfinite(y) && y * reference > 0 && Math.abs(reference) >= ROUNDS_TO_INFINITY) {
      return 0;
    }
    double value = Float.isInfinite(y) ? Math.copySign(BEYOND_MAX, y) : y;
    return Math.abs(value - reference) / ulp(reference);
  }

  /** Spacing of floats in the binade of {@code reference}: at least 2⁻¹⁴⁹, at most 2¹⁰⁴. */
  public static double ulp(double reference) {
    int exponent = Math.min(Math.getExponent(reference), Float.MAX_EXPONENT);
    return Math.scalb(1.0, Math.max(exponent, Float.MIN_EXPONENT) - 23);
  }
}
