package limbeck.engine.kernel;

import limbeck.engine.tensor.Tensor;

/**
 * Row loops of normalisation: with a mean taken off, in one pass over the row. Under the contract
 * of {@link Rows}, every operation rounded once, in the order of the brackets.
 */
public interface CentredRows {
  /**
   * Σ (a − ma)·(b − mb), in 16 virtual lanes as {@link Rows#dot}, each lane by fma: the dot product
   * of the rounded differences. +0 if n = 0.
   */
  double centredDot(Tensor a, int i, double ma, Tensor b, int j, double mb, int n);

  /** y = (x − mean)·factor + shift. */
  void normalize(Tensor x, int i, double mean, double factor, double shift, Tensor y, int j, int n);

  /** y = max((x − mean)·factor + shift, 0), as {@link #normalize} and {@link Rows#relu}. */
  void normalizeRelu(
      Tensor x, int i, double mean, double factor, double shift, Tensor y, int j, int n);

  /**
   * y = max(((x − mean)·factor + shift) + a, 0), as {@link #normalize}, {@link Rows#add} and {@link
   * Rows#relu}.
   */
  void normalizeAddRelu(
      Tensor x,
      int i,
      double mean,
      double factor,
      double shift,
      Tensor a,
      int k,
      Tensor y,
      int j,
      int n);

  /** dx = ((dy − (x − mean)·b) − a)·factor. */
  void normalizeGrad(
      Tensor x,
      int i,
      Tensor dy,
      int j,
      double mean,
      double b,
      double a,
      double factor,
      Tensor dx,
      int k,
      int n);
}
