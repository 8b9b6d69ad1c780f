package limbeck.kd.data;

import limbeck.engine.random.Philox;

/**
 * The order in which an epoch visits examples: a uniformly random permutation that is a function of
 * seed, epoch and size alone, so that a run resumed at epoch 5 sees what an uninterrupted one sees.
 *
 * @param seed of the run
 * @param size the number of examples
 */
public record Sampler(long seed, int size) implements Order {
  /**
   * The sub-stream of the seed that orders are drawn from, each epoch from a sub-stream of its own.
   */
  private static final long STREAM = 0x53414d50; // "SAMP"

  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public Sampler {
    if (size < 0) {
      throw new IllegalArgumentException("cannot order " + size + " examples");
    }
  }

  /**
   * The order of epoch {@code epoch}, in a new array: each of 0 to {@code size - 1} once.
   *
   * @throws IllegalArgumentException if the epoch is negative
   */
  public int[] order(int epoch) {
    int[] order = new int[size];
    order(epoch, order);
    return order;
  }

  /**
   * As {@link #order(int)}, into {@code order}.
   *
   * @throws IllegalArgumentException if the epoch is negative or the array is not of {@code size}
   */
  @Override
  public void order(int epoch, int[] order) {
    if (epoch < 0 || order.length != size) {
      throw new IllegalArgumentException(
          "no order of " + order.length + " examples for epoch " + epoch + " of " + size);
    }
    new Philox(seed).stream(STREAM).stream(epoch).permutation(order);
  }
}
