package limbeck.engine.kernel.simd;

import static jdk.incubator.vector.FloatVector.fromArray;
import static limbeck.engine.kernel.Winograd.LANES;
import static limbeck.engine.kernel.Winograd.STEP;
import static limbeck.engine.kernel.simd.Exchange.ODD;
import static limbeck.engine.kernel.simd.Exchange.SWAP_1;
import static limbeck.engine.kernel.simd.Width.N;
import static limbeck.engine.kernel.simd.Width.S;

import jdk.incubator.vector.FloatVector;

/**
 * The transforms of Winograd's tiles, vectors of tiles.
 *
 * <p>Input goes down the columns in rows as they are, and only then apart into even and odd
 * columns. All at once each row would be taken apart for two of the four results, and from memory,
 * as 512 bits hardly ever lie in one line of the cache: half as fast. Output in two loops, one for
 * each row of a tile, as one would be too long for JDK 17.
 */
final class WinogradPlaneLoops {
  private WinogradPlaneLoops() {}

  /** t = Bᵀ d; the last vector of a row overlaps the one before it. */
  static void inputDown(
      float[] d, int i, int ld, int plane, int columns, float[] t, int j, int ldt, int channels) {
    for (int c = 0; c < channels; c++) {
      for (int x = 0; x < columns; x += N) {
        int at = Math.min(x, columns - N);
        int p = i + at;
        int q = j + at;
        FloatVector d0 = fromArray(S, d, p);
        FloatVector d1 = fromArray(S, d, p + ld);
        FloatVector d2 = fromArray(S, d, p + 2 * ld);
        FloatVector d3 = fromArray(S, d, p + 3 * ld);
        d0.sub(d2).intoArray(t, q);
        d1.add(d2).intoArray(t, q + ldt);
        d2.sub(d1).intoArray(t, q + 2 * ldt);
        d3.sub(d1).intoArray(t, q + 3 * ldt);
      }
      i += plane;
      j += 4 * ldt;
    }
  }

  /** u = t B. */
  static void inputAcross(float[] t, int a, int b, int ldt, float[] u, int j, int n, int channels) {
    for (int row = 0; row < 4; row++) {
      int p = a + row * ldt;
      int q = b + row * ldt;
      int to = j + 4 * row * STEP;
      for (int c = 0; c < channels; c++) {
        for (int x = 0; x < LANES; x += N) {
          FloatVector v = fromArray(S, t, p + x);
          FloatVector w = fromArray(S, t, q + x);
          FloatVector t0 = v.blend(w.rearrange(SWAP_1), ODD);
          FloatVector t1 = v.rearrange(SWAP_1).blend(w, ODD);
          v = fromArray(S, t, p + x + 2);
          w = fromArray(S, t, q + x + 2);
          FloatVector t2 = v.blend(w.rearrange(SWAP_1), ODD);
          FloatVector t3 = v.rearrange(SWAP_1).blend(w, ODD);
          t0.sub(t2).intoArray(u, to + x);
          t1.add(t2).intoArray(u, to + x + STEP);
          t2.sub(t1).intoArray(u, to + x + 2 * STEP);
          t3.sub(t1).intoArray(u, to + x + 3 * STEP);
        }
        p += 4 * ldt;
        q += 4 * ldt;
        to += n;
      }
    }
  }

  /** y = Aᵀ m A. */
  static void output(
      float[] m, int i, int n, float[] y, int a, int b, int ld, int plane, int outputs) {
    upperOutput(m, i, n, y, a, b, plane, outputs);
    lowerOutput(m, i, n, y, a + ld, b + ld, plane, outputs);
  }

  /** Of the rows (m₀ + m₁) + m₂. */
  private static void upperOutput(
      float[] m, int i, int n, float[] y, int a, int b, int plane, int outputs) {
    for (int o = 0; o < outputs; o++) {
      for (int x = 0; x < LANES; x += N) {
        int p = i + x;
        FloatVector a0 = fromArray(S, m, p).add(fromArray(S, m, p + 4 * STEP));
        a0 = a0.add(fromArray(S, m, p + 8 * STEP));
        FloatVector a1 = fromArray(S, m, p + STEP).add(fromArray(S, m, p + 5 * STEP));
        a1 = a1.add(fromArray(S, m, p + 9 * STEP));
        FloatVector a2 = fromArray(S, m, p + 2 * STEP).add(fromArray(S, m, p + 6 * STEP));
        a2 = a2.add(fromArray(S, m, p + 10 * STEP));
        FloatVector a3 = fromArray(S, m, p + 3 * STEP).add(fromArray(S, m, p + 7 * STEP));
        a3 = a3.add(fromArray(S, m, p + 11 * STEP));
        FloatVector even = a0.add(a1).add(a2);
        FloatVector odd = a1.sub(a2).add(a3);
        even.blend(odd.rearrange(SWAP_1), ODD).intoArray(y, a + x);
        even.rearrange(SWAP_1).blend(odd, ODD).intoArray(y, b + x);
      }
      a += plane;
      b += plane;
      i += n;
    }
  }

  /** Of the rows (m₁ − m₂) + m₃. */
  private static void lowerOutput(
      float[] m, int i, int n, float[] y, int a, int b, int plane, int outputs) {
    for (int o = 0; o < outputs; o++) {
      for (int x = 0; x < LANES; x += N) {
        int p = i + x;
        FloatVector b0 = fromArray(S, m, p + 4 * STEP).sub(fromArray(S, m, p + 8 * STEP));
        b0 = b0.add(fromArray(S, m, p + 12 * STEP));
        FloatVector b1 = fromArray(S, m, p + 5 * STEP).sub(fromArray(S, m, p + 9 * STEP));
        b1 = b1.add(fromArray(S, m, p + 13 * STEP));
        FloatVector b2 = fromArray(S, m, p + 6 * STEP).sub(fromArray(S, m, p + 10 * STEP));
        b2 = b2.add(fromArray(S, m, p + 14 * STEP));
        FloatVector b3 = fromArray(S, m, p + 7 * STEP).sub(fromArray(S, m, p + 11 * STEP));
        b3 = b3.add(fromArray(S, m, p + 15 * STEP));
        FloatVector even = b0.add(b1).add(b2);
        FloatVector odd = b1.sub(b2).add(b3);
        even.blend(odd.rearrange(SWAP_1), ODD).intoArray(y, a + x);
        even.rearrange(SWAP_1).blend(odd, ODD).intoArray(y, b + x);
      }
      a += plane;
      b += plane;
      i += n;
    }
  }
}
