package limbeck.engine.op.layout;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Blocks;
import limbeck.engine.tensor.Tensor;

/**
 * Choice by an I32 mask that is repeated where it has fewer or smaller axes than the numbers: 1
 * chooses the one, 0 the other. Masks come in runs (padding, the future of a causal mask), so runs
 * are copied or filled rather than elements chosen.
 */
final class Mask {
  private Mask() {}

  /**
   * y = on where the mask is not 0, else off, for rows {@code from} to {@code to}.
   *
   * @param onOrNull null for {@code onValue} everywhere, and likewise for off
   */
  static void choose(
      Rows r,
      Tensor mask,
      Tensor onOrNull,
      double onValue,
      Tensor offOrNull,
      double offValue,
      Tensor y,
      int from,
      int to) {
    int n = y.shape().last();
    int step = mask.shape().last() == 1 ? 0 : 1;
    for (int row = from; row < to; row++) {
      int first =
          mask.offset() + Blocks.index(mask.shape(), y.shape(), 1, row) * mask.shape().last();
      int t = 0;
      while (t < n) {
        boolean on = mask.ints()[first + t * step] != 0;
        int end = step == 0 ? n : endOfRun(mask.ints(), first, t, n);
        Tensor source = on ? onOrNull : offOrNull;
        if (source == null) {
          r.fill(on ? onValue : offValue, y, row * n + t, end - t);
        } else {
          r.copy(source, row * n + t, y, row * n + t, end - t);
        }
        t = end;
      }
    }
  }

  private static int endOfRun(int[] mask, int first, int t, int n) {
    boolean on = mask[first + t] != 0;
    int end = t + 1;
    while (end < n && mask[first + end] != 0 == on) {
      end++;
    }
    return end;
  }
}
