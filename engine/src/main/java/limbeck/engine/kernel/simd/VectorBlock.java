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
import limbeck.engine.kernel.scalar.ScalarBlock;

/**
 * One block of a reduction, as in {@link ScalarBlock}: 16 lanes in one, two or four vectors. As N
 * is constant, compiled code holds the vectors of its own width only.
 *
 * <p>The tail is loaded whole, and lanes past its end keep their value; if it comes so close to the
 * end of the array that this cannot be done, the scalar twin takes the block, as it takes those of
 * less than 16 terms.
 *
 * <p>A vector that goes into a method the compiler does not put into its caller is allocated, and
 * then it is so in every round of the loop before. So these methods call nothing but the Vector
 * API, have one path, and add the tail even if it is empty.
 */
final class VectorBlock {
  private VectorBlock() {}

  /** Σ x[i + k] for k &lt; n ≤ 4,096. */
  static float sum(float[] x, int i, int n) {
    boolean room = (n & -16) + 16 <= x.length - i;
    return n >= 16 && room ? sumInLanes(x, i, n) : ScalarBlock.sum(x, i, n);
  }

  private static float sumInLanes(float[] x, int i, int n) {
    int whole = n & -16;
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int k = i, end = i + whole; k < end; k += 16) {
      s0 = s0.add(fromArray(S, x, k));
      if (N < 16) {
        s1 = s1.add(fromArray(S, x, k + N));
      }
      if (N < 8) {
        s2 = s2.add(fromArray(S, x, k + 2 * N));
        s3 = s3.add(fromArray(S, x, k + 3 * N));
      }
    }
    float left = n - whole;
    int k = i + whole;
    s0 = s0.blend(s0.add(fromArray(S, x, k)), NUMBERS.compare(LT, left));
    if (N < 16) {
      s1 = s1.blend(s1.add(fromArray(S, x, k + N)), NUMBERS.compare(LT, left - N));
    }
    if (N < 8) {
      s2 = s2.blend(s2.add(fromArray(S, x, k + 2 * N)), NUMBERS.compare(LT, left - 2 * N));
      s3 = s3.blend(s3.add(fromArray(S, x, k + 3 * N)), NUMBERS.compare(LT, left - 3 * N));
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

  /** Σ a[i + k] · b[j + k] for k &lt; n ≤ 4,096. */
  static float dot(float[] a, int i, float[] b, int j, int n) {
    boolean room = (n & -16) + 16 <= Math.min(a.length - i, b.length - j);
    return n >= 16 && room ? dotInLanes(a, i, b, j, n) : ScalarBlock.dot(a, i, b, j, n);
  }

  private static float dotInLanes(float[] a, int i, float[] b, int j, int n) {
    int whole = n & -16;
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int k = 0; k < whole; k += 16) {
      s0 = fromArray(S, a, i + k).fma(fromArray(S, b, j + k), s0);
      if (N < 16) {
        s1 = fromArray(S, a, i + k + N).fma(fromArray(S, b, j + k + N), s1);
      }
      if (N < 8) {
        s2 = fromArray(S, a, i + k + 2 * N).fma(fromArray(S, b, j + k + 2 * N), s2);
        s3 = fromArray(S, a, i + k + 3 * N).fma(fromArray(S, b, j + k + 3 * N), s3);
      }
    }
    int p = i + whole;
    int q = j + whole;
    float left = n - whole;
    s0 = s0.blend(fromArray(S, a, p).fma(fromArray(S, b, q), s0), NUMBERS.compare(LT, left));
    if (N < 16) {
      FloatVector u1 = fromArray(S, a, p + N).fma(fromArray(S, b, q + N), s1);
      s1 = s1.blend(u1, NUMBERS.compare(LT, left - N));
    }
    if (N < 8) {
      FloatVector u2 = fromArray(S, a, p + 2 * N).fma(fromArray(S, b, q + 2 * N), s2);
      s2 = s2.blend(u2, NUMBERS.compare(LT, left - 2 * N));
      FloatVector u3 = fromArray(S, a, p + 3 * N).fma(fromArray(S, b, q + 3 * N), s3);
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

  /** The largest of x[i + k] for k &lt; n, n ≥ N. */
  static float max(float[] x, int i, int n) {
    FloatVector even = fromArray(S, x, i);
    FloatVector odd = fromArray(S, x, i + n - N);
    for (int t = 0; t <= n - 2 * N; t += 2 * N) {
      even = even.max(fromArray(S, x, i + t));
      odd = odd.max(fromArray(S, x, i + t + N));
    }
    even =
        even.max(
            fromArray(S, x, i + Math.max(n - 2 * N, 0))); // with odd's start this covers the tail
    FloatVector m = even.max(odd);
    m = m.max(m.rearrange(BY8));
    m = m.max(m.rearrange(BY4));
    m = m.max(m.rearrange(BY2));
    return m.max(m.rearrange(BY1)).lane(0);
  }
}
