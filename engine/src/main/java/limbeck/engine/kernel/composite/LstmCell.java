package limbeck.engine.kernel.composite;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * One step of one example of a long short-term memory with n units. Hochreiter and Schmidhuber
 * 1997, Neural Computation 9(8); forget gates by Gers, Schmidhuber and Cummins 2000.
 *
 * <p><b>Forward.</b> The step gets a vector a of 4n numbers, the sum of what the input and the last
 * hidden state contribute, a = W·x + U·h' + b (the matrix products are the caller's), in four
 * pieces: input gate, forget gate, candidate, output gate. With σ the sigmoid and ⊙ the product of
 * elements:
 *
 * <pre>
 * i = σ(a₁)   f = σ(a₂)   g = tanh(a₃)   o = σ(a₄)
 * c = f ⊙ c' + i ⊙ g
 * h = o ⊙ tanh(c)
 * </pre>
 *
 * <p>Of these, (i, f, g, o) and c are kept: the backward pass needs the gates and not what they
 * were made of, because the derivatives of both functions follow from their values, σ' = σ·(1 − σ)
 * and tanh' = 1 − tanh².
 *
 * <p><b>Backward.</b> The loss depends on h along two ways: through this step's output, and through
 * the next step's a, which contains U·h. Likewise on c: through h, and through the next step's
 * cell, c'' = f''⊙c + …. So the steps are walked from the last to the first, carrying along
 *
 * <pre>
 * dh = ∂L/∂output + Uᵀ·da''        (dh: the whole derivative by h; da'': by the next step's a)
 * dc = dc''⊙f''                    (so far; what comes through h is added below)
 * </pre>
 *
 * where at an example's last step the terms with '' are absent. Within the step, from the last
 * formula back to the first: h = o ⊙ tanh(c) gives
 *
 * <pre>
 * do  = dh ⊙ tanh(c)
 * dc += dh ⊙ o ⊙ (1 − tanh(c)²)    now dc is the whole derivative by c
 * </pre>
 *
 * then c = f ⊙ c' + i ⊙ g gives
 *
 * <pre>
 * di = dc ⊙ g     dg = dc ⊙ i     df = dc ⊙ c'     and for the step before:  dc' = dc ⊙ f
 * </pre>
 *
 * and finally the four functions give
 *
 * <pre>
 * da₁ = di·i·(1 − i)   da₂ = df·f·(1 − f)   da₃ = dg·(1 − g²)   da₄ = do·o·(1 − o).
 * </pre>
 *
 * <p>{@link Rows#lstmGrad} is these lines; {@link #backward} knows of empty cells as well. What
 * remains is linear and the caller's: from a = W·x + U·h' + b, with all steps of all examples as
 * rows of matrices, dW = daᵀ·x, dU = daᵀ·h', db = Σ da, dx = da·W, and dh' = da·U, the only one of
 * them that the step before has to wait for.
 *
 * <p>The error travels through c by a product with f alone, without a matrix: that is why it
 * neither vanishes nor explodes while the forget gate is open.
 */
public final class LstmCell {
  private LstmCell() {}

  /**
   * The first step from an empty state, where U·h' is absent and c' = 0; those with a state are
   * {@link Rows#lstmGates} and {@link Rows#lstmState}.
   *
   * @param x W·x at {@code xAt}, to which both biases are added, one after the other
   * @param gates receives (i, f, g, o) at {@code g}
   * @param cell receives c at {@code cellAt}
   * @param hidden receives h at {@code hiddenAt}
   */
  public static void first(
      Rows r,
      int n,
      Tensor x,
      int xAt,
      Tensor biasIh,
      Tensor biasHh,
      Tensor gates,
      int g,
      Tensor cell,
      int cellAt,
      Tensor hidden,
      int hiddenAt) {
    r.add(x, xAt, biasIh, 0, gates, g, 4 * n);
    r.add(gates, g, biasHh, 0, gates, g, 4 * n);
    r.sigmoid(gates, g, gates, g, 2 * n);
    r.tanh(gates, g + 2 * n, gates, g + 2 * n, n);
    r.sigmoid(gates, g + 3 * n, gates, g + 3 * n, n);
    r.mul(gates, g, gates, g + 2 * n, cell, cellAt, n);
    r.tanh(cell, cellAt, hidden, hiddenAt, n);
    r.mul(gates, g + 3 * n, hidden, hiddenAt, hidden, hiddenAt, n);
  }

  /**
   * One step backward. Where the cell was empty before, df = 0.
   *
   * @param saved the gates at {@code g}, the cell at {@code cellAt}
   * @param before c' at {@code beforeAt}; null for a cell that was empty
   * @param dh derivative by h at {@code i·n}
   * @param dc derivative by c at {@code i·n}, but for what comes through h
   * @param da receives the derivative by a at {@code i·4n}
   * @param dcBefore receives the derivative by c' at {@code i·n}
   * @param i the row of the gradients
   */
  public static void backward(
      Rows r,
      int n,
      Tensor saved,
      int g,
      Tensor before,
      int beforeAt,
      int cellAt,
      Tensor dh,
      Tensor dc,
      Tensor da,
      Tensor dcBefore,
      int i) {
    int at = i * n;
    int a = 4 * at;
    Tensor was = before == null ? saved : before; // where empty, any numbers: df is written below
    int wasAt = before == null ? cellAt : beforeAt;
    r.lstmGrad(saved, g, was, wasAt, saved, cellAt, dh, at, dc, at, da, a, dcBefore, at, n);
    if (before == null) {
      r.fill(0, da, a + n, n);
    }
  }
}
