package limbeck.autograd.module;

import limbeck.autograd.Var;
import limbeck.engine.op.MatMul;
import limbeck.engine.tensor.ShapeException;

/**
 * What attention compares, before any softmax: for each head the scaled products Q·Kᵀ/√d of its
 * columns, as {@link limbeck.engine.op.nn.Attention} has them. Computed only where somebody looks
 * at them or teaches them; also of values with themselves, as methods of distillation do.
 */
public final class HeadScores {
  private HeadScores() {}

  /**
   * Scores [batch, heads, queries, keys], of hidden keys too.
   *
   * @param q [batch, queries, width]
   * @param k [batch, keys, width]
   * @throws ShapeException if the width does not split into so many heads, or widths differ
   */
  public static Var of(Var q, Var k, int heads) {
    int width = q.shape().last();
    if (heads < 1 || width % heads != 0) {
      throw new ShapeException(
          "headScores: a width of " + width + " does not split into " + heads + " heads");
    }
    Var queries = apart(q, heads);
    Var keys = k == q ? queries : apart(k, heads);
    int widthOfHead = width / heads;
    return queries.apply(new MatMul(false, true), keys).times(1 / Math.sqrt(widthOfHead));
  }

  /** [batch, steps, width] as [batch, heads, steps, width of a head]. */
  private static Var apart(Var x, int heads) {
    return x.reshape(0, 0, heads, -1).permute(0, 2, 1, 3);
  }
}
