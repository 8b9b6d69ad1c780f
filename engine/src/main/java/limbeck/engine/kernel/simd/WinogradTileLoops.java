package limbeck.engine.kernel.simd;

import static jdk.incubator.vector.FloatVector.fromArray;
import static limbeck.engine.kernel.Winograd.STEP;
import static limbeck.engine.kernel.simd.Width.N;
import static limbeck.engine.kernel.simd.Width.S;

import jdk.incubator.vector.FloatVector;

/** The transforms of Winograd's tiles, vectors of channels. */
final class WinogradTileLoops {
  private WinogradTileLoops() {}

  /**
   * u = Bᵀ d B, its upper eight elements and then the lower ones. In one loop, and likewise with
   * vectors kept from one tile to the next, which shares two columns with it, JDK 17 makes objects
   * of them.
   */
  static void input(float[] d, int r0, int r1, int r2, int r3, float[] u, int j, int tiles, int n) {
    upperInput(d, r0, r1, r2, u, j, tiles, n);
    lowerInput(d, r1, r2, r3, u, j, tiles, n);
  }

  /** Of the rows d₀ − d₂ and d₁ + d₂. */
  private static void upperInput(
      float[] d, int r0, int r1, int r2, float[] u, int j, int tiles, int n) {
    for (int c = 0; c < n; c += N) {
      int p = c;
      int q = j + c;
      for (int t = 0; t < tiles; t++) {
        FloatVector x0 = fromArray(S, d, r0 + p);
        FloatVector x1 = fromArray(S, d, r1 + p);
        FloatVector x2 = fromArray(S, d, r2 + p);
        FloatVector a0 = x0.sub(x2);
        FloatVector a1 = x1.add(x2);
        x0 = fromArray(S, d, r0 + p + n);
        x1 = fromArray(S, d, r1 + p + n);
        x2 = fromArray(S, d, r2 + p + n);
        FloatVector b0 = x0.sub(x2);
        FloatVector b1 = x1.add(x2);
        x0 = fromArray(S, d, r0 + p + 2 * n);
        x1 = fromArray(S, d, r1 + p + 2 * n);
        x2 = fromArray(S, d, r2 + p + 2 * n);
        FloatVector e0 = x0.sub(x2);
        FloatVector e1 = x1.add(x2);
        x0 = fromArray(S, d, r0 + p + 3 * n);
        x1 = fromArray(S, d, r1 + p + 3 * n);
        x2 = fromArray(S, d, r2 + p + 3 * n);
        FloatVector h0 = x0.sub(x2);
        FloatVector h1 = x1.add(x2);
        a0.sub(e0).intoArray(u, q);
        b0.add(e0).intoArray(u, q + STEP);
        e0.sub(b0).intoArray(u, q + 2 * STEP);
        h0.sub(b0).intoArray(u, q + 3 * STEP);
        a1.sub(e1).intoArray(u, q + 4 * STEP);
        b1.add(e1).intoArray(u, q + 5 * STEP);
        e1.sub(b1).intoArray(u, q + 6 * STEP);
        h1.sub(b1).intoArray(u, q + 7 * STEP);
        p += 2 * n;
        q += n;
      }
    }
  }

  /** Of the rows d₂ − d₁ and d₃ − d₁; here r0 is the second. */
  private static void lowerInput(
      float[] d, int r0, int r1, int r2, float[] u, int j, int tiles, int n) {
    for (int c = 0; c < n; c += N) {
      int p = c;
      int q = j + c;
      for (int t = 0; t < tiles; t++) {
        FloatVector x0 = fromArray(S, d, r0 + p);
        FloatVector x1 = fromArray(S, d, r1 + p);
        FloatVector x2 = fromArray(S, d, r2 + p);
        FloatVector a0 = x1.sub(x0);
        FloatVector a1 = x2.sub(x0);
        x0 = fromArray(S, d, r0 + p + n);
        x1 = fromArray(S, d, r1 + p + n);
        x2 = fromArray(S, d, r2 + p + n);
        FloatVector b0 = x1.sub(x0);
        FloatVector b1 = x2.sub(x0);
        x0 = fromArray(S, d, r0 + p + 2 * n);
        x1 = fromArray(S, d, r1 + p + 2 * n);
        x2 = fromArray(S, d, r2 + p + 2 * n);
        FloatVector e0 = x1.sub(x0);
        FloatVector e1 = x2.sub(x0);
        x0 = fromArray(S, d, r0 + p + 3 * n);
        x1 = fromArray(S, d, r1 + p + 3 * n);
        x2 = fromArray(S, d, r2 + p + 3 * n);
        FloatVector h0 = x1.sub(x0);
        FloatVector h1 = x2.sub(x0);
        a0.sub(e0).intoArray(u, q + 8 * STEP);
        b0.add(e0).intoArray(u, q + 9 * STEP);
        e0.sub(b0).intoArray(u, q + 10 * STEP);
        h0.sub(b0).intoArray(u, q + 11 * STEP);
        a1.sub(e1).intoArray(u, q + 12 * STEP);
        b1.add(e1).intoArray(u, q + 13 * STEP);
        e1.sub(b1).intoArray(u, q + 14 * STEP);
        h1.sub(b1).intoArray(u, q + 15 * STEP);
        p += 2 * n;
        q += n;
      }
    }
  }

  /** y = Aᵀ m A. */
  static void output(float[] m, int i, int tiles, int n, float[] y, int r0, int r1) {
    for (int c = 0; c < n; c += N) {
      int p = i + c;
      int q = c;
      for (int t = 0; t < tiles; t++) {
        FloatVector m0 = fromArray(S, m, p);
        FloatVector m1 = fromArray(S, m, p + 4 * STEP);
        FloatVector m2 = fromArray(S, m, p + 8 * STEP);
        FloatVector m3 = fromArray(S, m, p + 12 * STEP);
        FloatVector a0 = m0.add(m1).add(m2);
        FloatVector b0 = m1.sub(m2).add(m3);
        m0 = fromArray(S, m, p + STEP);
        m1 = fromArray(S, m, p + 5 * STEP);
        m2 = fromArray(S, m, p + 9 * STEP);
        m3 = fromArray(S, m, p + 13 * STEP);
        FloatVector a1 = m0.add(m1).add(m2);
        FloatVector b1 = m1.sub(m2).add(m3);
        m0 = fromArray(S, m, p + 2 * STEP);
        m1 = fromArray(S, m, p + 6 * STEP);
        m2 = fromArray(S, m, p + 10 * STEP);
        m3 = fromArray(S, m, p + 14 * STEP);
        FloatVector a2 = m0.add(m1).add(m2);
        FloatVector b2 = m1.sub(m2).add(m3);
        m0 = fromArray(S, m, p + 3 * STEP);
        m1 = fromArray(S, m, p + 7 * STEP);
        m2 = fromArray(S, m, p + 11 * STEP);
        m3 = fromArray(S, m, p + 15 * STEP);
        FloatVector a3 = m0.add(m1).add(m2);
        FloatVector b3 = m1.sub(m2).add(m3);
        a0.add(a1).add(a2).intoArray(y, r0 + q);
        b0.add(b1).add(b2).intoArray(y, r1 + q);
        q += n;
        a1.sub(a2).add(a3).intoArray(y, r0 + q);
        b1.sub(b2).add(b3).intoArray(y, r1 + q);
        q += n;
        p += n;
      }
    }
  }

  /** z = A y Aᵀ. */
  static void outputGrad(float[] y, int r0, int r1, float[] z, int j, int tiles, int n) {
    for (int c = 0; c < n; c += N) {
      int p = c;
      int q = j + c;
      for (int t = 0; t < tiles; t++) {
        FloatVector a0 = fromArray(S, y, r0 + p);
        FloatVector a3 = fromArray(S, y, r1 + p);
        FloatVector a1 = a0.add(a3);
        FloatVector a2 = a0.sub(a3);
        p += n;
        FloatVector b0 = fromArray(S, y, r0 + p);
        FloatVector b3 = fromArray(S, y, r1 + p);
        FloatVector b1 = b0.add(b3);
        FloatVector b2 = b0.sub(b3);
        p += n;
        a0.intoArray(z, q);
        a0.add(b0).intoArray(z, q + STEP);
        a0.sub(b0).intoArray(z, q + 2 * STEP);
        b0.intoArray(z, q + 3 * STEP);
        a1.intoArray(z, q + 4 * STEP);
        a1.add(b1).intoArray(z, q + 5 * STEP);
        a1.sub(b1).intoArray(z, q + 6 * STEP);
        b1.intoArray(z, q + 7 * STEP);
        a2.intoArray(z, q + 8 * STEP);
        a2.add(b2).intoArray(z, q + 9 * STEP);
        a2.sub(b2).intoArray(z, q + 10 * STEP);
        b2.intoArray(z, q + 11 * STEP);
        a3.intoArray(z, q + 12 * STEP);
        a3.add(b3).intoArray(z, q + 13 * STEP);
        a3.sub(b3).intoArray(z, q + 14 * STEP);
        b3.intoArray(z, q + 15 * STEP);
        q += n;
      }
    }
  }
}
