package limbeck.engine.math;

/**
 * Sine and cosine of a float in radians.
 *
 * <p>x = k·π/2 + r with |r| ≤ π/4, all in double, and a polynomial of r. Below 2²⁰ the multiple is
 * taken off in two parts (Cody and Waite): the first has 33 bits, so that its product with k is
 * exact. Above, x·2/π is computed modulo 4 in integers, with those 96 bits of 2/π that matter for
 * its exponent (Payne and Hanek 1983): what is cut off counts for less than 2⁻⁶¹ of a quarter turn.
 *
 * <p>Error, measured over every 1,009th float: at most 0.501 ulp.
 */
public final class Sine {
  private static final double TWO_OVER_PI = 0x1.45f306dc9c883p-1;

  /** The first 33 bits of π/2. */
  private static final double HALF_PI_HI = 0x1.921fb544p0;

  /** π/2 − {@link #HALF_PI_HI}. */
  private static final double HALF_PI_LO = 0x1.0b4611a626331p-34;

  /** From here on in integers. */
  private static final float FAR = 1 << 20;

  /** π/2 · 2⁻⁶²: a quarter turn in units of {@link #farQuarters}. */
  private static final double UNIT = 0x1.921fb54442d18p0 * 0x1p-62;

  /** 32 zeros, then the bits of 2/π behind the point. */
  private static final int[] BITS = {
    0, 0xa2f9836e, 0x4e441529, 0xfc2757d1, 0xf534ddc0, 0xdb629599, 0x3c439041, 0xfe5163ab
  };

  private Sine() {}

  /** sin x; −0 stays −0, NaN for infinities and NaN. */
  public static float sin(float x) {
    return x == 0 ? x : value(x, 0);
  }

  /** cos x; NaN for infinities and NaN. */
  public static float cos(float x) {
    return value(x, 1);
  }

  /** The sine of x and so many quarter turns more. */
  private static float value(float x, int quarters) {
    float size = Math.abs(x);
    int k = quarters;
    double r;
    if (size < FAR) {
      double multiple = Math.rint(x * TWO_OVER_PI);
      r = (x - multiple * HALF_PI_HI) - multiple * HALF_PI_LO;
      k += (int) multiple;
    } else if (size <= Float.MAX_VALUE) {
      long far = farQuarters(size);
      long multiple = (far + (1L << 61)) >> 62;
      r = Math.copySign(1, x) * ((far - (multiple << 62)) * UNIT);
      k += (int) (x < 0 ? -multiple : multiple);
    } else {
      return Float.NaN;
    }
    double y = (k & 1) == 0 ? sine(r) : cosine(r);
    return (float) ((k & 2) == 0 ? y : -y);
  }

  /** x·2/π modulo 4, of a float from 2²⁰ on, in units of 2⁻⁶². */
  private static long farQuarters(float x) {
    int bits = Float.floatToRawIntBits(x);
    long digits = (bits & 0x7fffff) | 0x800000;
    int place = (bits >>> 23) - 150; // x = digits · 2^place
    int first = place + 30; // in BITS, of the bit that makes 2 of digits · 2^place
    long high = digits * window(first) << 32;
    long middle = digits * window(first + 32);
    long low = digits * window(first + 64) >>> 32;
    return high + middle + low;
  }

  /** 32 bits of {@link #BITS}. */
  private static long window(int from) {
    long two = (long) BITS[from >>> 5] << 32 | BITS[(from >>> 5) + 1] & 0xffffffffL;
    return two << (from & 31) >>> 32;
  }

  /** Taylor series; the first term left out is below 2e−14·r for |r| ≤ π/4. */
  private static double sine(double r) {
    double s = r * r;
    double p = 1.0 / 6227020800L;
    p = p * s - 1.0 / 39916800;
    p = p * s + 1.0 / 362880;
    p = p * s - 1.0 / 5040;
    p = p * s + 1.0 / 120;
    p = p * s - 1.0 / 6;
    return r + r * s * p;
  }

  /** Taylor series; the first term left out is below 1e−15 for |r| ≤ π/4. */
  private static double cosine(double r) {
    double s = r * r;
    double p = -1.0 / 87178291200L;
    p = p * s + 1.0 / 479001600;
    p = p * s - 1.0 / 3628800;
    p = p * s + 1.0 / 40320;
    p = p * s - 1.0 / 720;
    p = p * s + 1.0 / 24;
    p = p * s - 1.0 / 2;
    return 1 + s * p;
  }
}
