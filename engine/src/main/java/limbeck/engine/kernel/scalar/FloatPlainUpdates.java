package limbeck.engine.kernel.scalar;

import static limbeck.engine.math.Fma.fma;

import limbeck.engine.kernel.PlainUpdates;
import limbeck.engine.tensor.Tensor;

/** {@link PlainUpdates} over floats, for all providers. */
public interface FloatPlainUpdates extends PlainUpdates {
  /** Squares below become +0. */
  float FLOOR = 1e-30f;

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
    float[] ws = w.floats();
    float[] gs = g.floats();
    float[] ss = s.floats();
    int wAt = w.offset() + i;
    int gAt = g.offset() + j;
    int sAt = s.offset() + k;
    float step = (float) -rate;
    float eps = (float) epsilon;
    float pull = (float) decay;
    for (int t = 0; t < n; t++) {
      float d = fma(pull, ws[wAt + t], gs[gAt + t]);
      float square = ss[sAt + t] + d * d;
      ss[sAt + t] = square;
      ws[wAt + t] = fma(step, d / ((float) Math.sqrt(square) + eps), ws[wAt + t]);
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
    float[] ws = w.floats();
    float[] gs = g.floats();
    float[] ss = s.floats();
    int wAt = w.offset() + i;
    int gAt = g.offset() + j;
    int sAt = s.offset() + k;
    float[] vs = vOrNull == null ? null : vOrNull.floats();
    int vAt = vOrNull == null ? 0 : vOrNull.offset() + k;
    float step = (float) -rate;
    float kept = (float) keep;
    float taken = (float) (1 - keep);
    float speed = (float) momentum;
    float eps = (float) epsilon;
    float pull = (float) decay;
    for (int t = 0; t < n; t++) {
      float d = fma(pull, ws[wAt + t], gs[gAt + t]);
      float square = floor(fma(kept, ss[sAt + t], (taken * d) * d));
      float u = d / ((float) Math.sqrt(square) + eps);
      ss[sAt + t] = square;
      if (vs != null) {
        u = fma(speed, vs[vAt + t], u);
        vs[vAt + t] = u;
      }
      ws[wAt + t] = fma(step, u, ws[wAt + t]);
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
    float[] ws = w.floats();
    float[] gs = g.floats();
    float[] ss = s.floats();
    float[] xs = x.floats();
    int wAt = w.offset() + i;
    int gAt = g.offset() + j;
    int sAt = s.offset() + k;
    int xAt = x.offset() + k;
    float step = (float) -rate;
    float kept = (float) keep;
    float taken = (float) (1 - keep);
    float eps = (float) epsilon;
    float pull = (float) decay;
    for (int t = 0; t < n; t++) {
      float d = fma(pull, ws[wAt + t], gs[gAt + t]);
      float square = floor(fma(kept, ss[sAt + t], (taken * d) * d));
      float u = ((float) Math.sqrt(xs[xAt + t] + eps) / (float) Math.sqrt(square + eps)) * d;
      ss[sAt + t] = square;
      xs[xAt + t] = floor(fma(kept, xs[xAt + t], (taken * u) * u));
      ws[wAt + t] = fma(step, u, ws[wAt + t]);
    }
  }

  private static float floor(float square) {
    return square < FLOOR ? 0 : square;
  }
}
