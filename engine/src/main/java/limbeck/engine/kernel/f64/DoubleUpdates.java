package limbeck.engine.kernel.f64;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** Optimizer steps in plain loops over doubles. */
interface DoubleUpdates extends Rows {
  /** Adam's moments of a smaller magnitude become +0. */
  double FLOOR = 1e-30;

  @Override
  default void sgd(Tensor w, int i, Tensor g, int j, double rate, double decay, int n) {
    double[] ws = w.doubles();
    double[] gs = g.doubles();
    int wi = w.offset() + i;
    int gj = g.offset() + j;
    for (int t = 0; t < n; t++) {
      double d = decay * ws[wi + t] + gs[gj + t];
      ws[wi + t] -= rate * d;
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
    double[] ws = w.doubles();
    double[] gs = g.doubles();
    double[] vs = v.doubles();
    int wi = w.offset() + i;
    int gj = g.offset() + j;
    int vk = v.offset() + k;
    for (int t = 0; t < n; t++) {
      double d = decay * ws[wi + t] + gs[gj + t];
      double u = momentum * vs[vk + t] + d;
      vs[vk + t] = u;
      ws[wi + t] -= rate * (nesterov ? momentum * u + d : u);
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
    double[] ws = w.doubles();
    double[] gs = g.doubles();
    double[] m1s = m1.doubles();
    double[] m2s = m2.doubles();
    int wi = w.offset() + i;
    int gj = g.offset() + j;
    int m1k = m1.offset() + k;
    int m2k = m2.offset() + k;
    for (int t = 0; t < n; t++) {
      double d = decay * ws[wi + t] + gs[gj + t];
      double first = floor(beta1 * m1s[m1k + t] + (1 - beta1) * d);
      double second = floor(beta2 * m2s[m2k + t] + ((1 - beta2) * d) * d);
      double u = (first * c1) / (Math.sqrt(second * c2) + epsilon);
      m1s[m1k + t] = first;
      m2s[m2k + t] = second;
      ws[wi + t] = ws[wi + t] * shrink - rate * u;
    }
  }

  private static double floor(double moment) {
    return Math.abs(moment) < FLOOR ? 0 : moment;
  }
}
