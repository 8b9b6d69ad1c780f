package limbeck.engine.kernel.simd;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static limbeck.engine.kernel.simd.Width.N;
import static limbeck.engine.kernel.simd.Width.S;

import jdk.incubator.vector.FloatVector;

/**
 * The transforms of weights for Winograd's convolution, vectors of channels. In parts, one row of
 * the result or two, as JDK 17 makes objects of the vectors of a method of more than some 40
 * operations. What is inlined into the caller counts there: the longer parts must have more than
 * 325 bytes of code, which keeps them apart.
 */
final class WinogradWeightLoops {
  private WinogradWeightLoops() {}

  /** v = G g Gᵀ. */
  static void weights(float[] g, int i, int ld, float[] v, int j, int step, int n) {
    outerWeights(g, i, ld, v, j, step, n);
    innerWeights(g, i, ld, v, j + 4 * step, step, n);
    outerWeights(g, i + 6 * ld, ld, v, j + 12 * step, step, n);
  }

  /** The first or the last row of G g Gᵀ: of the row of g itself. */
  private static void outerWeights(float[] g, int i, int ld, float[] v, int j, int step, int n) {
    for (int t = 0; t < n; t += N) {
      int p = i + t;
      int q = j + t;
      FloatVector a = fromArray(S, g, p);
      FloatVector b = fromArray(S, g, p + ld);
      FloatVector c = fromArray(S, g, p + 2 * ld);
      FloatVector s = a.add(c);
      a.intoArray(v, q);
      s.add(b).mul(broadcast(S, 0.5f)).intoArray(v, q + step);
      s.sub(b).mul(broadcast(S, 0.5f)).intoArray(v, q + 2 * step);
      c.intoArray(v, q + 3 * step);
    }
  }

  /** The two rows between. */
  private static void innerWeights(float[] g, int i, int ld, float[] v, int j, int step, int n) {
    for (int t = 0; t < n; t += N) {
      int p = i + t;
      int q = j + t;
      FloatVector am = fromArray(S, g, p + 3 * ld);
      FloatVector as = fromArray(S, g, p).add(fromArray(S, g, p + 6 * ld));
      FloatVector a1 = as.add(am).mul(broadcast(S, 0.5f));
      FloatVector a2 = as.sub(am).mul(broadcast(S, 0.5f));
      FloatVector bm = fromArray(S, g, p + 4 * ld);
      FloatVector bs = fromArray(S, g, p + ld).add(fromArray(S, g, p + 7 * ld));
      FloatVector b1 = bs.add(bm).mul(broadcast(S, 0.5f));
      FloatVector b2 = bs.sub(bm).mul(broadcast(S, 0.5f));
      FloatVector cm = fromArray(S, g, p + 5 * ld);
      FloatVector cs = fromArray(S, g, p + 2 * ld).add(fromArray(S, g, p + 8 * ld));
      FloatVector c1 = cs.add(cm).mul(broadcast(S, 0.5f));
      FloatVector c2 = cs.sub(cm).mul(broadcast(S, 0.5f));
      FloatVector s1 = a1.add(c1);
      a1.intoArray(v, q);
      s1.add(b1).mul(broadcast(S, 0.5f)).intoArray(v, q + step);
      s1.sub(b1).mul(broadcast(S, 0.5f)).intoArray(v, q + 2 * step);
      c1.intoArray(v, q + 3 * step);
      FloatVector s2 = a2.add(c2);
      a2.intoArray(v, q + 4 * step);
      s2.add(b2).mul(broadcast(S, 0.5f)).intoArray(v, q + 5 * step);
      s2.sub(b2).mul(broadcast(S, 0.5f)).intoArray(v, q + 6 * step);
      c2.intoArray(v, q + 7 * step);
    }
  }

  /** g = Gᵀ v G. */
  static void weightsGrad(float[] v, int i, int step, float[] g, int j, int n) {
    outerGrad(v, i, i + 4 * step, step, g, j, n);
    innerGrad(v, i + 4 * step, step, g, j + 3 * n, n);
    outerGrad(v, i + 12 * step, i + 4 * step, step, g, j + 6 * n, n);
  }

  /**
   * The first or the last row of Gᵀ v G: an axis goes over to the sum of vₒ, at {@code outer}, and
   * h = ½·(v₁ + v₂), v₁ at {@code inner}.
   */
  private static void outerGrad(
      float[] v, int outer, int inner, int step, float[] g, int j, int n) {
    for (int t = 0; t < n; t += N) {
      int o = outer + t;
      int p = inner + t;
      int q = j + t;
      FloatVector v1 = fromArray(S, v, p);
      FloatVector v2 = fromArray(S, v, p + 4 * step);
      FloatVector ah = v1.add(v2).mul(broadcast(S, 0.5f));
      FloatVector a = fromArray(S, v, o).add(ah);
      v1 = fromArray(S, v, p + step);
      v2 = fromArray(S, v, p + 5 * step);
      FloatVector bh = v1.add(v2).mul(broadcast(S, 0.5f));
      FloatVector b = fromArray(S, v, o + step).add(bh);
      v1 = fromArray(S, v, p + 2 * step);
      v2 = fromArray(S, v, p + 6 * step);
      FloatVector ch = v1.add(v2).mul(broadcast(S, 0.5f));
      FloatVector c = fromArray(S, v, o + 2 * step).add(ch);
      v1 = fromArray(S, v, p + 3 * step);
      v2 = fromArray(S, v, p + 7 * step);
      FloatVector dh = v1.add(v2).mul(broadcast(S, 0.5f));
      FloatVector d = fromArray(S, v, o + 3 * step).add(dh);
      FloatVector h = b.add(c).mul(broadcast(S, 0.5f));
      a.add(h).intoArray(g, q);
      b.sub(c).mul(broadcast(S, 0.5f)).intoArray(g, q + n);
      h.add(d).intoArray(g, q + 2 * n);
    }
  }

  /** The row between: an axis goes over to ½·(v₁ − v₂). */
  private static void innerGrad(float[] v, int i, int step, float[] g, int j, int n) {
    for (int t = 0; t < n; t += N) {
      int p = i + t;
      int q = j + t;
      FloatVector a = fromArray(S, v, p).sub(fromArray(S, v, p + 4 * step)).mul(broadcast(S, 0.5f));
      FloatVector b =
          fromArray(S, v, p + step).sub(fromArray(S, v, p + 5 * step)).mul(broadcast(S, 0.5f));
      FloatVector c =
          fromArray(S, v, p + 2 * step).sub(fromArray(S, v, p + 6 * step)).mul(broadcast(S, 0.5f));
      FloatVector d =
          fromArray(S, v, p + 3 * step).sub(fromArray(S, v, p + 7 * step)).mul(broadcast(S, 0.5f));
      FloatVector h = b.add(c).mul(broadcast(S, 0.5f));
      a.add(h).intoArray(g, q);
      b.sub(c).mul(broadcast(S, 0.5f)).intoArray(g, q + n);
      h.add(d).intoArray(g, q + 2 * n);
    }
  }
}
