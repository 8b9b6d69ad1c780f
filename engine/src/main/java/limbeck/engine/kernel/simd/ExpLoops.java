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
import limbeck.engine.math.Exp;
import limbeck.engine.math.Sigmoid;

/**
 * Loops of the exponential and of the sigmoid, from their scalar forms in the way of {@link
 * VectorFunctions}.
 */
final class ExpLoops {
  private ExpLoops() {}

  /** y = e^(x − c); with c = 0 this is eˣ, bit for bit. */
  static void expMinus(float[] x, int i, float c, float[] y, int j, int n) {
    for (int t = 0; t < n; t += N) {
      int at = Math.min(t, n - N);
      FloatVector a = fromArray(S, x, i + at).sub(c);
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
      VectorMask<Float> fresh = NUMBERS.compare(GE, (float) (t - at));
      fromArray(S, y, j + at).blend(p, fresh).intoArray(y, j + at);
    }
  }

  /** y = 1 / (1 + e⁻ˣ). */
  static void sigmoid(float[] x, int i, float[] y, int j, int n) {
    for (int t = 0; t < n; t += N) {
      int at = Math.min(t, n - N);
      FloatVector a = fromArray(S, x, i + at);
      a = a.blend(Sigmoid.HIGH, a.compare(GT, Sigmoid.HIGH));
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
      FloatVector w = p.div(p.add(1f));
      w = w.blend(p.neg().fma(w, p), p.compare(LT, Sigmoid.SMALL));
      VectorMask<Float> fresh = NUMBERS.compare(GE, (float) (t - at));
      fromArray(S, y, j + at).blend(w, fresh).intoArray(y, j + at);
    }
  }
}
