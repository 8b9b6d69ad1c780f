package limbeck.engine.kernel.f64;

import limbeck.engine.kernel.PlainUpdates;
import limbeck.engine.tensor.Tensor;

/** {@link PlainUpdates} over doubles. */
interface DoublePlainUpdates extends PlainUpdates {
  /** Squares below become +0. */
  double FLOOR = 1e-30;

  @Override
  default void adagrad(
      Tensor w,
      int i,
      Tensor g,
      int j,
      Tensor s,
      int k,
      double rate,
      double epsilon,
      double decay,
      int n) {
    double[] ws = w.doubles();
    double[] gs = g.doubles();
    double[] ss = s.doubles();
    int wAt = w.offset() + i;
    int gAt = g.offset() + j;
    int sAt = s.offset() + k;
    double step = -rate;
    double eps = epsilon;
    double pull = decay;
    for (int t = 0; t < n; t++) {
      double d = pull * ws[wAt + t] + gs[gAt + t];
      double square = ss[sAt + t] + d * d;
      ss[sAt + t] = square;
      ws[wAt + t] = step * d / (Math.sqrt(square) + eps) + ws[wAt + t];
    }
  }

  @Override
  default void rmsProp(
      Tensor w,
      int i,
      Tensor g,
      int j,
      Tensor s,
      Tensor vOrNull,
      int k,
      double rate,
      double keep,
      double momentum,
      double epsilon,
      double decay,
      int n) {
    double[] ws = w.doubles();
    double[] gs = g.doubles();
    double[] ss = s.doubles();
    int wAt = w.offset() + i;
    int gAt = g.offset() + j;
    int sAt = s.offset() + k;
    double[] vs = vOrNull == null ? null : vOrNull.doubles();
    int vAt = vOrNull == null ? 0 : vOrNull.offset() + k;
    double step = -rate;
    double kept = keep;
    double taken = 1 - keep;
    double speed = momentum;
    double eps = epsilon;
    double pull = decay;
    for (int t = 0; t < n; t++) {
      double d = pull * ws[wAt + t] + gs[gAt + t];
      double square = floor(kept * ss[sAt + t] + (taken * d) * d);
      double u = d / (Math.sqrt(square) + eps);
      ss[sAt + t] = square;
      if (vs != null) {
        u = speed * vs[vAt + t] + u;
        vs[vAt + t] = u;
      }
      ws[wAt + t] = step * u + ws[wAt + t];
    }
  }

  @Override
  default void adadelta(
      Tensor w,
      int i,
      Tensor g,
      int j,
      Tensor s,
      Tensor x,
      int k,
      double rate,
      double keep,
      double epsilon,
      double decay,
      int n) {
    double[] ws = w.doubles();
    double[] gs = g.doubles();
    double[] ss = s.doubles();
    double[] xs = x.doubles();
    int wAt = w.offset() + i;
    int gAt = g.offset() + j;
    int sAt = s.offset() + k;
    int xAt = x.offset() + k;
    double step = -rate;
    double kept = keep;
    double taken = 1 - keep;
    double eps = epsilon;
    double pull = decay;
    for (int t = 0; t < n; t++) {
      double d = pull * ws[wAt + t] + gs[gAt + t];
      double square = floor(kept * ss[sAt + t] + (taken * d) * d);
      double u = (Math.sqrt(xs[xAt + t] + eps) / Math.sqrt(square + eps)) * d;
      ss[sAt + t] = square;
      xs[xAt + t] = floor(kept * xs[xAt + t] + (taken * u) * u);
      ws[wAt + t] = step * u + ws[wAt + t];
    }
  }

  private static double floor(double square) {
    return square < FLOOR ? 0 : square;
  }
}
