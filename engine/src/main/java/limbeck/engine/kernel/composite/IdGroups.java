package limbeck.engine.kernel.composite;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * Positions of equal ids, brought together: what sums the gradients of table rows without a lock,
 * and in an order of its own. It takes time for the positions alone, however many ids there could
 * be. All tensors are I32.
 */
public final class IdGroups {
  private static final int BITS = 8;
  private static final int DIGITS = 1 << BITS;

  private IdGroups() {}

  /** Elements of scratch for {@code n} ids. */
  public static int scratchSize(int n) {
    return n + DIGITS;
  }

  /**
   * Finds the different ids, ascending, and for each its positions, ascending.
   *
   * @param ids from 0 to {@code most}
   * @param skipped an id to leave out, or −1
   * @param positions receives positions, group after group; as many elements as ids
   * @param starts receives where each group begins in {@code positions}, and where the last ends;
   *     one element more than ids
   * @param found receives the id of each group
   * @param scratch {@link #scratchSize} elements
   * @return the number of groups
   */
  public static int find(
      Tensor ids,
      int most,
      int skipped,
      Tensor positions,
      Tensor starts,
      Tensor found,
      Tensor scratch) {
    int n = sort(ids, most, skipped, positions, scratch);
    int groups = 0;
    int last = -1;
    for (int i = 0; i < n; i++) {
      int id = get(ids, get(positions, i));
      if (id != last) {
        set(found, groups, id);
        set(starts, groups++, i);
        last = id;
      }
    }
    set(starts, groups, n);
    return groups;
  }

  /**
   * y = the sum of the rows of x at the positions of a group, ascending, starting from the first.
   *
   * @param first the row of x that position 0 stands for
   * @param width elements of a row
   * @param positions as {@link #find} left them, like {@code starts}
   */
  public static void sum(
      Rows r,
      Tensor x,
      int first,
      int width,
      Tensor positions,
      Tensor starts,
      int group,
      Tensor y,
      int at) {
    int start = get(starts, group);
    int end = get(starts, group + 1);
    r.copy(x, (first + get(positions, start)) * width, y, at, width);
    for (int i = start + 1; i < end; i++) {
      r.add(y, at, x, (first + get(positions, i)) * width, y, at, width);
    }
  }

  /** Radix sort by the lowest digit first: each pass keeps the order of equal digits. */
  private static int sort(Tensor ids, int most, int skipped, Tensor positions, Tensor scratch) {
    int n = 0;
    for (int i = 0; i < ids.size(); i++) {
      if (get(ids, i) != skipped) {
        set(positions, n++, i);
      }
    }
    int[] p = positions.ints();
    int[] q = scratch.ints();
    int to = scratch.offset();
    int digits = to + ids.size();
    for (int shift = 0; shift < Integer.SIZE && most >> shift > 0; shift += BITS) {
      count(ids, shift, positions, n, q, digits);
      for (int i = 0; i < n; i++) {
        int at = get(positions, i);
        q[to + q[digits + digit(get(ids, at), shift)]++] = at;
      }
      System.arraycopy(q, to, p, positions.offset(), n);
    }
    return n;
  }

  /** Where the first position with each digit goes. */
  private static void count(
      Tensor ids, int shift, Tensor positions, int n, int[] starts, int from) {
    for (int d = 0; d < DIGITS; d++) {
      starts[from + d] = 0;
    }
    for (int i = 0; i < n; i++) {
      starts[from + digit(get(ids, get(positions, i)), shift)]++;
    }
    int next = 0;
    for (int d = 0; d < DIGITS; d++) {
      next += starts[from + d];
      starts[from + d] = next - starts[from + d];
    }
  }

  private static int digit(int id, int shift) {
    return id >> shift & DIGITS - 1;
  }

  private static int get(Tensor t, int i) {
    return t.ints()[t.offset() + i];
  }

  private static void set(Tensor t, int i, int value) {
    t.ints()[t.offset() + i] = value;
  }
}
