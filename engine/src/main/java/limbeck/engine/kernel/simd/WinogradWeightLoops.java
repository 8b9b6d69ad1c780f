package limbeck.engine.kernel.simd;

import static jdk.incubator.vector.FloatVector.fromArray;
import static limbeck.engine.kernel.simd.Width.N;
import static limbeck.engine.kernel.simd.Width.S;

import jdk.incubator.vector.FloatVector;

/** The transforms of weights for Winograd's convolution, vectors of channels. */
final class WinogradWeightLoops {
  private WinogradWeightLoops() {}

  /** v = G g Gᵀ. */
  static void weights(float[] g, int i, int ld, float[] v, int j, int step, int n) {
    for (int t = 0; t < n; t += N) {
      int p = i + t;
      int q = j + t;
      FloatVector a0 = fromArray(S, g, p);
      FloatVector am = fromArray(S, g, p + 3 * ld);
      FloatVector a3 = fromArray(S, g, p + 6 * ld);
      FloatVector as = a0.add(a3);
      FloatVector a1 = as.add(am).mul(0.5f);
      FloatVector a2 = as.sub(am).mul(0.5f);
      FloatVector b0 = fromArray(S, g, p + ld);
      FloatVector bm = fromArray(S, g, p + 4 * ld);
      FloatVector b3 = fromArray(S, g, p + 7 * ld);
      FloatVector bs = b0.add(b3);
      FloatVector b1 = bs.add(bm).mul(0.5f);
      FloatVector b2 = bs.sub(bm).mul(0.5f);
      FloatVector c0 = fromArray(S, g, p + 2 * ld);
      FloatVector cm = fromArray(S, g, p + 5 * ld);
      FloatVector c3 = fromArray(S, g, p + 8 * ld);
      FloatVector cs = c0.add(c3);
      FloatVector c1 = cs.add(cm).mul(0.5f);
      FloatVector c2 = cs.sub(cm).mul(0.5f);
      FloatVector s0 = a0.add(c0);
      a0.intoArray(v, q);
      s0.add(b0).mul(0.5f).intoArray(v, q + step);
      s0.sub(b0).mul(0.5f).intoArray(v, q + 2 * step);
      c0.intoArray(v, q + 3 * step);
      FloatVector s1 = a1.add(c1);
      a1.intoArray(v, q + 4 * step);
      s1.add(b1).mul(0.5f).intoArray(v, q + 5 * step);
      s1.sub(b1).mul(0.5f).intoArray(v, q + 6 * step);
      c1.intoArray(v, q + 7 * step);
      FloatVector s2 = a2.add(c2);
      a2.intoArray(v, q + 8 * step);
      s2.add(b2).mul(0.5f).intoArray(v, q + 9 * step);
      s2.sub(b2).mul(0.5f).intoArray(v, q + 10 * step);
      c2.intoArray(v, q + 11 * step);
      FloatVector s3 = a3.add(c3);
      a3.intoArray(v, q + 12 * step);
      s3.add(b3).mul(0.5f).intoArray(v, q + 13 * step);
      s3.sub(b3).mul(0.5f).intoArray(v, q + 14 * step);
      c3.intoArray(v, q + 15 * step);
    }
  }

  /** g = Gᵀ v G. */
  static void weightsGrad(float[] v, int i, int step, float[] g, int j, int n) {
    for (int t = 0; t < n; t += N) {
      int p = i + t;
      int q = j + t;
      FloatVector v0 = fromArray(S, v, p);
      FloatVector v1 = fromArray(S, v, p + 4 * step);
      FloatVector v2 = fromArray(S, v, p + 8 * step);
      FloatVector v3 = fromArray(S, v, p + 12 * step);
      FloatVector ah = v1.add(v2).mul(0.5f);
      FloatVector a0 = v0.add(ah);
      FloatVector a1 = v1.sub(v2).mul(0.5f);
      FloatVector a2 = ah.add(v3);
      v0 = fromArray(S, v, p + step);
      v1 = fromArray(S, v, p + 5 * step);
      v2 = fromArray(S, v, p + 9 * step);
      v3 = fromArray(S, v, p + 13 * step);
      FloatVector bh = v1.add(v2).mul(0.5f);
      FloatVector b0 = v0.add(bh);
      FloatVector b1 = v1.sub(v2).mul(0.5f);
      FloatVector b2 = bh.add(v3);
      v0 = fromArray(S, v, p + 2 * step);
      v1 = fromArray(S, v, p + 6 * step);
      v2 = fromArray(S, v, p + 10 * step);
      v3 = fromArray(S, v, p + 14 * step);
      FloatVector ch = v1.add(v2).mul(0.5f);
      FloatVector c0 = v0.add(ch);
      FloatVector c1 = v1.sub(v2).mul(0.5f);
      FloatVector c2 = ch.add(v3);
      v0 = fromArray(S, v, p + 3 * step);
      v1 = fromArray(S, v, p + 7 * step);
      v2 = fromArray(S, v, p + 11 * step);
      v3 = fromArray(S, v, p + 15 * step);
      FloatVector dh = v1.add(v2).mul(0.5f);
      FloatVector d0 = v0.add(dh);
      FloatVector d1 = v1.sub(v2).mul(0.5f);
      FloatVector d2 = dh.add(v3);
      FloatVector h0 = b0.add(c0).mul(0.5f);
      a0.add(h0).intoArray(g, q);
      b0.sub(c0).mul(0.5f).intoArray(g, q + n);
      h0.add(d0).intoArray(g, q + 2 * n);
      FloatVector h1 = b1.add(c1).mul(0.5f);
      a1.add(h1).intoArray(g, q + 3 * n);
      b1.sub(c1).mul(0.5f).intoArray(g, q + 4 * n);
      h1.add(d1).intoArray(g, q + 5 * n);
      FloatVector h2 = b2.add(c2).mul(0.5f);
      a2.add(h2).intoArray(g, q + 6 * n);
      b2.sub(c2).mul(0.5f).intoArray(g, q + 7 * n);
      h2.add(d2).intoArray(g, q + 8 * n);
    }
  }
}
