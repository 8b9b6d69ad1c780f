package limbeck.engine.kernel.scalar;

import static limbeck.engine.math.Fma.fma;

/**
 * One block of a reduction: term k goes to lane k mod 16, then lane j takes lane j + 8, j + 4, j +
 * 2, j + 1.
 *
 * <p>The lanes are local variables, for a {@code float[16]} would be allocated on every call. The
 * tail adds only the terms that exist: a lane may be −0 (a product that underflows), and adding +0
 * to it would change it.
 */
public final class ScalarBlock {
  /** Terms of one block. */
  public static final int TERMS = 4096;

  private ScalarBlock() {}

  /** Σ x[i + k] for k &lt; n ≤ 4,096. */
  public static float sum(float[] x, int i, int n) {
    float s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
    float s8 = 0, s9 = 0, s10 = 0, s11 = 0, s12 = 0, s13 = 0, s14 = 0, s15 = 0;
    int k = 0;
    for (int whole = n & -16; k < whole; k += 16) {
      s0 = s0 + x[i + k];
      s1 = s1 + x[i + k + 1];
      s2 = s2 + x[i + k + 2];
      s3 = s3 + x[i + k + 3];
      s4 = s4 + x[i + k + 4];
      s5 = s5 + x[i + k + 5];
      s6 = s6 + x[i + k + 6];
      s7 = s7 + x[i + k + 7];
      s8 = s8 + x[i + k + 8];
      s9 = s9 + x[i + k + 9];
      s10 = s10 + x[i + k + 10];
      s11 = s11 + x[i + k + 11];
      s12 = s12 + x[i + k + 12];
      s13 = s13 + x[i + k + 13];
      s14 = s14 + x[i + k + 14];
      s15 = s15 + x[i + k + 15];
    }
    int r = n - k;
    if (r > 0) {
      s0 = s0 + x[i + k];
    }
    if (r > 1) {
      s1 = s1 + x[i + k + 1];
    }
    if (r > 2) {
      s2 = s2 + x[i + k + 2];
    }
    if (r > 3) {
      s3 = s3 + x[i + k + 3];
    }
    if (r > 4) {
      s4 = s4 + x[i + k + 4];
    }
    if (r > 5) {
      s5 = s5 + x[i + k + 5];
    }
    if (r > 6) {
      s6 = s6 + x[i + k + 6];
    }
    if (r > 7) {
      s7 = s7 + x[i + k + 7];
    }
    if (r > 8) {
      s8 = s8 + x[i + k + 8];
    }
    if (r > 9) {
      s9 = s9 + x[i + k + 9];
    }
    if (r > 10) {
      s10 = s10 + x[i + k + 10];
    }
    if (r > 11) {
      s11 = s11 + x[i + k + 11];
    }
    if (r > 12) {
      s12 = s12 + x[i + k + 12];
    }
    if (r > 13) {
      s13 = s13 + x[i + k + 13];
    }
    if (r > 14) {
      s14 = s14 + x[i + k + 14];
    }
    s0 = (s0 + s8) + (s4 + s12);
    s1 = (s1 + s9) + (s5 + s13);
    s2 = (s2 + s10) + (s6 + s14);
    s3 = (s3 + s11) + (s7 + s15);
    return (s0 + s2) + (s1 + s3);
  }

  /** Σ a[i + k] · b[j + k] for k &lt; n ≤ 4,096. */
  public static float dot(float[] a, int i, float[] b, int j, int n) {
    float s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
    float s8 = 0, s9 = 0, s10 = 0, s11 = 0, s12 = 0, s13 = 0, s14 = 0, s15 = 0;
    int k = 0;
    for (int whole = n & -16; k < whole; k += 16) {
      s0 = fma(a[i + k], b[j + k], s0);
      s1 = fma(a[i + k + 1], b[j + k + 1], s1);
      s2 = fma(a[i + k + 2], b[j + k + 2], s2);
      s3 = fma(a[i + k + 3], b[j + k + 3], s3);
      s4 = fma(a[i + k + 4], b[j + k + 4], s4);
      s5 = fma(a[i + k + 5], b[j + k + 5], s5);
      s6 = fma(a[i + k + 6], b[j + k + 6], s6);
      s7 = fma(a[i + k + 7], b[j + k + 7], s7);
      s8 = fma(a[i + k + 8], b[j + k + 8], s8);
      s9 = fma(a[i + k + 9], b[j + k + 9], s9);
      s10 = fma(a[i + k + 10], b[j + k + 10], s10);
      s11 = fma(a[i + k + 11], b[j + k + 11], s11);
      s12 = fma(a[i + k + 12], b[j + k + 12], s12);
      s13 = fma(a[i + k + 13], b[j + k + 13], s13);
      s14 = fma(a[i + k + 14], b[j + k + 14], s14);
      s15 = fma(a[i + k + 15], b[j + k + 15], s15);
    }
    int r = n - k;
    if (r > 0) {
      s0 = fma(a[i + k], b[j + k], s0);
    }
    if (r > 1) {
      s1 = fma(a[i + k + 1], b[j + k + 1], s1);
    }
    if (r > 2) {
      s2 = fma(a[i + k + 2], b[j + k + 2], s2);
    }
    if (r > 3) {
      s3 = fma(a[i + k + 3], b[j + k + 3], s3);
    }
    if (r > 4) {
      s4 = fma(a[i + k + 4], b[j + k + 4], s4);
    }
    if (r > 5) {
      s5 = fma(a[i + k + 5], b[j + k + 5], s5);
    }
    if (r > 6) {
      s6 = fma(a[i + k + 6], b[j + k + 6], s6);
    }
    if (r > 7) {
      s7 = fma(a[i + k + 7], b[j + k + 7], s7);
    }
    if (r > 8) {
      s8 = fma(a[i + k + 8], b[j + k + 8], s8);
    }
    if (r > 9) {
      s9 = fma(a[i + k + 9], b[j + k + 9], s9);
    }
    if (r > 10) {
      s10 = fma(a[i + k + 10], b[j + k + 10], s10);
    }
    if (r > 11) {
      s11 = fma(a[i + k + 11], b[j + k + 11], s11);
    }
    if (r > 12) {
      s12 = fma(a[i + k + 12], b[j + k + 12], s12);
    }
    if (r > 13) {
      s13 = fma(a[i + k + 13], b[j + k + 13], s13);
    }
    if (r > 14) {
      s14 = fma(a[i + k + 14], b[j + k + 14], s14);
    }
    s0 = (s0 + s8) + (s4 + s12);
    s1 = (s1 + s9) + (s5 + s13);
    s2 = (s2 + s10) + (s6 + s14);
    s3 = (s3 + s11) + (s7 + s15);
    return (s0 + s2) + (s1 + s3);
  }
}
