package limbeck.engine.kernel.scalar;

import static limbeck.engine.math.Fma.fma;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** Optimizer steps in plain loops over floats. */
interface ScalarUpdates extends Rows {
  /** Adam's moments of a smaller magnitude become +0. */
  float FLOOR = 1e-30f;

  @Override
  default void sgd(Tensor w, int i, Tensor g, int j, double rate, double decay, int n) {
    float[] ws = w.floats();
    float[] gs = g.floats();
    int wi = w.offset() + i;
    int gj = g.offset() + j;
    float step = (float) -rate;
    float pull = (float) decay;
    for (int t = 0; t < n; t++) {
      float d = fma(pull, ws[wi + t], gs[gj + t]);
      ws[wi + t] = fma(step, d, ws[wi + t]);
    }
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
    float step = (float) -rate;
    float keep = (float) momentum;
    float pull = (float) decay;
    for (int t = 0; t < n; t++) {
      float d = fma(pull, ws[wi + t], gs[gj + t]);
      float u = fma(keep, vs[vk + t], d);
      vs[vk + t] = u;
      ws[wi + t] = fma(step, nesterov ? fma(keep, u, d) : u, ws[wi + t]);
    }
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
    float step = (float) -rate;
    float keep1 = (float) beta1;
    float keep2 = (float) beta2;
    float take1 = (float) (1 - beta1);
    float take2 = (float) (1 - beta2);
    float eps = (float) epsilon;
    float pull = (float) decay;
    float held = (float) shrink;
    float scale1 = (float) c1;
    float scale2 = (float) c2;
    for (int t = 0; t < n; t++) {
      float d = fma(pull, ws[wi + t], gs[gj + t]);
      float first = floor(fma(keep1, m1s[m1k + t], take1 * d));
      float second = floor(fma(keep2, m2s[m2k + t], (take2 * d) * d));
      float u = (first * scale1) / ((float) Math.sqrt(second * scale2) + eps);
      m1s[m1k + t] = first;
      m2s[m2k + t] = second;
      ws[wi + t] = fma(step, u, ws[wi + t] * held);
    }
  }

  private static float floor(float moment) {
    return Math.abs(moment) < FLOOR ? 0 : moment;
  }
}
