package limbeck.engine.kernel.composite;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * The rows of scaled dot-product attention, written once over row loops. Vaswani et al. 2017,
 * arXiv:1706.03762, section 3.2.1. For one head of one example, with queries Q [m, d], keys K [n,
 * d] and values V [n, e],
 *
 * <p>S = c·Q·Kᵀ, P = softmax of the rows of S, O = P·V,
 *
 * <p>where c is the scale and the softmax of a row runs over the keys that its query may see; the
 * probability of all others is exactly 0. The three products are the op's ({@code
 * op.nn.Attention}); what is between them is here: {@link #softmax} from Q·Kᵀ to P, {@link
 * #gradient} back.
 *
 * <p>Backward goes through the three steps from the end, given dO [m, e].
 *
 * <ol>
 *   <li>O = P·V is a product of matrices: oᵢ = Σⱼ pᵢⱼ·vⱼ. What multiplies vⱼ in row i is pᵢⱼ, so dV
 *       = Pᵀ·dO; what multiplies pᵢⱼ is vⱼ, so dpᵢⱼ = ⟨doᵢ, vⱼ⟩, or dP = dO·Vᵀ.
 *   <li>A row of P is a softmax. From pⱼ = e^(sⱼ)/Σ e^(sₖ) follows ∂pₖ/∂sⱼ = pₖ·([j = k] − pⱼ), so
 *       dsⱼ = Σₖ dpₖ·∂pₖ/∂sⱼ = pⱼ·(dpⱼ − Σₖ pₖ·dpₖ): from each dp the row's mean of dp under p is
 *       taken, because a softmax does not see what all scores have in common. Keys that are not
 *       seen have p = 0, so that their ds is 0 without being asked for.
 *   <li>S = c·Q·Kᵀ is a product again: dQ = c·dS·K and dK = c·dSᵀ·Q.
 * </ol>
 *
 * <p>So backward needs P from forward, and S never: {@link #gradient} writes c·dS over dP.
 *
 * <p>Row loops touch the keys that a query sees, as {@link VisibleKeys} tells them: a key between
 * or past them costs no exponential, and no large negative number stands in for it.
 */
public final class AttentionKernel {
  private AttentionKernel() {}

  /**
   * P = softmax(scale · S) of the rows of a head, in place. A query that sees no key gets zeros.
   *
   * <p>Order: maximum over the keys seen; exponentials of the differences from it; their sum in the
   * order of {@link Rows#sum}, hidden keys counting as zeros: so that it depends on the keys seen
   * and their places, not on how many follow; product with its reciprocal.
   *
   * @param p with {@code at}: index of the first row, whose length is {@code keys}
   */
  public static void softmax(
      Rows r, double scale, Tensor p, int at, int queries, int keys, VisibleKeys visible) {
    for (int query = 0; query < queries; query++) {
      int row = at + query * keys;
      int end = visible.endFor(query);
      if (end > 0 && visible.startOf(0) == 0 && visible.endOf(0) >= end) {
        r.softmax(p, row, scale, p, row, end);
      } else if (end > 0) {
        exponentials(r, scale, p, row, visible, end);
        r.scale(p, row, 1 / r.sum(p, row, end), p, row, end);
      }
      r.fill(0, p, row + end, keys - end);
    }
  }

  /** e^(s − max) on the runs below {@code end}, 0 between them. */
  private static void exponentials(
      Rows r, double scale, Tensor p, int row, VisibleKeys visible, int end) {
    double max = Double.NEGATIVE_INFINITY;
    for (int run = 0, to = 0; to < end; run++) {
      int from = visible.startOf(run);
      to = Math.min(end, visible.endOf(run));
      r.scale(p, row + from, scale, p, row + from, to - from);
      max = Math.max(max, r.max(p, row + from, to - from));
    }
    for (int run = 0, done = 0; done < end; run++) {
      int from = visible.startOf(run);
      int to = Math.min(end, visible.endOf(run));
      r.fill(0, p, row + done, from - done);
      r.expMinus(p, row + from, max, p, row + from, to - from);
      done = to;
    }
  }

  /**
   * c·dS from dP, in place: ds = p ⊙ (dp − ⟨p, dp⟩), times the scale; 0 for keys past the last one
   * that a query sees.
   *
   * @param p with {@code at}: index of the first row, whose length is {@code keys}
   * @param dp the head's alone, from element 0 on, with rows of the same length
   */
  public static void gradient(
      Rows r,
      double scale,
      Tensor p,
      int at,
      Tensor dp,
      int queries,
      int keys,
      VisibleKeys visible) {
    for (int query = 0; query < queries; query++) {
      int row = query * keys;
      int end = visible.endFor(query);
      r.softmaxGrad(p, at + row, dp, row, scale, dp, row, end);
      r.fill(0, dp, row + end, keys - end);
    }
  }

  /**
   * Makes +0 of each −0 in the rows of a head. A sum that comes down to −0, which takes an
   * underflow, turns to +0 when a product of zero follows: without this, the sign would tell how
   * many keys or queries without effect come after those with one.
   */
  public static void clearSigns(Rows r, Tensor y, int at, int rows, int n, int stride) {
    for (int row = 0; row < rows; row++) {
      r.addScalar(y, at + row * stride, 0, y, at + row * stride, n);
    }
  }
}
