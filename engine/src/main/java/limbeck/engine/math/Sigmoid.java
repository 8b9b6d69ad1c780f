package limbeck.engine.math;

/**
 * The logistic function 1 / (1 + e⁻ˣ) of a float.
 *
 * <p>e⁻ˣ = p·2ⁿ as in {@link Exp}; numerator and denominator are multiplied by 2⁻ᵐ, m = ⌊n/2⌋, so that no factor leaves the
 * normal range and the one division rounds to a subnormal where it must: 2⁻ᵐ / (2⁻ᵐ + p·2ⁿ⁻ᵐ).
 */
public final class Sigmoid {
  /** Above, the result is 1. */
  public static final float HIGH = 104f;

  private Sigmoid() {}

  /** 1 / (1 + e⁻ˣ); 0 for −∞, 1 for +∞, NaN for NaN. */
  public static float sigmoid(float x) {
    float a = x > HIGH ? HIGH : x;
    int t = Math.min(Float.floatToRawIntBits(Fma.fma(a, -Exp.LOG2_E, Exp.MAGIC2)), Exp.TOP2);
    float n = Float.intBitsToFloat(t) - Exp.MAGIC2;
    float r = Fma.fma(n, -Exp.LN2_LO, Fma.fma(n, -Exp.LN2_HI, -a));
    float p = Fma.fma(Fma.fma(Exp.q(r), r, 1f), r, 1f);
    int half = t >> 1;
    float up = Float.intBitsToFloat((254 - half) << 23);
    float down = Float.intBitsToFloat((t - half) << 23);
    return up / Fma.fma(p, down, up);
  }
}
