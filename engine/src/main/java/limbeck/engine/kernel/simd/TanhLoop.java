package limbeck.engine.kernel.simd;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
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
import limbeck.engine.math.Exp;
import limbeck.engine.math.Tanh;

/**
 * The loop of the hyperbolic tangent, from its scalar form in the way of {@link VectorFunctions}.
 */
final class TanhLoop {
  private TanhLoop() {}

  /** y = tanh x. */
  static void tanh(float[] x, int i, float[] y, int j, int n) {
    for (int t = 0; t < n; t += N) {
      int at = Math.min(t, n - N);
      FloatVector v = fromArray(S, x, i + at);
      FloatVector a = v.abs();
      a = a.blend(Tanh.HIGH, a.compare(GT, Tanh.HIGH));
      FloatVector sum = a.fma(broadcast(S, 2f * Exp.LOG2_E), broadcast(S, Tanh.MAGIC));
      FloatVector r = sum.sub(Tanh.MAGIC).fma(broadcast(S, -0.5f * Exp.LN2_HI), a);
      FloatVector s = sum.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
      FloatVector q = r.fma(broadcast(S, 32f * Exp.P6), broadcast(S, 16f * Exp.P5));
      q = q.fma(r, broadcast(S, 8f * Exp.P4)).fma(r, broadcast(S, 4f * Exp.P3));
      q = q.fma(r, broadcast(S, 2f * Exp.P2));
      FloatVector h = s.fma(broadcast(S, 0.5f), broadcast(S, -0.5f));
      h = s.fma(r.mul(r).fma(q, r), h);
      FloatVector w = h.div(h.add(1f));
      w = w.blend(h.neg().fma(w, h), h.compare(LT, Tanh.SMALL));
      IntVector sign = v.reinterpretAsInts().and(Integer.MIN_VALUE);
      w = w.reinterpretAsInts().or(sign).reinterpretAsFloats();
      VectorMask<Float> fresh = NUMBERS.compare(GE, (float) (t - at));
      fromArray(S, y, j + at).blend(w, fresh).intoArray(y, j + at);
    }
  }
}
