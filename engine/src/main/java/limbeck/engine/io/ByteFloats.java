package limbeck.engine.io;

/**
 * The floating types of one byte, widened exactly, as the OCP 8-bit Floating Point Specification
 * (OFP8, revision 1.0, 2023) and Micikevicius et al. 2022 (arXiv:2209.05433, table 1) define them.
 */
final class ByteFloats {
  /** 2⁻⁹, the least E4M3 above 0. */
  private static final float LEAST = 0x1p-9f;

  private ByteFloats() {}

  /**
   * The value of an E4M3 (elsewhere E4M3FN): bias 7, no infinities, and NaN where all bits but the
   * sign are set; so the largest is 448.
   */
  static float fromE4M3(byte bits) {
    int sign = (bits & 0x80) << 24;
    int exponent = bits >> 3 & 0xf;
    int fraction = bits & 7;
    if ((bits & 0x7f) == 0x7f) {
      return Float.intBitsToFloat(sign | 0x7fc00000);
    }
    if (exponent == 0) { // zero or subnormal: a multiple of the least
      return Float.intBitsToFloat(sign | Float.floatToRawIntBits(fraction * LEAST));
    }
    return Float.intBitsToFloat(sign | exponent + (127 - 7) << 23 | fraction << 20);
  }

  /**
   * The value of an E5M2: a binary16 whose lower eight bits are 0, infinities and NaNs included.
   */
  static float fromE5M2(byte bits) {
    return HalfFloats.fromFloat16((short) (bits << 8));
  }
}
