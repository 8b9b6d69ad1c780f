package limbeck.engine.kernel.simd;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static limbeck.engine.kernel.simd.Lanes.NUMBERS;
import static limbeck.engine.kernel.simd.Width.N;
import static limbeck.engine.kernel.simd.Width.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import limbeck.engine.math.Log;

/**
 * The loop of the natural logarithm, from its scalar form in the way of {@link VectorFunctions}.
 */
final class LogLoop {
  private LogLoop() {}

  /** y = ln x. */
  static void log(float[] x, int i, float[] y, int j, int n) {
    for (int t = 0; t < n; t += N) {
      int at = Math.min(t, n - N);
      FloatVector v = fromArray(S, x, i + at);
      VectorMask<Float> low = v.compare(LT, Float.MIN_NORMAL);
      FloatVector a = v.blend(v.mul(broadcast(S, 0x1p24f)), low);
      IntVector bits = a.reinterpretAsInts();
      IntVector e = bits.sub(Log.SQRT_HALF).lanewise(ASHR, 23);
      FloatVector f = bits.sub(e.lanewise(LSHL, 23)).reinterpretAsFloats().sub(1f);
      FloatVector q = f.fma(broadcast(S, Log.L7), broadcast(S, Log.L6));
      q = q.fma(f, broadcast(S, Log.L5)).fma(f, broadcast(S, Log.L4));
      q = q.fma(f, broadcast(S, Log.L3)).fma(f, broadcast(S, Log.L2));
      q = q.fma(f, broadcast(S, Log.L1)).fma(f, broadcast(S, Log.L0));
      FloatVector r = f.mul(f).fma(f.fma(q, broadcast(S, -0.5f)), f);
      FloatVector m = a.fma(broadcast(S, 0x1p-126f), e.add(Log.BASE_BITS).reinterpretAsFloats());
      m = m.sub(broadcast(S, Log.BASE).blend(Log.BASE_SUBNORMAL, low));
      r = m.fma(broadcast(S, Log.LN2_HI), m.fma(broadcast(S, Log.LN2_LO), r));
      r = r.blend(Float.NEGATIVE_INFINITY, v.compare(EQ, 0f));
      r = r.blend(Float.NaN, v.compare(LT, 0f));
      VectorMask<Float> fresh = NUMBERS.compare(GE, (float) (t - at));
      fromArray(S, y, j + at).blend(r, fresh).intoArray(y, j + at);
    }
  }
}
