package limbeck.engine.io;

/**
 * The narrow floating types of files: binary16 (IEEE 754) with 5 bits of exponent and 10 of
 * fraction, and bfloat16, the upper half of a binary32. Widening is exact; narrowing rounds to the
 * nearest, ties to even.
 */
public final class HalfFloats {
  /** 2⁻²⁴, the least binary16 above 0. */
  private static final float LEAST = 0x1p-24f;

  private HalfFloats() {}

  /** The value of a binary16; NaNs keep their sign and the upper bits of their payload. */
  public static float fromFloat16(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0) { // zero or subnormal: a multiple of the least
      float size = fraction * LEAST;
      return sign == 0 ? size : -size;
    }
    int wide = exponent == 0x1f ? 0xff : exponent + (127 - 15);
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }

  /** The nearest binary16; infinite from 65,520 on. */
  public static short toFloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = bits >>> 16 & 0x8000;
    int size = bits & 0x7fffffff;
    if (size > 0x7f800000) {
      return (short) (sign | 0x7e00 | size >> 13 & 0x3ff); // NaN, a quiet one
    }
    if (size >= 0x477ff000) { // 65,520: half way to the first that is too large
      return (short) (sign | 0x7c00);
    }
    if (size < 0x38800000) { // below 2⁻¹⁴: a multiple of the least, as whole numbers round
      int multiple = (int) Math.rint(Float.intBitsToFloat(size) / LEAST);
      return (short) (sign | multiple);
    }
    int rounded = size + 0xfff + (size >> 13 & 1); // to the nearest, ties to even
    return (short) (sign | (rounded >> 13) - (112 << 10));
  }

  /** The value of a bfloat16. */
  public static float fromBfloat16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /** The nearest bfloat16. */
  public static short toBfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) (bits >>> 16 | 0x40); // a quiet one, whose payload does not vanish
    }
    return (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
  }
}
