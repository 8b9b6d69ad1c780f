package limbeck.engine.math;

/**
 * The function eˣ − 1 of a float.
 *
 * <p>Up to {@link #HIGH}, with x = n·ln 2 + r as in {@link Exp}, it is 2ⁿ·(eʳ − 1) + (2ⁿ − 1),
 * which keeps its relative accuracy near 0, where n is 0. Above, 1 is taken off eˣ, whose last
 * place is worth as much there.
 */
public final class Expm1 {
  /** Below, the result is −1: e⁻¹⁸ is less than half a last place of 1. */
  static final float LOW = -18f;

  /** Above, 1 counts for no more than half a last place of the result. */
  static final float HIGH = 17f;

  private Expm1() {}

  /** eˣ − 1; −1 for −∞, +∞ for +∞ and on overflow, 0 for ±0, NaN for NaN. */
  public static float expm1(float x) {
    if (x > HIGH) {
      return Exp.exp(x) - 1;
    }
    float a = x < LOW ? LOW : x;
    float t = Fma.fma(a, Exp.LOG2_E, Tanh.MAGIC);
    float n = t - Tanh.MAGIC;
    float r = Fma.fma(n, -Exp.LN2_LO, Fma.fma(n, -Exp.LN2_HI, a));
    float s = Float.intBitsToFloat(Float.floatToRawIntBits(t) << 23);
    return Fma.fma(s, Fma.fma(r * r, Exp.q(r), r), s - 1);
  }
}
