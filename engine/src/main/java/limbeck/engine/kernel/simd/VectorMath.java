package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.simd.Width.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import limbeck.engine.math.Erf;
import limbeck.engine.math.Exp;
import limbeck.engine.math.Log;
import limbeck.engine.math.Sigmoid;
import limbeck.engine.math.Tanh;

/**
 * The functions of {@link limbeck.engine.math} on vectors of {@link Width#S}: operation for
 * operation the scalar forms, hence the same bits (save NaN payloads). The reasoning behind each
 * line is with the scalar form.
 */
final class VectorMath {
  private VectorMath() {}

  /** {@link Exp#exp}. */
  static FloatVector exp(FloatVector x) {
    FloatVector a = x.blend(c(Exp.LOW), x.compare(VectorOperators.LT, Exp.LOW));
    IntVector t = a.fma(c(Exp.LOG2_E), c(Exp.MAGIC2)).reinterpretAsInts().min(Exp.TOP2);
    FloatVector n = t.reinterpretAsFloats().sub(Exp.MAGIC2);
    FloatVector r = n.fma(c(-Exp.LN2_LO), n.fma(c(-Exp.LN2_HI), a));
    IntVector half = t.lanewise(VectorOperators.ASHR, 1);
    return expOfRest(r).mul(power(half)).mul(power(t.sub(half)));
  }

  /** {@link Sigmoid#sigmoid}. */
  static FloatVector sigmoid(FloatVector x) {
    FloatVector z = exp(x.blend(c(Sigmoid.HIGH), x.compare(VectorOperators.GT, Sigmoid.HIGH)));
    FloatVector w = z.div(z.add(1f));
    return w.blend(z.neg().fma(w, z), z.compare(VectorOperators.LT, Sigmoid.SMALL));
  }

  /** {@link Tanh#tanh}. */
  static FloatVector tanh(FloatVector x) {
    FloatVector a = x.abs();
    a = a.blend(c(Tanh.HIGH), a.compare(VectorOperators.GT, Tanh.HIGH));
    FloatVector t = a.fma(c(2f * Exp.LOG2_E), c(Tanh.MAGIC));
    FloatVector r = t.sub(Tanh.MAGIC).fma(c(-0.5f * Exp.LN2_HI), a);
    FloatVector s = power(t.reinterpretAsInts());
    FloatVector q = r.fma(c(32f * Exp.P6), c(16f * Exp.P5));
    q = q.fma(r, c(8f * Exp.P4)).fma(r, c(4f * Exp.P3)).fma(r, c(2f * Exp.P2));
    FloatVector h = s.fma(r.mul(r).fma(q, r), s.fma(c(0.5f), c(-0.5f)));
    FloatVector w = h.div(h.add(1f));
    FloatVector y = w.blend(h.neg().fma(w, h), h.compare(VectorOperators.LT, Tanh.SMALL));
    return withSign(y, x);
  }

  /** {@link Erf#erf(float)}. */
  static FloatVector erf(FloatVector x) {
    FloatVector a = x.abs();
    a = a.blend(c(Erf.HIGH), a.compare(VectorOperators.GT, Erf.HIGH));
    FloatVector v = a.fma(erfRatio(a), a);
    FloatVector t = v.fma(c(-Exp.LOG2_E), c(Tanh.MAGIC));
    FloatVector r = t.sub(Tanh.MAGIC).fma(c(Exp.LN2_HI), v);
    FloatVector s = power(t.reinterpretAsInts());
    FloatVector q = r.fma(c(-Exp.P6), c(Exp.P5));
    q = q.fma(r, c(-Exp.P4)).fma(r, c(Exp.P3)).fma(r, c(-Exp.P2));
    FloatVector y = s.fma(r.mul(r).fma(q, r), c(1f).sub(s));
    return withSign(y, x);
  }

  /** {@link Log#log}. */
  static FloatVector log(FloatVector x) {
    var low = x.compare(VectorOperators.LT, Float.MIN_NORMAL);
    FloatVector y = x.blend(x.mul(0x1p24f), low);
    IntVector bits = y.reinterpretAsInts();
    IntVector e = bits.sub(Log.SQRT_HALF).lanewise(VectorOperators.ASHR, 23);
    FloatVector f = bits.sub(e.lanewise(VectorOperators.LSHL, 23)).reinterpretAsFloats().sub(1f);
    FloatVector t = y.fma(c(0x1p-126f), e.add(Log.BASE_BITS).reinterpretAsFloats());
    FloatVector n = t.sub(c(Log.BASE).blend(c(Log.BASE_SUBNORMAL), low));
    FloatVector r = f.mul(f).fma(f.fma(logRest(f), c(-0.5f)), f);
    FloatVector ln = n.fma(c(Log.LN2_HI), n.fma(c(Log.LN2_LO), r));
    ln = ln.blend(c(Float.NEGATIVE_INFINITY), x.compare(VectorOperators.EQ, 0f));
    return ln.blend(c(Float.NaN), x.compare(VectorOperators.LT, 0f));
  }

  private static FloatVector expOfRest(FloatVector r) {
    FloatVector q = r.fma(c(Exp.P6), c(Exp.P5)).fma(r, c(Exp.P4)).fma(r, c(Exp.P3));
    return q.fma(r, c(Exp.P2)).fma(r, c(1f)).fma(r, c(1f));
  }

  private static FloatVector erfRatio(FloatVector a) {
    FloatVector q = a.fma(c(Erf.R8), c(Erf.R7)).fma(a, c(Erf.R6)).fma(a, c(Erf.R5));
    q = q.fma(a, c(Erf.R4)).fma(a, c(Erf.R3)).fma(a, c(Erf.R2));
    return q.fma(a, c(Erf.R1)).fma(a, c(Erf.R0));
  }

  private static FloatVector logRest(FloatVector f) {
    FloatVector q = f.fma(c(Log.L7), c(Log.L6)).fma(f, c(Log.L5)).fma(f, c(Log.L4));
    return q.fma(f, c(Log.L3)).fma(f, c(Log.L2)).fma(f, c(Log.L1)).fma(f, c(Log.L0));
  }

  /** The float whose exponent bits are the low bits of {@code biased}. */
  private static FloatVector power(IntVector biased) {
    return biased.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
  }

  private static FloatVector withSign(FloatVector y, FloatVector sign) {
    return y.reinterpretAsInts().or(sign.reinterpretAsInts().and(0x80000000)).reinterpretAsFloats();
  }

  private static FloatVector c(float value) {
    return FloatVector.broadcast(S, value);
  }
}
