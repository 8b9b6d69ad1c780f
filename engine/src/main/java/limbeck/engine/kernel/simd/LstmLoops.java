package limbeck.engine.kernel.simd;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static limbeck.engine.kernel.simd.Width.N;
import static limbeck.engine.kernel.simd.Width.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import limbeck.engine.math.Exp;
import limbeck.engine.math.Sigmoid;
import limbeck.engine.math.Tanh;

/**
 * Loops of a step of long short-term memory, from the scalar forms in the way of {@link
 * VectorFunctions}; n is a vector at least. No output overlaps an input, so the last vector simply
 * ends where the row ends and writes some lanes a second time.
 *
 * <p>One function a loop: two of them together are past a limit of JDK 17's compiler, and then
 * every vector is an object. What goes from one loop to the next stays in the first-level cache.
 */
final class LstmLoops {
  private LstmLoops() {}

  /** y = sigmoid(((x + b) + c) + u). */
  static void sigmoid(
      float[] x,
      int i,
      float[] b,
      int j,
      float[] c,
      int k,
      float[] u,
      int l,
      float[] y,
      int m,
      int n) {
    for (int t = 0; t < n; t += N) {
      int at = Math.min(t, n - N);
      FloatVector a = fromArray(S, x, i + at).add(fromArray(S, b, j + at));
      a = a.add(fromArray(S, c, k + at)).add(fromArray(S, u, l + at));
      a = a.blend(Sigmoid.HIGH, a.compare(GT, Sigmoid.HIGH));
      a = a.blend(Exp.LOW, a.compare(LT, Exp.LOW));
      FloatVector sum = a.fma(broadcast(S, Exp.LOG2_E), broadcast(S, Exp.MAGIC2));
      IntVector bits = sum.reinterpretAsInts().min(Exp.TOP2);
      FloatVector q = bits.reinterpretAsFloats().sub(Exp.MAGIC2);
      FloatVector r = q.fma(broadcast(S, -Exp.LN2_HI), a);
      r = q.fma(broadcast(S, -Exp.LN2_LO), r);
      FloatVector p = r.fma(broadcast(S, Exp.P6), broadcast(S, Exp.P5));
      p = p.fma(r, broadcast(S, Exp.P4)).fma(r, broadcast(S, Exp.P3));
      p = p.fma(r, broadcast(S, Exp.P2)).fma(r, broadcast(S, 1f)).fma(r, broadcast(S, 1f));
      IntVector half = bits.lanewise(ASHR, 1);
      p = p.mul(half.lanewise(LSHL, 23).reinterpretAsFloats());
      p = p.mul(bits.sub(half).lanewise(LSHL, 23).reinterpretAsFloats());
      FloatVector w = p.div(p.add(1f));
      w = w.blend(p.neg().fma(w, p), p.compare(LT, Sigmoid.SMALL));
      w.intoArray(y, m + at);
    }
  }

  /** y = tanh(((x + b) + c) + u). */
  static void tanh(
      float[] x,
      int i,
      float[] b,
      int j,
      float[] c,
      int k,
      float[] u,
      int l,
      float[] y,
      int m,
      int n) {
    for (int t = 0; t < n; t += N) {
      int at = Math.min(t, n - N);
      FloatVector v = fromArray(S, x, i + at).add(fromArray(S, b, j + at));
      v = v.add(fromArray(S, c, k + at)).add(fromArray(S, u, l + at));
      FloatVector a = v.abs();
      a = a.blend(Tanh.HIGH, a.compare(GT, Tanh.HIGH));
      FloatVector sum = a.fma(broadcast(S, 2f * Exp.LOG2_E), broadcast(S, Tanh.MAGIC));
      FloatVector r = sum.sub(Tanh.MAGIC).fma(broadcast(S, -0.5f * Exp.LN2_HI), a);
      FloatVector s = sum.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
      FloatVector q = r.fma(broadcast(S, 32f * Exp.P6), broadcast(S, 16f * Exp.P5));
      q = q.fma(r, broadcast(S, 8f * Exp.P4)).fma(r, broadcast(S, 4f * Exp.P3));
      q = q.fma(r, broadcast(S, 2f * Exp.P2));
      FloatVector z = s.fma(broadcast(S, 0.5f), broadcast(S, -0.5f));
      z = s.fma(r.mul(r).fma(q, r), z);
      FloatVector w = z.div(z.add(1f));
      w = w.blend(z.neg().fma(w, z), z.compare(LT, Tanh.SMALL));
      IntVector sign = v.reinterpretAsInts().and(Integer.MIN_VALUE);
      w = w.reinterpretAsInts().or(sign).reinterpretAsFloats();
      w.intoArray(y, m + at);
    }
  }

  /** c = fma(f, c', i · g), h = o · tanh c. */
  static void state(
      float[] gates, int g, float[] before, int j, float[] c, int k, float[] h, int l, int n) {
    for (int t = 0; t < n; t += N) {
      int at = Math.min(t, n - N);
      FloatVector v = fromArray(S, gates, g + at).mul(fromArray(S, gates, g + 2 * n + at));
      v = fromArray(S, gates, g + n + at).fma(fromArray(S, before, j + at), v);
      v.intoArray(c, k + at);
      FloatVector a = v.abs();
      a = a.blend(Tanh.HIGH, a.compare(GT, Tanh.HIGH));
      FloatVector sum = a.fma(broadcast(S, 2f * Exp.LOG2_E), broadcast(S, Tanh.MAGIC));
      FloatVector r = sum.sub(Tanh.MAGIC).fma(broadcast(S, -0.5f * Exp.LN2_HI), a);
      FloatVector s = sum.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
      FloatVector q = r.fma(broadcast(S, 32f * Exp.P6), broadcast(S, 16f * Exp.P5));
      q = q.fma(r, broadcast(S, 8f * Exp.P4)).fma(r, broadcast(S, 4f * Exp.P3));
      q = q.fma(r, broadcast(S, 2f * Exp.P2));
      FloatVector z = s.fma(broadcast(S, 0.5f), broadcast(S, -0.5f));
      z = s.fma(r.mul(r).fma(q, r), z);
      FloatVector w = z.div(z.add(1f));
      w = w.blend(z.neg().fma(w, z), z.compare(LT, Tanh.SMALL));
      IntVector sign = v.reinterpretAsInts().and(Integer.MIN_VALUE);
      w = w.reinterpretAsInts().or(sign).reinterpretAsFloats();
      w.mul(fromArray(S, gates, g + 3 * n + at)).intoArray(h, l + at);
    }
  }

  /**
   * Of the gradient of a step, the part that needs tanh c: that of the output gate, and that of the
   * cell, d = dh · o · (1 − tanh² c) + dc.
   */
  static void gradOfCell(
      float[] gates,
      int g,
      float[] c,
      int k,
      float[] dh,
      int l,
      float[] dc,
      int m,
      float[] da,
      int o,
      float[] dCell,
      int p,
      int n) {
    for (int t = 0; t < n; t += N) {
      int at = Math.min(t, n - N);
      FloatVector v = fromArray(S, c, k + at);
      FloatVector a = v.abs();
      a = a.blend(Tanh.HIGH, a.compare(GT, Tanh.HIGH));
      FloatVector sum = a.fma(broadcast(S, 2f * Exp.LOG2_E), broadcast(S, Tanh.MAGIC));
      FloatVector r = sum.sub(Tanh.MAGIC).fma(broadcast(S, -0.5f * Exp.LN2_HI), a);
      FloatVector s = sum.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
      FloatVector q = r.fma(broadcast(S, 32f * Exp.P6), broadcast(S, 16f * Exp.P5));
      q = q.fma(r, broadcast(S, 8f * Exp.P4)).fma(r, broadcast(S, 4f * Exp.P3));
      q = q.fma(r, broadcast(S, 2f * Exp.P2));
      FloatVector z = s.fma(broadcast(S, 0.5f), broadcast(S, -0.5f));
      z = s.fma(r.mul(r).fma(q, r), z);
      FloatVector w = z.div(z.add(1f));
      w = w.blend(z.neg().fma(w, z), z.compare(LT, Tanh.SMALL));
      IntVector sign = v.reinterpretAsInts().and(Integer.MIN_VALUE);
      w = w.reinterpretAsInts().or(sign).reinterpretAsFloats();
      FloatVector d = fromArray(S, dh, l + at);
      FloatVector gate = fromArray(S, gates, g + 3 * n + at);
      d.mul(w).mul(gate.mul(broadcast(S, 1f).sub(gate))).intoArray(da, o + 3 * n + at);
      d = d.mul(gate).mul(w.neg().fma(w, broadcast(S, 1f))).add(fromArray(S, dc, m + at));
      d.intoArray(dCell, p + at);
    }
  }

  /** Of the gradient of a step, that of the other gates out of the cell's. */
  static void gradOfGates(
      float[] gates, int g, float[] before, int j, float[] dCell, int p, float[] da, int o, int n) {
    for (int t = 0; t < n; t += N) {
      int at = Math.min(t, n - N);
      FloatVector d = fromArray(S, dCell, p + at);
      FloatVector forget = fromArray(S, gates, g + n + at);
      FloatVector gate = forget.mul(broadcast(S, 1f).sub(forget));
      d.mul(fromArray(S, before, j + at)).mul(gate).intoArray(da, o + n + at);
      FloatVector in = fromArray(S, gates, g + at);
      FloatVector candidate = fromArray(S, gates, g + 2 * n + at);
      d.mul(candidate).mul(in.mul(broadcast(S, 1f).sub(in))).intoArray(da, o + at);
      gate = candidate.neg().fma(candidate, broadcast(S, 1f));
      d.mul(in).mul(gate).intoArray(da, o + 2 * n + at);
    }
  }

  /**
   * y = y · x. Where y was is where it will be, so the last vector, which may overlap another, is
   * computed before anything is written.
   */
  static void scale(float[] x, int i, float[] y, int p, int n) {
    int last = n - N;
    FloatVector end = fromArray(S, y, p + last).mul(fromArray(S, x, i + last));
    for (int t = 0; t < last; t += N) {
      fromArray(S, y, p + t).mul(fromArray(S, x, i + t)).intoArray(y, p + t);
    }
    end.intoArray(y, p + last);
  }
}
