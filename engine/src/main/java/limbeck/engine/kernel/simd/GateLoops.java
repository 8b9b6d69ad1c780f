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
import limbeck.engine.kernel.scalar.Gates;
import limbeck.engine.math.Exp;
import limbeck.engine.math.Sigmoid;

/**
 * Loops of GELU by tanh and of the gradients of gates, from the scalar forms in the way of {@link
 * VectorFunctions}.
 */
final class GateLoops {
  private GateLoops() {}

  /** y = x · sigmoid(x · fma(x·x, c₃, c₁)). */
  static void geluTanh(float[] x, int i, float[] y, int j, int n) {
    for (int t = 0; t < n; t += N) {
      int at = Math.min(t, n - N);
      FloatVector x0 = fromArray(S, x, i + at);
      FloatVector a = x0.mul(x0).fma(broadcast(S, Gates.C3), broadcast(S, Gates.C1)).mul(x0);
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
      w = x0.mul(w);
      VectorMask<Float> fresh = NUMBERS.compare(GE, (float) (t - at));
      fromArray(S, y, j + at).blend(w, fresh).intoArray(y, j + at);
    }
  }

  /** dx = dy · ((e · w) · fma(slope, w, 1)), w = 1 / (1 + e), with e of the clamped x. */
  static void geluTanhGrad(float[] x, int i, float[] dy, int j, float[] dx, int k, int n) {
    for (int t = 0; t < n; t += N) {
      int at = Math.min(t, n - N);
      FloatVector x0 = fromArray(S, x, i + at);
      x0 = x0.blend(Gates.GELU_HIGH, x0.compare(GT, Gates.GELU_HIGH));
      x0 = x0.blend(Gates.GELU_LOW, x0.compare(LT, Gates.GELU_LOW));
      FloatVector square = x0.mul(x0);
      FloatVector a = square.fma(broadcast(S, Gates.C3), broadcast(S, Gates.C1)).mul(x0);
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
      FloatVector slope = square.fma(broadcast(S, Gates.C3_TIMES_3), broadcast(S, Gates.C1));
      slope = slope.mul(x0);
      FloatVector w = broadcast(S, 1f).div(p.add(1f));
      w = p.mul(w).mul(slope.fma(w, broadcast(S, 1f)));
      w = fromArray(S, dy, j + at).mul(w);
      VectorMask<Float> fresh = NUMBERS.compare(GE, (float) (t - at));
      fromArray(S, dx, k + at).blend(w, fresh).intoArray(dx, k + at);
    }
  }

  /** dx = dy · ((e · w) · fma(a, w, 1)), w = 1 / (1 + e), e = eᵃ, a = min(x, 40). */
  static void siluGrad(float[] x, int i, float[] dy, int j, float[] dx, int k, int n) {
    for (int t = 0; t < n; t += N) {
      int at = Math.min(t, n - N);
      FloatVector x0 = fromArray(S, x, i + at);
      x0 = x0.blend(Gates.SILU_HIGH, x0.compare(GT, Gates.SILU_HIGH));
      FloatVector a = x0.blend(Exp.LOW, x0.compare(LT, Exp.LOW));
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
      FloatVector w = broadcast(S, 1f).div(p.add(1f));
      w = p.mul(w).mul(x0.fma(w, broadcast(S, 1f)));
      w = fromArray(S, dy, j + at).mul(w);
      VectorMask<Float> fresh = NUMBERS.compare(GE, (float) (t - at));
      fromArray(S, dx, k + at).blend(w, fresh).intoArray(dx, k + at);
    }
  }
}
