package limbeck.autograd;

import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Which rows of a gradient's memory may hold something else than zeros: any, or a few, ascending. A
 * set of numbers that keeps its arrays.
 */
final class TouchedRows {
  private int[] rows = {};
  private int[] spare = {};
  private int count;
  private boolean any;

  /** From now on none. */
  void clear() {
    count = 0;
    any = false;
  }

  /** From now on any. */
  void becomeAny() {
    any = true;
  }

  boolean isAny() {
    return any;
  }

  /** The rows, unless they are any. */
  Tensor rows() {
    return Tensor.of(Shape.of(count), rows);
  }

  /** Adds the first {@code n} numbers of an ascending I32 tensor; in vain if it is any. */
  void add(Tensor more, int n) {
    if (any) {
      return;
    }
    if (spare.length < count + n) {
      spare = new int[Math.max(count + n, 2 * spare.length)];
    }
    int merged = 0;
    int j = 0;
    for (int i = 0; i < count || j < n; merged++) {
      int mine = i < count ? rows[i] : Integer.MAX_VALUE;
      int other = j < n ? more.ints()[more.offset() + j] : Integer.MAX_VALUE;
      spare[merged] = Math.min(mine, other);
      i += mine <= other ? 1 : 0;
      j += other <= mine ? 1 : 0;
    }
    int[] used = rows;
    rows = spare;
    spare = used;
    count = merged;
  }
}
