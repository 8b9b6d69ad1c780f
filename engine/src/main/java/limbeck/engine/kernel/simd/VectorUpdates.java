package limbeck.engine.kernel.simd;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.LT;
import static limbeck.engine.kernel.simd.VectorRows.TWIN;
import static limbeck.engine.kernel.simd.Width.N;
import static limbeck.engine.kernel.simd.Width.S;

import jdk.incubator.vector.FloatVector;
import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** Optimizer steps in vectors; the rest of a row goes to the scalar twin. */
interface VectorUpdates extends Rows {
  /** Adam's moments of a smaller magnitude become +0. */
  float FLOOR = 1e-30f;

  @Override
  default void sgd(Tensor w, int i, Tensor g, int j, double rate, double decay, int n) {
    float[] ws = w.floats();
    float[] gs = g.floats();
    int wi = w.offset() + i;
    int gj = g.offset() + j;
    FloatVector step = FloatVector.broadcast(S, (float) -rate);
    FloatVector pull = FloatVector.broadcast(S, (float) decay);
    int t = 0;
    for (int whole = S.loopBound(n); t < whole; t += N) {
      FloatVector weight = fromArray(S, ws, wi + t);
      FloatVector d = pull.fma(weight, fromArray(S, gs, gj + t));
      step.fma(d, weight).intoArray(ws, wi + t);
    }
    TWIN.sgd(w, i + t, g, j + t, rate, decay, n - t);
  }

  @Override
  default void momentum(
      Tensor w,
      int i,
      Tensor g,
      int j,
      Tensor v,
      int k,
      double rate,
      double momentum,
      double decay,
      boolean nesterov,
      int n) {
    float[] ws = w.floats();
    float[] gs = g.floats();
    float[] vs = v.floats();
    int wi = w.offset() + i;
    int gj = g.offset() + j;
    int vk = v.offset() + k;
    FloatVector step = FloatVector.broadcast(S, (float) -rate);
    FloatVector keep = FloatVector.broadcast(S, (float) momentum);
    FloatVector pull = FloatVector.broadcast(S, (float) decay);
    int t = 0;
    for (int whole = S.loopBound(n); t < whole; t += N) {
      FloatVector weight = fromArray(S, ws, wi + t);
      FloatVector d = pull.fma(weight, fromArray(S, gs, gj + t));
      FloatVector u = keep.fma(fromArray(S, vs, vk + t), d);
      u.intoArray(vs, vk + t);
      if (nesterov) {
        step.fma(keep.fma(u, d), weight).intoArray(ws, wi + t);
      } else {
        step.fma(u, weight).intoArray(ws, wi + t);
      }
    }
    TWIN.momentum(w, i + t, g, j + t, v, k + t, rate, momentum, decay, nesterov, n - t);
  }

  @Override
  default void adam(
      Tensor w,
      int i,
      Tensor g,
      int j,
      Tensor m1,
      Tensor m2,
      int k,
      double rate,
      double beta1,
      double beta2,
      double epsilon,
      double decay,
      double shrink,
      double c1,
      double c2,
      int n) {
    float[] ws = w.floats();
    float[] gs = g.floats();
    float[] m1s = m1.floats();
    float[] m2s = m2.floats();
    int wi = w.offset() + i;
    int gj = g.offset() + j;
    int m1k = m1.offset() + k;
    int m2k = m2.offset() + k;
    FloatVector step = FloatVector.broadcast(S, (float) -rate);
    FloatVector keep1 = FloatVector.broadcast(S, (float) beta1);
    FloatVector keep2 = FloatVector.broadcast(S, (float) beta2);
    FloatVector pull = FloatVector.broadcast(S, (float) decay);
    float take1 = (float) (1 - beta1);
    float take2 = (float) (1 - beta2);
    int t = 0;
    for (int whole = S.loopBound(n); t < whole; t += N) {
      FloatVector weight = fromArray(S, ws, wi + t);
      FloatVector d = pull.fma(weight, fromArray(S, gs, gj + t));
      FloatVector first = keep1.fma(fromArray(S, m1s, m1k + t), d.mul(broadcast(S, take1)));
      FloatVector second = keep2.fma(fromArray(S, m2s, m2k + t), d.mul(broadcast(S, take2)).mul(d));
      first = first.blend(0f, first.abs().compare(LT, FLOOR));
      second = second.blend(0f, second.abs().compare(LT, FLOOR));
      first.intoArray(m1s, m1k + t);
      second.intoArray(m2s, m2k + t);
      FloatVector root = second.mul(broadcast(S, (float) c2)).sqrt().add((float) epsilon);
      FloatVector u = first.mul(broadcast(S, (float) c1)).div(root);
      step.fma(u, weight.mul(broadcast(S, (float) shrink))).intoArray(ws, wi + t);
    }
    TWIN.adam(
        w, i + t, g, j + t, m1, m2, k + t, rate, beta1, beta2, epsilon, decay, shrink, c1, c2,
        n - t);
  }
}
