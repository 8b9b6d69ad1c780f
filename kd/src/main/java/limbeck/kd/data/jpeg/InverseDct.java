package limbeck.kd.data.jpeg;

/**
 * The inverse discrete cosine transform of 8 × 8 coefficients (T.81, A.3.3) in integers, with the
 * fast algorithm of C. Loeffler, A. Ligtenberg and G. Moschytz, Practical fast 1-D DCT algorithms
 * with 11 multiplications, ICASSP 1989: columns first, then rows, each scaled by √8.
 *
 * <p>Fixed point as in the accurate integer method of libjpeg (the Independent JPEG Group's, called
 * "islow"), to whose bits this keeps: constants are rounded to 13 bits after the point; columns are
 * rounded, half upwards, to 2 bits after it; rows to whole numbers, divided by 8.
 */
final class InverseDct {
  private static final int CONSTANT = 13; // bits after the point of the constants
  private static final int COLUMN = 2; // bits after the point between columns and rows

  // constants of the rotations, times 2^13, named as decimals: 0.298631336 is 2446
  private static final int C0_298 = 2446;
  private static final int C0_390 = 3196;
  private static final int C0_541 = 4433;
  private static final int C0_765 = 6270;
  private static final int C0_899 = 7373;
  private static final int C1_175 = 9633;
  private static final int C1_501 = 12299;
  private static final int C1_847 = 15137;
  private static final int C1_961 = 16069;
  private static final int C2_053 = 16819;
  private static final int C2_562 = 20995;
  private static final int C3_072 = 25172;

  private final int[] half = new int[64]; // what columns give and rows take

  /**
   * Writes the samples of a block.
   *
   * @param x coefficients, multiplied by their quantisation, in natural order [v, u]
   * @param out receives 8 rows of 8 samples, level-shifted by 128 and limited to 0..255, from
   *     {@code at} on, rows {@code stride} apart
   */
  void samples(int[] x, byte[] out, int at, int stride) {
    for (int u = 0; u < 8; u++) {
      pass(x, u, 8, CONSTANT - COLUMN);
    }
    for (int y = 0; y < 8; y++) {
      pass(half, 8 * y, 1, CONSTANT + COLUMN + 3);
      for (int i = 0; i < 8; i++) {
        out[at + y * stride + i] = sample(half[8 * y + i]);
      }
    }
  }

  /**
   * As {@link #samples} for a block whose only coefficient is {@code dc}: both roundings together
   * are one of dc / 8, half upwards.
   */
  static void flat(int dc, byte[] out, int at, int stride) {
    byte value = sample(dc + 4 >> 3);
    for (int y = 0; y < 8; y++) {
      for (int i = 0; i < 8; i++) {
        out[at + y * stride + i] = value;
      }
    }
  }

  private static byte sample(int value) {
    return (byte) Math.max(0, Math.min(255, value + 128));
  }

  /**
   * One transform of 8 numbers, {@code step} apart from {@code i} on, into the same places of
   * {@link #half}, rounded by {@code shift} bits.
   */
  private void pass(int[] x, int i, int step, int shift) {
    int round = 1 << shift - 1;
    // even part: coefficients 0, 2, 4, 6
    int x2 = x[i + 2 * step];
    int x6 = x[i + 6 * step];
    int turn = (x2 + x6) * C0_541;
    int e2 = turn - x6 * C1_847;
    int e3 = turn + x2 * C0_765;
    int e0 = (x[i] + x[i + 4 * step] << CONSTANT) + round;
    int e1 = (x[i] - x[i + 4 * step] << CONSTANT) + round;
    // odd part: coefficients 7, 5, 3, 1
    int x7 = x[i + 7 * step];
    int x5 = x[i + 5 * step];
    int x3 = x[i + 3 * step];
    int x1 = x[i + step];
    int all = (x7 + x3 + x5 + x1) * C1_175;
    int a = -(x7 + x1) * C0_899;
    int b = -(x5 + x3) * C2_562;
    int c = all - (x7 + x3) * C1_961;
    int d = all - (x5 + x1) * C0_390;
    int o0 = x7 * C0_298 + a + c;
    int o1 = x5 * C2_053 + b + d;
    int o2 = x3 * C3_072 + b + c;
    int o3 = x1 * C1_501 + a + d;
    half[i] = e0 + e3 + o3 >> shift;
    half[i + step] = e1 + e2 + o2 >> shift;
    half[i + 2 * step] = e1 - e2 + o1 >> shift;
    half[i + 3 * step] = e0 - e3 + o0 >> shift;
    half[i + 4 * step] = e0 - e3 - o0 >> shift;
    half[i + 5 * step] = e1 - e2 - o1 >> shift;
    half[i + 6 * step] = e1 + e2 - o2 >> shift;
    half[i + 7 * step] = e0 + e3 - o3 >> shift;
  }
}
