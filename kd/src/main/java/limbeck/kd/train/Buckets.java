package limbeck.kd.train;

import java.util.Arrays;
import java.util.Comparator;
import limbeck.engine.random.Philox;
import limbeck.kd.data.Dataset;
import limbeck.kd.data.Order;

/**
 * The order of an epoch over examples of different lengths, such that those of a batch are of about
 * the same length, and little is filled up: stretches of some batches of a random order are sorted
 * by length, then the batches are shuffled; the last one, which may be smaller, stays the last. A
 * function of seed and epoch alone.
 */
final class Buckets implements Order {
  /** Of the seed: the order of batches, each epoch from a sub-stream of its own. */
  private static final long STREAM = 0x4255434b; // "BUCK"

  /** Batches that are sorted together. */
  private static final int TOGETHER = 64;

  private final Order examples;
  private final Dataset data;
  private final int batch;
  private final long seed;

  private Buckets(Order examples, Dataset data, int batch, long seed) {
    this.examples = examples;
    this.data = data;
    this.batch = batch;
    this.seed = seed;
  }

  /** An order in buckets; the order as it is where all examples are of one length. */
  static Order of(Order examples, Dataset data, int batch, long seed) {
    return data.ofOneLength() ? examples : new Buckets(examples, data, batch, seed);
  }

  @Override
  public int size() {
    return examples.size();
  }

  @Override
  public void order(int epoch, int[] order) {
    int[] random = new int[order.length];
    examples.order(epoch, random);
    for (int from = 0; from < random.length; from += TOGETHER * batch) {
      sort(random, from, Math.min(from + TOGETHER * batch, random.length));
    }
    int[] batches = new int[order.length / batch];
    new Philox(seed).stream(STREAM).stream(epoch).permutation(batches);
    for (int i = 0; i < batches.length; i++) {
      System.arraycopy(random, batches[i] * batch, order, i * batch, batch);
    }
    int rest = batches.length * batch;
    System.arraycopy(random, rest, order, rest, order.length - rest);
  }

  private void sort(int[] order, int from, int to) {
    int[] sorted =
        Arrays.stream(order, from, to)
            .boxed()
            .sorted(Comparator.comparingInt(data::length)) // stable
            .mapToInt(Integer::intValue)
            .toArray();
    System.arraycopy(sorted, 0, order, from, sorted.length);
  }
}
