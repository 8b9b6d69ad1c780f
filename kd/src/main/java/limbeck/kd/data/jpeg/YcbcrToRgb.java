package limbeck.kd.data.jpeg;

/**
 * Colour of JFIF files (ITU-T T.871, section 7): red = Y + 1.402 (Cr − 128), green = Y − 0.34414
 * (Cb − 128) − 0.71414 (Cr − 128), blue = Y + 1.772 (Cb − 128), limited to 0..255.
 *
 * <p>In integers, as libjpeg computes it: constants rounded to 16 bits after the point, what is
 * added to Y rounded to a whole number, half upwards, in green once for both terms.
 */
final class YcbcrToRgb {
  private static final int POINT = 16;
  private static final int HALF = 1 << POINT - 1;
  private static final int RED_CR = 91881; // 1.402 · 2^16
  private static final int GREEN_CB = 22554; // 0.34414 · 2^16
  private static final int GREEN_CR = 46802; // 0.71414 · 2^16
  private static final int BLUE_CB = 116130; // 1.772 · 2^16

  private YcbcrToRgb() {}

  /** Writes {@code n} pixels of red, green and blue from {@code at} on. */
  static void row(byte[] y, int yAt, byte[] cb, byte[] cr, byte[] out, int at, int n) {
    for (int i = 0; i < n; i++) {
      int light = y[yAt + i] & 0xff;
      int b = (cb[i] & 0xff) - 128;
      int r = (cr[i] & 0xff) - 128;
      int pixel = at + 3 * i;
      out[pixel] = limited(light + (RED_CR * r + HALF >> POINT));
      out[pixel + 1] = limited(light + (-GREEN_CB * b - GREEN_CR * r + HALF >> POINT));
      out[pixel + 2] = limited(light + (BLUE_CB * b + HALF >> POINT));
    }
  }

  private static byte limited(int value) {
    return (byte) Math.max(0, Math.min(255, value));
  }
}
