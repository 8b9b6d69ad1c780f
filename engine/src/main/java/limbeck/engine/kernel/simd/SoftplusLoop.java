package limbeck.engine.kernel.simd;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static limbeck.engine.kernel.simd.Lanes.NUMBERS;
import static limbeck.engine.kernel.simd.Width.N;
import static limbeck.engine.kernel.simd.Width.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import limbeck.engine.math.Exp;
import limbeck.engine.math.Softplus;

/** The loop of softplus, from its scalar form in the way of {@link VectorFunctions}. */
final class SoftplusLoop {
  private SoftplusLoop() {}

  /** y = ln(1 + eˣ). */
  static void softplus(float[] x, int i, float[] y, int j, int n) {
    for (int t = 0; t < n; t += N) {
      int at = Math.min(t, n - N);
      FloatVector v = fromArray(S, x, i + at);
      FloatVector a = v.abs().neg();
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
      FloatVector q = p.fma(broadcast(S, Softplus.S8), broadcast(S, Softplus.S7));
      q = q.fma(p, broadcast(S, Softplus.S6)).fma(p, broadcast(S, Softplus.S5));
      q = q.fma(p, broadcast(S, Softplus.S4)).fma(p, broadcast(S, Softplus.S3));
      q = q.fma(p, broadcast(S, Softplus.S2)).fma(p, broadcast(S, Softplus.S1));
      q = q.fma(p, broadcast(S, Softplus.S0));
      q = v.max(0f).add(p.mul(p).fma(q, p));
      VectorMask<Float> fresh = NUMBERS.compare(GE, (float) (t - at));
      fromArray(S, y, j + at).blend(q, fresh).intoArray(y, j + at);
    }
  }
}
