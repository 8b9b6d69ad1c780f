package limbeck.engine.kernel.composite;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * Adds rows up by the ids they belong to: y[id] = Σ x[p] over the positions p that hold this id, in
 * ascending order, starting from the first; 0 where no position holds it. Positions are sorted by
 * id first. Then each row of y is a matter of its own: no two threads write to one, and no order
 * depends on them.
 */
public final class ScatterAdd {
  private ScatterAdd() {}

  /**
   * Sorts positions by id, those of one id in ascending order: id's positions stand in {@code
   * order} from {@code starts[id]} to {@code starts[id + 1]}.
   *
   * @param ids I32, from 0 to n − 1
   * @param starts receives n + 1 numbers, I32
   * @param order receives as many positions as there are ids, I32
   */
  public static void sort(Tensor ids, int n, Tensor starts, Tensor order) {
    int[] id = ids.ints();
    int[] start = starts.ints();
    int[] position = order.ints();
    int first = starts.offset();
    starts.fill(0);
    for (int p = 0; p < ids.size(); p++) {
      start[first + id[ids.offset() + p]]++;
    }
    int end = 0;
    for (int k = first; k < first + n; k++) { // from counts to ends
      end += start[k];
      start[k] = end;
    }
    start[first + n] = end;
    for (int p = ids.size() - 1; p >= 0; p--) { // from ends down to starts
      position[order.offset() + --start[first + id[ids.offset() + p]]] = p;
    }
  }

  /**
   * y[row] for rows {@code from} to {@code to}; row is o·n + id.
   *
   * @param x rows of length {@code length}: row o·positions + p
   */
  public static void forward(
      Rows r,
      Tensor x,
      int length,
      int positions,
      Tensor starts,
      Tensor order,
      Tensor y,
      int from,
      int to) {
    int n = starts.size() - 1;
    for (int row = from; row < to; row++) {
      int outer = row / n;
      int id = starts.offset() + row - outer * n;
      int first = starts.ints()[id];
      int end = starts.ints()[id + 1];
      if (first == end) {
        r.fill(0, y, row * length, length);
      }
      for (int k = first; k < end; k++) {
        int source = (outer * positions + order.ints()[order.offset() + k]) * length;
        if (k == first) {
          r.copy(x, source, y, row * length, length);
        } else {
          r.add(y, row * length, x, source, y, row * length, length);
        }
      }
    }
  }
}
