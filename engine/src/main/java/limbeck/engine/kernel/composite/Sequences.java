package limbeck.engine.kernel.composite;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * A batch of sequences of unequal lengths, padded to the longest, without its padding: the valid
 * steps of all examples are numbered as <em>rows</em>, example after example, steps ascending. What
 * is computed on these rows alone neither pays for padding nor reads it.
 *
 * <p>A <em>plan</em> says where everything lies. It is an I32 scratch tensor, so that every chunk
 * of an op's work can make its own without allocating: [0, batch) the lengths, then the first row
 * of each example, then the examples in descending order of length (equal ones ascending), then
 * room for counting. In that order the examples that are still running at a step are the first ones
 * of any block of neighbours.
 */
public final class Sequences {
  private Sequences() {}

  /** The number of elements of a plan. */
  public static int planSize(int batch, int steps) {
    return 3 * batch + steps + 1;
  }

  /**
   * Writes the plan.
   *
   * @param lengths valid steps of each example, from 0 to {@code steps}, I32; null if all are valid
   * @param plan scratch of {@link #planSize} elements at least
   * @return the number of rows
   */
  public static int plan(Tensor lengths, int batch, int steps, Tensor plan) {
    int[] p = plan.ints();
    int at = plan.offset();
    int rows = 0;
    for (int b = 0; b < batch; b++) {
      p[at + b] = lengths == null ? steps : lengths.ints()[lengths.offset() + b];
      p[at + batch + b] = rows;
      rows += p[at + b];
    }
    sort(p, at, batch, steps);
    return rows;
  }

  /** Counting sort: first how many examples have a length, then where the first of them goes. */
  private static void sort(int[] p, int at, int batch, int steps) {
    int order = at + 2 * batch;
    int count = at + 3 * batch;
    for (int length = 0; length <= steps; length++) {
      p[count + length] = 0;
    }
    for (int b = 0; b < batch; b++) {
      p[count + p[at + b]]++;
    }
    int next = 0;
    for (int length = steps; length >= 0; length--) {
      next += p[count + length];
      p[count + length] = next - p[count + length];
    }
    for (int b = 0; b < batch; b++) {
      p[order + p[count + p[at + b]]++] = b;
    }
  }

  /** The number of valid steps of example {@code b}. */
  public static int length(Tensor plan, int b) {
    return plan.ints()[plan.offset() + b];
  }

  /** The row of step 0 of example {@code b}; its other steps follow. */
  public static int firstRow(Tensor plan, int batch, int b) {
    return plan.ints()[plan.offset() + batch + b];
  }

  /** The example at a position in descending order of length. */
  public static int example(Tensor plan, int batch, int position) {
    return plan.ints()[plan.offset() + 2 * batch + position];
  }

  /** How many of the examples at positions {@code from} to {@code to} have more steps than this. */
  public static int active(Tensor plan, int batch, int from, int to, int steps) {
    int n = from;
    while (n < to && length(plan, example(plan, batch, n)) > steps) {
      n++;
    }
    return n - from;
  }

  /** Copies the rows of examples {@code from} to {@code to} out of a padded x [batch, steps, n]. */
  public static void gather(
      Rows r, Tensor plan, int batch, Tensor x, Tensor rows, int from, int to) {
    int n = x.shape().last();
    int steps = x.shape().axis(1);
    for (int b = from; b < to; b++) {
      int first = firstRow(plan, batch, b);
      r.copy(x, b * steps * n, rows, first * n, length(plan, b) * n);
    }
  }

  /** The reverse of {@link #gather}; padding becomes zero. */
  public static void scatter(
      Rows r, Tensor plan, int batch, Tensor rows, Tensor x, int from, int to) {
    int n = x.shape().last();
    int steps = x.shape().axis(1);
    for (int b = from; b < to; b++) {
      int valid = length(plan, b) * n;
      r.copy(rows, firstRow(plan, batch, b) * n, x, b * steps * n, valid);
      r.fill(0, x, b * steps * n + valid, steps * n - valid);
    }
  }
}
