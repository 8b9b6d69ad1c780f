package limbeck.engine.kernel.simd;

import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.LT;
import static limbeck.engine.kernel.simd.Lanes.BY1;
import static limbeck.engine.kernel.simd.Lanes.BY2;
import static limbeck.engine.kernel.simd.Lanes.BY4;
import static limbeck.engine.kernel.simd.Lanes.BY8;
import static limbeck.engine.kernel.simd.Lanes.NUMBERS;
import static limbeck.engine.kernel.simd.Width.N;
import static limbeck.engine.kernel.simd.Width.S;

import jdk.incubator.vector.FloatVector;
import limbeck.engine.kernel.scalar.CentredBlock;

/** One block of a dot product of differences, in the way of {@link VectorBlock}. */
final class CentredLanes {
  private CentredLanes() {}

  /** Σ (a[i + k] − ma) · (b[j + k] − mb) for k &lt; n ≤ 4,096. */
  static float dot(float[] a, int i, float ma, float[] b, int j, float mb, int n) {
    boolean room = (n & -16) + 16 <= Math.min(a.length - i, b.length - j);
    return n >= 16 && room
        ? dotInLanes(a, i, ma, b, j, mb, n)
        : CentredBlock.dot(a, i, ma, b, j, mb, n);
  }

  private static float dotInLanes(float[] a, int i, float ma, float[] b, int j, float mb, int n) {
    int whole = n & -16;
    FloatVector va = FloatVector.broadcast(S, ma);
    FloatVector vb = FloatVector.broadcast(S, mb);
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int k = 0; k < whole; k += 16) {
      int p = i + k;
      int q = j + k;
      s0 = fromArray(S, a, p).sub(va).fma(fromArray(S, b, q).sub(vb), s0);
      if (N < 16) {
        s1 = fromArray(S, a, p + N).sub(va).fma(fromArray(S, b, q + N).sub(vb), s1);
      }
      if (N < 8) {
        s2 = fromArray(S, a, p + 2 * N).sub(va).fma(fromArray(S, b, q + 2 * N).sub(vb), s2);
        s3 = fromArray(S, a, p + 3 * N).sub(va).fma(fromArray(S, b, q + 3 * N).sub(vb), s3);
      }
    }
    int p = i + whole;
    int q = j + whole;
    float left = n - whole;
    FloatVector u0 = fromArray(S, a, p).sub(va).fma(fromArray(S, b, q).sub(vb), s0);
    s0 = s0.blend(u0, NUMBERS.compare(LT, left));
    if (N < 16) {
      FloatVector u1 = fromArray(S, a, p + N).sub(va).fma(fromArray(S, b, q + N).sub(vb), s1);
      s1 = s1.blend(u1, NUMBERS.compare(LT, left - N));
    }
    if (N < 8) {
      p += 2 * N;
      q += 2 * N;
      FloatVector u2 = fromArray(S, a, p).sub(va).fma(fromArray(S, b, q).sub(vb), s2);
      s2 = s2.blend(u2, NUMBERS.compare(LT, left - 2 * N));
      FloatVector u3 = fromArray(S, a, p + N).sub(va).fma(fromArray(S, b, q + N).sub(vb), s3);
      s3 = s3.blend(u3, NUMBERS.compare(LT, left - 3 * N));
    }
    if (N == 4) {
      s0 = s0.add(s2).add(s1.add(s3));
    } else {
      s0 = s0.add(N == 8 ? s1 : s0.rearrange(BY8));
      s0 = s0.add(s0.rearrange(BY4));
    }
    s0 = s0.add(s0.rearrange(BY2));
    return s0.add(s0.rearrange(BY1)).lane(0);
  }
}
