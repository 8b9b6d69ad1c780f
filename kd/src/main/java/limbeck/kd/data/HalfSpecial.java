package limbeck.kd.data;

import java.util.List;
import java.util.stream.IntStream;
import limbeck.engine.random.Philox;

/**
 * Epochs of which half the examples are special: each special example once, and as many others,
 * drawn anew for every epoch, without repetition until all have come. Their order is that of a
 * {@link Sampler}. A function of seed, epoch and the two lists.
 */
public final class HalfSpecial implements Order {
  private static final long OTHERS = 0x4f544852; // "OTHR"

  private final long seed;
  private final int[] special;
  private final int[] others;

  /**
   * An order.
   *
   * @param special numbers of special examples
   * @param others numbers of the others
   * @throws IllegalArgumentException if there are none of either
   */
  public HalfSpecial(long seed, int[] special, int[] others) {
    if (special.length == 0 || others.length == 0) {
      throw new IllegalArgumentException(
          special.length
              + " special and "
              + others.length
              + " other examples: an epoch needs some of both");
    }
    this.seed = seed;
    this.special = special.clone();
    this.others = others.clone();
  }

  /** The examples of a set by whether they are of certain classes. */
  public static HalfSpecial of(long seed, Dataset data, List<Integer> classes) {
    return new HalfSpecial(
        seed,
        IntStream.range(0, data.size()).filter(i -> classes.contains(data.label(i))).toArray(),
        IntStream.range(0, data.size()).filter(i -> !classes.contains(data.label(i))).toArray());
  }

  /** How many times as often a special example comes as any other. */
  public double oversampled() {
    return (double) others.length / special.length;
  }

  @Override
  public int size() {
    return 2 * special.length;
  }

  @Override
  public void order(int epoch, int[] order) {
    new Sampler(seed, size()).order(epoch, order); // places, then what is there
    int[] drawn = drawn(epoch);
    for (int i = 0; i < order.length; i++) {
      int place = order[i];
      order[i] = place < special.length ? special[place] : drawn[place - special.length];
    }
  }

  private int[] drawn(int epoch) {
    Philox random = new Philox(seed).stream(OTHERS).stream(epoch);
    int[] drawn = new int[special.length];
    int[] turn = new int[others.length];
    for (int i = 0; i < drawn.length; i++) {
      if (i % turn.length == 0) {
        random.stream(i / turn.length).permutation(turn);
      }
      drawn[i] = others[turn[i % turn.length]];
    }
    return drawn;
  }
}
