package limbeck.engine.kernel.composite;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * A batch of sequences of unequal lengths, padded to the longest, without its padding: the valid
 * steps of all examples are numbered as <em>rows</em>, example after example, steps ascending. What
 * is computed on these rows alone neither pays for padding nor reads it.
 *
 * <p>Examples also have an order, by descending length, equal ones ascending: those that are still
 * running at a step are the first ones of any block of neighbours in it.
 *
 * <p>An object that keeps its arrays, to be {@link #set} for each batch.
 */
public final class Sequences {
  private int[] lengths = {};
  private int[] firstRows = {};
  private int[] order = {};
  private int[] count = {};
  private int batch;
  private int steps;
  private int rows;

  /** Without a batch yet. */
  public Sequences() {}

  /**
   * Takes a batch.
   *
   * @param ofBatch valid steps of each example, from 0 to {@code most}, I32; null if all are valid
   * @return this
   */
  public Sequences set(Tensor ofBatch, int examples, int most) {
    batch = examples;
    steps = most;
    reserve();
    rows = 0;
    for (int b = 0; b < batch; b++) {
      lengths[b] = ofBatch == null ? steps : ofBatch.ints()[ofBatch.offset() + b];
      firstRows[b] = rows;
      rows += lengths[b];
    }
    sort();
    return this;
  }

  private void reserve() {
    if (lengths.length < batch) {
      lengths = new int[batch];
      firstRows = new int[batch];
      order = new int[batch];
    }
    if (count.length <= steps) {
      count = new int[steps + 1];
    }
  }

  /** Counting sort: first how many examples have a length, then where the first of them goes. */
  private void sort() {
    for (int length = 0; length <= steps; length++) {
      count[length] = 0;
    }
    for (int b = 0; b < batch; b++) {
      count[lengths[b]]++;
    }
    int next = 0;
    for (int length = steps; length >= 0; length--) {
      next += count[length];
      count[length] = next - count[length];
    }
    for (int b = 0; b < batch; b++) {
      order[count[lengths[b]]++] = b;
    }
  }

  /** The number of rows. */
  public int rows() {
    return rows;
  }

  /** The number of valid steps of example {@code b}. */
  public int length(int b) {
    return lengths[b];
  }

  /** The row of step 0 of example {@code b}; its other steps follow. */
  public int firstRow(int b) {
    return firstRows[b];
  }

  /** The example at a position in the order. */
  public int example(int position) {
    return order[position];
  }

  /** How many of the examples at positions {@code from} to {@code to} have a step {@code k}. */
  public int active(int from, int to, int k) {
    int end = from;
    while (end < to && lengths[order[end]] > k) {
      end++;
    }
    return end - from;
  }

  /** Copies the rows of examples {@code from} to {@code to} out of a padded x [batch, steps, n]. */
  public void gather(Rows r, Tensor x, Tensor to, int from, int end) {
    int n = x.shape().last();
    for (int b = from; b < end; b++) {
      r.copy(x, b * steps * n, to, firstRows[b] * n, lengths[b] * n);
    }
  }

  /** The reverse of {@link #gather}; padding becomes zero. */
  public void scatter(Rows r, Tensor from, Tensor x, int start, int end) {
    int n = x.shape().last();
    for (int b = start; b < end; b++) {
      int valid = lengths[b] * n;
      r.copy(from, firstRows[b] * n, x, b * steps * n, valid);
      r.fill(0, x, b * steps * n + valid, steps * n - valid);
    }
  }
}
