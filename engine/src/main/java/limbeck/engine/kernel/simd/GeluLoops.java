package limbeck.engine.kernel.simd;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static limbeck.engine.kernel.simd.Lanes.NUMBERS;
import static limbeck.engine.kernel.simd.Width.N;
import static limbeck.engine.kernel.simd.Width.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import limbeck.engine.math.Erf;
import limbeck.engine.math.Exp;
import limbeck.engine.math.Tanh;

/**
 * Loops of exact GELU and its gradient, from the scalar forms in the way of {@link
 * VectorFunctions}.
 */
final class GeluLoops {
  /** √½, rounded. */
  private static final float SQRT_HALF = 0x1.6a09e6p-1f;

  /** 1/√(2π), rounded: the normal density at 0. */
  private static final float DENSITY = 0x1.988454p-2f;

  /** Elements of a block: three operands of it fit the first-level cache. */
  private static final int BLOCK = 1024;

  private GeluLoops() {}

  /** y = (0.5 · x) · (1 + erf(x · √½)). */
  static void gelu(float[] x, int i, float[] y, int j, int n) {
    for (int t = 0; t < n; t += N) {
      int at = Math.min(t, n - N);
      FloatVector x0 = fromArray(S, x, i + at);
      FloatVector z = x0.mul(broadcast(S, SQRT_HALF));
      FloatVector b = z.abs();
      b = b.blend(Erf.HIGH, b.compare(GT, Erf.HIGH));
      FloatVector q = b.fma(broadcast(S, Erf.R8), broadcast(S, Erf.R7));
      q = q.fma(b, broadcast(S, Erf.R6)).fma(b, broadcast(S, Erf.R5));
      q = q.fma(b, broadcast(S, Erf.R4)).fma(b, broadcast(S, Erf.R3));
      q = q.fma(b, broadcast(S, Erf.R2)).fma(b, broadcast(S, Erf.R1));
      b = b.fma(q.fma(b, broadcast(S, Erf.R0)), b);
      FloatVector k2 = b.fma(broadcast(S, -Exp.LOG2_E), broadcast(S, Tanh.MAGIC));
      FloatVector u = k2.sub(Tanh.MAGIC).fma(broadcast(S, Exp.LN2_HI), b);
      FloatVector s = k2.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
      q = u.fma(broadcast(S, -Exp.P6), broadcast(S, Exp.P5));
      q = q.fma(u, broadcast(S, -Exp.P4)).fma(u, broadcast(S, Exp.P3));
      q = q.fma(u, broadcast(S, -Exp.P2));
      q = s.fma(u.mul(u).fma(q, u), broadcast(S, 1f).sub(s));
      IntVector sign = z.reinterpretAsInts().and(Integer.MIN_VALUE);
      FloatVector erf = q.reinterpretAsInts().or(sign).reinterpretAsFloats();
      FloatVector w = x0.mul(broadcast(S, 0.5f)).mul(erf.add(1f));
      VectorMask<Float> fresh = NUMBERS.compare(GE, (float) (t - at));
      fromArray(S, y, j + at).blend(w, fresh).intoArray(y, j + at);
    }
  }

  /**
   * dx = dy · fma(x, φ, 0.5 · (1 + erf(x · √½))), φ = e^((−0.5·x)·x) · (1/√(2π)). In two loops by
   * blocks that stay in the first-level cache: one method of both is past a limit of JDK 17's
   * compiler, and then every vector is an object.
   */
  static void geluGrad(float[] x, int i, float[] dy, int j, float[] dx, int k, int n) {
    for (int t = 0; t < n; ) {
      int block = n - t < 2 * BLOCK ? n - t : BLOCK;
      distribution(x, i + t, dx, k + t, block);
      density(x, i + t, dy, j + t, dx, k + t, block);
      t += block;
    }
  }

  /** y = 0.5 · (1 + erf(x · √½)), the normal distribution function. */
  private static void distribution(float[] x, int i, float[] y, int j, int n) {
    for (int t = 0; t < n; t += N) {
      int at = Math.min(t, n - N);
      FloatVector z = fromArray(S, x, i + at).mul(broadcast(S, SQRT_HALF));
      FloatVector b = z.abs();
      b = b.blend(Erf.HIGH, b.compare(GT, Erf.HIGH));
      FloatVector q = b.fma(broadcast(S, Erf.R8), broadcast(S, Erf.R7));
      q = q.fma(b, broadcast(S, Erf.R6)).fma(b, broadcast(S, Erf.R5));
      q = q.fma(b, broadcast(S, Erf.R4)).fma(b, broadcast(S, Erf.R3));
      q = q.fma(b, broadcast(S, Erf.R2)).fma(b, broadcast(S, Erf.R1));
      b = b.fma(q.fma(b, broadcast(S, Erf.R0)), b);
      FloatVector k2 = b.fma(broadcast(S, -Exp.LOG2_E), broadcast(S, Tanh.MAGIC));
      FloatVector u = k2.sub(Tanh.MAGIC).fma(broadcast(S, Exp.LN2_HI), b);
      FloatVector s = k2.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
      q = u.fma(broadcast(S, -Exp.P6), broadcast(S, Exp.P5));
      q = q.fma(u, broadcast(S, -Exp.P4)).fma(u, broadcast(S, Exp.P3));
      q = q.fma(u, broadcast(S, -Exp.P2));
      q = s.fma(u.mul(u).fma(q, u), broadcast(S, 1f).sub(s));
      IntVector sign = z.reinterpretAsInts().and(Integer.MIN_VALUE);
      FloatVector erf = q.reinterpretAsInts().or(sign).reinterpretAsFloats();
      erf.add(1f).mul(broadcast(S, 0.5f)).intoArray(y, j + at);
    }
  }

  /** dx = dy · fma(x, φ, dx), where dx holds the distribution function. */
  private static void density(float[] x, int i, float[] dy, int j, float[] dx, int k, int n) {
    for (int t = 0; t < n; t += N) {
      int at = Math.min(t, n - N);
      FloatVector x0 = fromArray(S, x, i + at);
      FloatVector a = x0.mul(broadcast(S, -0.5f)).mul(x0);
      a = a.blend(Exp.LOW, a.compare(LT, Exp.LOW));
      FloatVector sum = a.fma(broadcast(S, Exp.LOG2_E), broadcast(S, Exp.MAGIC2));
      IntVector bits = sum.reinterpretAsInts().min(Exp.TOP2);
      FloatVector m = bits.reinterpretAsFloats().sub(Exp.MAGIC2);
      FloatVector r = m.fma(broadcast(S, -Exp.LN2_HI), a);
      r = m.fma(broadcast(S, -Exp.LN2_LO), r);
      FloatVector p = r.fma(broadcast(S, Exp.P6), broadcast(S, Exp.P5));
      p = p.fma(r, broadcast(S, Exp.P4)).fma(r, broadcast(S, Exp.P3));
      p = p.fma(r, broadcast(S, Exp.P2)).fma(r, broadcast(S, 1f)).fma(r, broadcast(S, 1f));
      IntVector half = bits.lanewise(ASHR, 1);
      p = p.mul(half.lanewise(LSHL, 23).reinterpretAsFloats());
      p = p.mul(bits.sub(half).lanewise(LSHL, 23).reinterpretAsFloats());
      FloatVector was = fromArray(S, dx, k + at);
      FloatVector w = fromArray(S, dy, j + at).mul(x0.fma(p.mul(broadcast(S, DENSITY)), was));
      VectorMask<Float> fresh = NUMBERS.compare(GE, (float) (t - at));
      was.blend(w, fresh).intoArray(dx, k + at);
    }
  }
}
