package limbeck.engine.kernel.scalar;

import static limbeck.engine.math.Fma.fma;

/**
 * One block of a dot product of differences, with the lanes and the tail of {@link ScalarBlock}.
 */
public final class CentredBlock {
  private CentredBlock() {}

  /** Σ (a[i + k] − ma) · (b[j + k] − mb) for k &lt; n ≤ 4,096. */
  public static float dot(float[] a, int i, float ma, float[] b, int j, float mb, int n) {
    float s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
    float s8 = 0, s9 = 0, s10 = 0, s11 = 0, s12 = 0, s13 = 0, s14 = 0, s15 = 0;
    int k = 0;
    for (int whole = n & -16; k < whole; k += 16) {
      s0 = fma(a[i + k] - ma, b[j + k] - mb, s0);
      s1 = fma(a[i + k + 1] - ma, b[j + k + 1] - mb, s1);
      s2 = fma(a[i + k + 2] - ma, b[j + k + 2] - mb, s2);
      s3 = fma(a[i + k + 3] - ma, b[j + k + 3] - mb, s3);
      s4 = fma(a[i + k + 4] - ma, b[j + k + 4] - mb, s4);
      s5 = fma(a[i + k + 5] - ma, b[j + k + 5] - mb, s5);
      s6 = fma(a[i + k + 6] - ma, b[j + k + 6] - mb, s6);
      s7 = fma(a[i + k + 7] - ma, b[j + k + 7] - mb, s7);
      s8 = fma(a[i + k + 8] - ma, b[j + k + 8] - mb, s8);
      s9 = fma(a[i + k + 9] - ma, b[j + k + 9] - mb, s9);
      s10 = fma(a[i + k + 10] - ma, b[j + k + 10] - mb, s10);
      s11 = fma(a[i + k + 11] - ma, b[j + k + 11] - mb, s11);
      s12 = fma(a[i + k + 12] - ma, b[j + k + 12] - mb, s12);
      s13 = fma(a[i + k + 13] - ma, b[j + k + 13] - mb, s13);
      s14 = fma(a[i + k + 14] - ma, b[j + k + 14] - mb, s14);
      s15 = fma(a[i + k + 15] - ma, b[j + k + 15] - mb, s15);
    }
    int r = n - k;
    if (r > 0) {
      s0 = fma(a[i + k] - ma, b[j + k] - mb, s0);
    }
    if (r > 1) {
      s1 = fma(a[i + k + 1] - ma, b[j + k + 1] - mb, s1);
    }
    if (r > 2) {
      s2 = fma(a[i + k + 2] - ma, b[j + k + 2] - mb, s2);
    }
    if (r > 3) {
      s3 = fma(a[i + k + 3] - ma, b[j + k + 3] - mb, s3);
    }
    if (r > 4) {
      s4 = fma(a[i + k + 4] - ma, b[j + k + 4] - mb, s4);
    }
    if (r > 5) {
      s5 = fma(a[i + k + 5] - ma, b[j + k + 5] - mb, s5);
    }
    if (r > 6) {
      s6 = fma(a[i + k + 6] - ma, b[j + k + 6] - mb, s6);
    }
    if (r > 7) {
      s7 = fma(a[i + k + 7] - ma, b[j + k + 7] - mb, s7);
    }
    if (r > 8) {
      s8 = fma(a[i + k + 8] - ma, b[j + k + 8] - mb, s8);
    }
    if (r > 9) {
      s9 = fma(a[i + k + 9] - ma, b[j + k + 9] - mb, s9);
    }
    if (r > 10) {
      s10 = fma(a[i + k + 10] - ma, b[j + k + 10] - mb, s10);
    }
    if (r > 11) {
      s11 = fma(a[i + k + 11] - ma, b[j + k + 11] - mb, s11);
    }
    if (r > 12) {
      s12 = fma(a[i + k + 12] - ma, b[j + k + 12] - mb, s12);
    }
    if (r > 13) {
      s13 = fma(a[i + k + 13] - ma, b[j + k + 13] - mb, s13);
    }
    if (r > 14) {
      s14 = fma(a[i + k + 14] - ma, b[j + k + 14] - mb, s14);
    }
    s0 = (s0 + s8) + (s4 + s12);
    s1 = (s1 + s9) + (s5 + s13);
    s2 = (s2 + s10) + (s6 + s14);
    s3 = (s3 + s11) + (s7 + s15);
    return (s0 + s2) + (s1 + s3);
  }
}
