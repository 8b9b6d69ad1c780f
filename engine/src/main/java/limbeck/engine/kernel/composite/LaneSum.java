package limbeck.engine.kernel.composite;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * Sums along an axis that is not the last, many side by side, with the bits of {@link Rows#sum}:
 * the 16 virtual lanes are 16 rows of numbers, to which rows of terms are added elementwise. {@link
 * ColumnSum} has another, simpler order.
 */
public final class LaneSum {
  /** Rows of scratch that a sum needs. */
  public static final int LANES = 16;

  /** Terms of one block of {@link Rows#sum}. */
  private static final int BLOCK = 4096;

  private LaneSum() {}

  /**
   * y[j + t] = Σ over k &lt; terms of x[i + k · step + t], for t &lt; n.
   *
   * @param terms 1 or more
   * @param lanes scratch of {@value #LANES} · n elements
   */
  public static void forward(
      Rows r, Tensor x, int i, int step, int terms, Tensor lanes, Tensor y, int j, int n) {
    for (int start = 0; start < terms; start += BLOCK) {
      block(r, x, i + start * step, step, Math.min(BLOCK, terms - start), lanes, n);
      if (start == 0) {
        r.copy(lanes, 0, y, j, n);
      } else {
        r.add(y, j, lanes, 0, y, j, n);
      }
    }
  }

  /** Leaves the sum of a block in the first lane. */
  private static void block(Rows r, Tensor x, int i, int step, int terms, Tensor lanes, int n) {
    int used = Math.min(terms, LANES);
    for (int k = 0; k < used; k++) {
      r.addScalar(x, i + k * step, 0, lanes, k * n, n); // lanes start at +0, so −0 becomes +0
    }
    for (int k = used; k < terms; k++) {
      r.add(lanes, k % LANES * n, x, i + k * step, lanes, k % LANES * n, n);
    }
    for (int half = LANES / 2; half > 0; half /= 2) {
      if (used > half) { // a lane without terms is +0, and no lane is −0: it changes nothing
        r.add(lanes, 0, lanes, half * n, lanes, 0, (used - half) * n);
        used = half;
      }
    }
  }
}
