package limbeck.engine.kernel.simd;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static limbeck.engine.kernel.simd.Lanes.BY1;
import static limbeck.engine.kernel.simd.Lanes.BY2;
import static limbeck.engine.kernel.simd.Lanes.BY4;
import static limbeck.engine.kernel.simd.Lanes.BY8;
import static limbeck.engine.kernel.simd.Lanes.NUMBERS;
import static limbeck.engine.kernel.simd.Width.N;
import static limbeck.engine.kernel.simd.Width.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import limbeck.engine.math.Exp;

/**
 * The loops of a softmax's row: its maximum, exponentials with their sum, and the gradient. Rows of
 * attention are short, a few vectors, so what counts is the latency from one loop to the next.
 */
final class SoftmaxLoops {
  private SoftmaxLoops() {}

  /**
   * The largest of x[i + k] for k &lt; n, n ≥ N. With a NaN among them it is any of them, or NaN:
   * by comparisons, because the exact maximum of the Vector API costs six instructions, and in a
   * softmax a NaN comes back by the sum.
   */
  static float max(float[] x, int i, int n) {
    FloatVector a = fromArray(S, x, i);
    FloatVector b = fromArray(S, x, i + n - N);
    FloatVector u;
    for (int t = 0; t <= n - 2 * N; t += 2 * N) {
      u = fromArray(S, x, i + t);
      a = a.blend(u, u.compare(GT, a));
      u = fromArray(S, x, i + t + N);
      b = b.blend(u, u.compare(GT, b));
    }
    u = fromArray(S, x, i + Math.max(n - 2 * N, 0)); // with b's start this covers the tail
    a = a.blend(u, u.compare(GT, a));
    a = a.blend(b, b.compare(GT, a));
    u = a.rearrange(BY8);
    a = a.blend(u, u.compare(GT, a));
    u = a.rearrange(BY4);
    a = a.blend(u, u.compare(GT, a));
    u = a.rearrange(BY2);
    a = a.blend(u, u.compare(GT, a));
    u = a.rearrange(BY1);
    return a.blend(u, u.compare(GT, a)).lane(0);
  }

  /**
   * y = e^(c·x − m), and the sum of y in the order of {@link VectorBlock#sum}, for 16 ≤ n ≤ 4,096.
   * The terms past the last whole 16 are scalar; they are added as a vector, so y must go on for a
   * vector from there.
   *
   * <p>The 16 lanes of the sum take turns: after each vector the next one's come to the front.
   */
  static float expSum(float[] x, int i, float c, float m, float[] y, int j, int n) {
    int whole = n & -16;
    for (int t = whole; t < n; t++) {
      y[j + t] = Exp.exp(x[i + t] * c - m);
    }
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int t = 0; t < whole; t += N) {
      FloatVector a = fromArray(S, x, i + t).mul(broadcast(S, c)).sub(m);
      a = a.blend(Exp.LOW, a.compare(LT, Exp.LOW));
      FloatVector sum = a.fma(broadcast(S, Exp.LOG2_E), broadcast(S, Exp.MAGIC2));
      IntVector bits = sum.reinterpretAsInts().min(Exp.TOP2);
      FloatVector k = bits.reinterpretAsFloats().sub(Exp.MAGIC2);
      FloatVector r = k.fma(broadcast(S, -Exp.LN2_HI), a);
      r = k.fma(broadcast(S, -Exp.LN2_LO), r);
      FloatVector p = r.fma(broadcast(S, Exp.P6), broadcast(S, Exp.P5));
      p = p.fma(r, broadcast(S, Exp.P4)).fma(r, broadcast(S, Exp.P3));
      p = p.fma(r, broadcast(S, Exp.P2)).fma(r, broadcast(S, 1f)).fma(r, broadcast(S, 1f));
      IntVector half = bits.lanewise(ASHR, 1);
      p = p.mul(half.lanewise(LSHL, 23).reinterpretAsFloats());
      p = p.mul(bits.sub(half).lanewise(LSHL, 23).reinterpretAsFloats());
      p.intoArray(y, j + t);
      FloatVector s = s0.add(p);
      s0 = N == 16 ? s : s1;
      s1 = N == 8 ? s : s2;
      s2 = s3;
      s3 = s;
    }
    float left = n - whole;
    int k = j + whole;
    s0 = s0.blend(s0.add(fromArray(S, y, k)), NUMBERS.compare(LT, left));
    if (N < 16) {
      s1 = s1.blend(s1.add(fromArray(S, y, k + N)), NUMBERS.compare(LT, left - N));
    }
    if (N < 8) {
      s2 = s2.blend(s2.add(fromArray(S, y, k + 2 * N)), NUMBERS.compare(LT, left - 2 * N));
      s3 = s3.blend(s3.add(fromArray(S, y, k + 3 * N)), NUMBERS.compare(LT, left - 3 * N));
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

  /** dx = (y · (dy − s)) · c for n elements, whole vectors. */
  static void gradient(
      float[] y, int i, float[] dy, int j, float s, float c, float[] dx, int k, int n) {
    for (int t = 0; t < n; t += N) {
      FloatVector d = fromArray(S, dy, j + t).sub(s);
      fromArray(S, y, i + t).mul(d).mul(broadcast(S, c)).intoArray(dx, k + t);
    }
  }
}
