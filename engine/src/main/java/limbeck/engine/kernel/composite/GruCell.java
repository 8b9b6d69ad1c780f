package limbeck.engine.kernel.composite;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * One step of one example of a gated recurrent unit with n units. Cho et al. 2014, arXiv:1406.1078,
 * in the form in which the reset gate acts on the product, as PyTorch and cuDNN have it.
 *
 * <p><b>Forward.</b> Two vectors of 3n numbers, in pieces for the reset gate, the update gate and
 * the candidate: a = W·x + b of the input, u = U·h' of the last hidden state, with its own bias v.
 * With σ the sigmoid and ⊙ the product of elements:
 *
 * <pre>
 * r = σ(a₁ + v₁ + u₁)   z = σ(a₂ + v₂ + u₂)
 * q = u₃ + v₃           g = tanh(a₃ + r ⊙ q)
 * h = g + z ⊙ (h' − g)
 * </pre>
 *
 * <p>h lies between the candidate and what was; z says how much stays. (r, z, g, q) and h' are kept
 * for the backward pass: the derivatives of σ and tanh follow from their values.
 *
 * <p><b>Backward.</b> dh is the whole derivative by h: through this step's output and through the
 * next step's u and h'. From the last formula back to the first:
 *
 * <pre>
 * dz = dh ⊙ (h' − g)    dg = dh − dh ⊙ z     and for the step before:  dh' = dh ⊙ z
 * da₃ = dg·(1 − g²)     dq = da₃ ⊙ r         dr = da₃ ⊙ q
 * da₁ = dr·r·(1 − r)    da₂ = dz·z·(1 − z)
 * </pre>
 *
 * <p>u and v get the same as a, but dq instead of da₃: du = (da₁, da₂, dq). What remains is linear
 * and the caller's: dW = daᵀ·x, dU = duᵀ·h', db = Σ da, dv = Σ du, dx = da·W, and dh' gets du·U on
 * top, the only one of them that the step before has to wait for.
 */
public final class GruCell {
  private GruCell() {}

  /**
   * The gates (r, z, g, q) of a step.
   *
   * @param x W·x at {@code xAt}
   * @param term U·h' at {@code termAt}; null where there is no state yet
   * @param gates receives them at {@code at}
   */
  public static void gates(
      Rows r,
      int n,
      Tensor x,
      int xAt,
      Tensor biasIh,
      Tensor biasHh,
      Tensor term,
      int termAt,
      Tensor gates,
      int at) {
    r.add(x, xAt, biasIh, 0, gates, at, 3 * n);
    r.add(gates, at, biasHh, 0, gates, at, 2 * n);
    if (term == null) {
      r.copy(biasHh, 2 * n, gates, at + 3 * n, n);
    } else {
      r.add(gates, at, term, termAt, gates, at, 2 * n);
      r.add(term, termAt + 2 * n, biasHh, 2 * n, gates, at + 3 * n, n);
    }
    r.sigmoid(gates, at, gates, at, 2 * n);
    r.mulAdd(gates, at, gates, at + 3 * n, gates, at + 2 * n, n);
    r.tanh(gates, at + 2 * n, gates, at + 2 * n, n);
  }

  /**
   * The hidden state after a step.
   *
   * @param scratch n numbers at 0
   * @param hidden h' at {@code h}, which becomes the new state
   */
  public static void state(
      Rows r, int n, Tensor gates, int at, Tensor scratch, Tensor hidden, int h) {
    r.sub(hidden, h, gates, at + 2 * n, scratch, 0, n);
    r.copy(gates, at + 2 * n, hidden, h, n);
    r.mulAdd(gates, at + n, scratch, 0, hidden, h, n);
  }

  /**
   * One step backward.
   *
   * @param saved the gates at {@code at}, h' at {@code before}
   * @param dh derivative by h at {@code i·n}; becomes dh', but for what comes through u
   * @param da receives the derivative by a at {@code a}
   * @param du receives the derivative by u at {@code u}
   * @param i the row of dh
   */
  public static void backward(
      Rows r,
      int n,
      Tensor saved,
      int at,
      int before,
      Tensor dh,
      int i,
      Tensor da,
      int a,
      Tensor du,
      int u) {
    int h = i * n;
    r.sub(saved, before, saved, at + 2 * n, du, u, n); // du holds what is on the way
    r.mul(dh, h, du, u, du, u, n);
    r.sigmoidGrad(saved, at + n, du, u, da, a + n, n);
    r.mul(dh, h, saved, at + n, du, u, n);
    r.sub(dh, h, du, u, dh, h, n);
    r.tanhGrad(saved, at + 2 * n, dh, h, da, a + 2 * n, n);
    r.copy(du, u, dh, h, n);
    r.mul(da, a + 2 * n, saved, at + 3 * n, du, u, n);
    r.sigmoidGrad(saved, at, du, u, da, a, n);
    r.copy(da, a, du, u, 2 * n);
    r.mul(da, a + 2 * n, saved, at, du, u + 2 * n, n);
  }
}
