package limbeck.engine.kernel.composite;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * Layer norm of rows, written once over row loops: y = γ ⊙ x̂ + β with x̂ = (x − μ)·ρ, μ the mean
 * of the row, ρ = 1/√(σ² + ε) and σ² = Σ(x − μ)²/n. Ba, Kiros and Hinton 2016, arXiv:1607.06450.
 *
 * <p>Forward takes the mean first and the variance from the differences, so that a row far from
 * zero loses no more digits than its mean does. It leaves μ and ρ of each row, from which backward
 * makes x̂ again: two numbers a row instead of a copy of it.
 *
 * <p>Backward. Let g = dy ⊙ γ, the gradient of x̂. A row has its effect on the loss by three ways:
 *
 * <ul>
 *   <li>x stands in x − μ: that gives ρ·g;
 *   <li>x moves μ, dμ/dxⱼ = 1/n, and μ stands in all n differences with the factor −ρ: each element
 *       gets −ρ·(Σ g)/n. That μ also stands in σ² does not matter: Σ(x − μ) = 0;
 *   <li>x moves σ², dσ²/dxⱼ = 2·(xⱼ − μ)/n, and ρ with it, dρ/dσ² = −ρ³/2. The loss depends on ρ by
 *       Σ g·(x − μ). The product of the three is −ρ³·(xⱼ − μ)·Σ g·(x − μ)/n = −ρ·x̂ⱼ·(Σ g·x̂)/n.
 * </ul>
 *
 * <p>Together dx = ρ·(g − x̂·b − a), a the mean of g and b that of g ⊙ x̂: {@link #inputGradient}
 * computes it in this order. What a subtraction of a mean and a division by a deviation cannot see,
 * a shift and a stretch of the row, has no part in dx: it is orthogonal to (1, …, 1), and but for ε
 * to x̂. The parameters' gradients are sums over rows, dγ = Σ dy ⊙ x̂ and dβ = Σ dy.
 *
 * <p>{@code saved} holds μ and ρ of row i in elements 2·i and 2·i + 1.
 */
public final class LayerNormKernel {
  private LayerNormKernel() {}

  /** y, μ and ρ for rows {@code from} to {@code to} of at least one element. */
  public static void forward(
      Rows r,
      Tensor x,
      Tensor gamma,
      Tensor beta,
      double epsilon,
      Tensor saved,
      Tensor y,
      int from,
      int to) {
    int n = x.shape().last();
    for (int row = from; row < to; row++) {
      int i = row * n;
      saved.set(2 * row, r.sum(x, i, n) / n);
      r.addScalar(x, i, -saved.get(2 * row), y, i, n);
      saved.set(2 * row + 1, 1 / Math.sqrt(r.dot(y, i, y, i, n) / n + epsilon));
      r.scale(y, i, saved.get(2 * row + 1), y, i, n);
      r.mul(y, i, gamma, 0, y, i, n);
      r.add(y, i, beta, 0, y, i, n);
    }
  }

  /**
   * dx = ρ·(g − x̂·b − a) for rows {@code from} to {@code to}.
   *
   * @param g scratch for one row
   */
  public static void inputGradient(
      Rows r,
      Tensor x,
      Tensor gamma,
      Tensor saved,
      Tensor dy,
      Tensor g,
      Tensor dx,
      int from,
      int to) {
    int n = x.shape().last();
    for (int row = from; row < to; row++) {
      int i = row * n;
      double rho = saved.get(2 * row + 1);
      r.addScalar(x, i, -saved.get(2 * row), dx, i, n);
      r.scale(dx, i, rho, dx, i, n); // x̂, until the last line
      r.mul(dy, i, gamma, 0, g, 0, n);
      double a = r.sum(g, 0, n) / n;
      double b = r.dot(g, 0, dx, i, n) / n;
      r.axpy(-b, dx, i, g, 0, n);
      r.addScalar(g, 0, -a, g, 0, n);
      r.scale(g, 0, rho, dx, i, n);
    }
  }

  /**
   * dγ = Σ ρ·(dy ⊙ (x − μ)) over the rows of one block of {@link ColumnSum}, rows ascending by fma.
   *
   * @param term scratch for one row
   * @param sums receives row {@code block}
   */
  public static void gammaGradient(
      Rows r, Tensor x, Tensor saved, Tensor dy, Tensor term, Tensor sums, int block) {
    int n = x.shape().last();
    int rows = x.shape().rows();
    int first = block * ColumnSum.BLOCK;
    r.fill(0, sums, block * n, n);
    for (int row = first; row < Math.min(rows, first + ColumnSum.BLOCK); row++) {
      r.mulSubScalar(dy, row * n, x, row * n, saved.get(2 * row), term, 0, n);
      r.axpy(saved.get(2 * row + 1), term, 0, sums, block * n, n);
    }
  }
}
