package limbeck.engine.kernel;

import limbeck.engine.tensor.Tensor;

/**
 * Row loops of functions that are seldom what takes the time: of floats there is one plain form,
 * which all providers share. Under the contract of {@link Rows}; operations are rounded once, in
 * the order of the brackets.
 */
public interface PlainRows {
  /** y = min(max(x, low), high); NaN for NaN. Bounds: low at most high. */
  void clamp(Tensor x, int i, double low, double high, Tensor y, int j, int n);

  /** dx = dy where low ≤ x ≤ high, else 0. */
  void clampGrad(
      Tensor x, int i, double low, double high, Tensor dy, int j, Tensor dx, int k, int n);

  /** y = x where x > 0, else alpha · (eˣ − 1). */
  void elu(Tensor x, int i, double alpha, Tensor y, int j, int n);

  /** dx = dy where x > 0, else dy · (alpha · eˣ). */
  void eluGrad(Tensor x, int i, double alpha, Tensor dy, int j, Tensor dx, int k, int n);

  /** y = x · min(max(x · ⅙ + ½, 0), 1). */
  void hardSwish(Tensor x, int i, Tensor y, int j, int n);

  /** dx = dy where x > 3, 0 where x {@literal <} −3, else dy · (x · ⅓ + ½). */
  void hardSwishGrad(Tensor x, int i, Tensor dy, int j, Tensor dx, int k, int n);

  /** y = x · q / (q + 2) with q = e · (e + 2), e = e^min(x, 20): x · tanh(ln(1 + eˣ)). */
  void mish(Tensor x, int i, Tensor y, int j, int n);

  /**
   * dx = dy · (q / (q + 2) + 4 · m · (e · (1 + e)) / (q + 2)²), with m = min(x, 20), e = eᵐ, n as
   * in {@link #mish}.
   */
  void mishGrad(Tensor x, int i, Tensor dy, int j, Tensor dx, int k, int n);

  /** y = 1 / √x, rounded once; +∞ for +0, NaN below 0. */
  void reciprocalRoot(Tensor x, int i, Tensor y, int j, int n);

  /** y = erf x. */
  void erf(Tensor x, int i, Tensor y, int j, int n);

  /** y = sin x, x in radians. */
  void sin(Tensor x, int i, Tensor y, int j, int n);

  /** y = cos x, x in radians. */
  void cos(Tensor x, int i, Tensor y, int j, int n);

  /** y = xᵖ, with the special values of {@link StrictMath#pow}. */
  void power(Tensor x, int i, double p, Tensor y, int j, int n);

  /** dx = dy · (p · xᵖ⁻¹), the bracket rounded once; 0 for p = 0. */
  void powerGrad(Tensor x, int i, double p, Tensor dy, int j, Tensor dx, int k, int n);
}
