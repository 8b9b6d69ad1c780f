package limbeck.engine.math;

/**
 * The natural logarithm of a float.
 *
 * <p>x = 2ᵉ·(1 + f) with √½ ≤ 1 + f &lt; √2; ln x = e·ln 2 + f − f²/2 + f³·q(f). Subnormals are
 * scaled by 2²⁴ first. The integer e becomes a float by way of the bits of a large float, in units
 * of 256, so that adding x·2⁻¹²⁶ to it changes nothing for finite x, and makes it ∞ or NaN when x
 * is.
 *
 * <p>Error, measured over all floats: at most 0.931 ulp, at x = 0x1.90f2d8p0.
 */
public final class Log {
  // q(f) of degree 7: own Remez fit of (ln(1 + f) − f + f²/2)/f³ on √½ ≤ 1 + f ≤ √2, weighted for
  // the relative error of ln(1 + f) (maximum 6.1e-9 = 2^-27.3), rounded to float from the lowest
  // coefficient up, the others refitted each time.
  /** Coefficient of f³ in ln(1 + f). */
  public static final float L0 = 0x1.555554p-2f;

  /** Coefficient of f⁴ in ln(1 + f). */
  public static final float L1 = -0x1.00022ap-2f;

  /** Coefficient of f⁵ in ln(1 + f). */
  public static final float L2 = 0x1.99a028p-3f;

  /** Coefficient of f⁶ in ln(1 + f). */
  public static final float L3 = -0x1.547196p-3f;

  /** Coefficient of f⁷ in ln(1 + f). */
  public static final float L4 = 0x1.22da5ap-3f;

  /** Coefficient of f⁸ in ln(1 + f). */
  public static final float L5 = -0x1.0d8fd8p-3f;

  /** Coefficient of f⁹ in ln(1 + f). */
  public static final float L6 = 0x1.054afcp-3f;

  /** Coefficient of f¹⁰ in ln(1 + f). */
  public static final float L7 = -0x1.38246ep-4f;

  /** ln 2 rounded down, over 256. */
  public static final float LN2_HI = 0x1.62e42ep-9f;

  /** The rest of ln 2, over 256; positive, so that ∞ times the two parts is one infinity. */
  public static final float LN2_LO = 0x1.efa39ep-33f;

  /** Bits of √½. */
  public static final int SQRT_HALF = 0x3f3504f3;

  /** Bits of 1.5·2³¹, a float whose last place is worth 256. */
  public static final int BASE_BITS = 0x4F400000;

  /** 1.5·2³¹. */
  public static final float BASE = 0x1.8p31f;

  /** 1.5·2³¹ + 256·24. */
  public static final float BASE_SUBNORMAL = 0x1.8p31f + 6144f;

  private Log() {}

  /** ln x; −∞ for ±0, NaN for x &lt; 0 and NaN, +∞ for +∞. */
  public static float log(float x) {
    boolean low = x < Float.MIN_NORMAL;
    float y = low ? x * 0x1p24f : x;
    int bits = Float.floatToRawIntBits(y);
    int e = (bits - SQRT_HALF) >> 23;
    float f = Float.intBitsToFloat(bits - (e << 23)) - 1f;
    float t = Fma.fma(y, 0x1p-126f, Float.intBitsToFloat(BASE_BITS + e));
    float n = t - (low ? BASE_SUBNORMAL : BASE);
    float r = Fma.fma(f * f, Fma.fma(f, q(f), -0.5f), f);
    float ln = Fma.fma(n, LN2_HI, Fma.fma(n, LN2_LO, r));
    ln = x == 0f ? Float.NEGATIVE_INFINITY : ln;
    return x < 0f ? Float.NaN : ln;
  }

  private static float q(float f) {
    float q = Fma.fma(Fma.fma(Fma.fma(L7, f, L6), f, L5), f, L4);
    return Fma.fma(Fma.fma(Fma.fma(Fma.fma(q, f, L3), f, L2), f, L1), f, L0);
  }
}
