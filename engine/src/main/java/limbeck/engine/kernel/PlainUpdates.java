package limbeck.engine.kernel;

import limbeck.engine.tensor.Tensor;

/**
 * Steps of optimizers that are seldom used: of floats there is one plain form, as of {@link
 * PlainRows}. w are weights, g their gradient, the others state; {@code 1−keep} is formed in
 * double, then rounded. Running means of squares below 1e−30 are set to +0, so that no subnormal
 * slows the loop.
 */
public interface PlainUpdates {
  /** Adagrad: d = fma(decay, w, g); s = s + d·d; w = fma(−rate, d / (√s + epsilon), w). */
  void adagrad(
      Tensor w,
      int i,
      Tensor g,
      int j,
      Tensor s,
      int k,
      double rate,
      double epsilon,
      double decay,
      int n);

  /**
   * RMSProp: d = fma(decay, w, g); s = fma(keep, s, ((1−keep)·d)·d); u = d / (√s + epsilon); v =
   * fma(momentum, v, u); w = fma(−rate, v, w), or without v, w = fma(−rate, u, w).
   *
   * @param vOrNull null for no momentum
   */
  void rmsProp(
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
      int n);

  /**
   * Adadelta: d = fma(decay, w, g); s = fma(keep, s, ((1−keep)·d)·d); u = (√(x + epsilon) / √(s +
   * epsilon))·d; x = fma(keep, x, ((1−keep)·u)·u); w = fma(−rate, u, w).
   */
  void adadelta(
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
      int n);
}
