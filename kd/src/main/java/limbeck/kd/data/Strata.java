package limbeck.kd.data;

import java.util.Arrays;
import java.util.stream.IntStream;
import limbeck.engine.random.Philox;

/** Picks examples class by class; where they have scores, as if all were of one class. */
public final class Strata {
  /** The sub-stream that held-out examples are drawn from. */
  static final long HELD_OUT = 0x48454c44; // "HELD"

  private static final long FEW = 0x46455753; // "FEWS"

  private Strata() {}

  /**
   * {@code count} examples of each class, drawn at random, in the order of the set. With one seed a
   * smaller sample is part of every larger one.
   *
   * @throws IllegalArgumentException if a class has fewer, or the count is below 1
   */
  public static Dataset perClass(Dataset data, int count, long seed) {
    int[] counts = data.classCounts();
    for (int c = 0; c < counts.length; c++) {
      if (count < 1 || counts[c] < count) {
        throw new IllegalArgumentException(
            data.name()
                + ": cannot draw "
                + count
                + " examples of class "
                + data.classNames().get(c)
                + ", which has "
                + counts[c]);
      }
    }
    int[] quotas = new int[counts.length];
    Arrays.fill(quotas, count);
    return where(data, drawn(data, quotas, seed, FEW), true);
  }

  /**
   * {@code count} examples in the order of the set, of each class its share by largest remainders:
   * the first ones. Nothing is drawn.
   *
   * @throws IllegalArgumentException if there are fewer, or so few are asked for that a class would
   *     have none of them
   */
  public static Dataset first(Dataset data, int count) {
    int[] counts = counts(data);
    if (count > data.size()) {
      throw new IllegalArgumentException(
          data.name() + ": has " + data.size() + " examples, fewer than " + count);
    }
    int[] left = shares(counts, count);
    for (int c = 0; c < counts.length; c++) {
      if (counts[c] > 0 && left[c] == 0) {
        throw new IllegalArgumentException(
            data.name() + ": too few to have one of class " + data.classNames().get(c));
      }
    }
    boolean[] taken = new boolean[data.size()];
    for (int i = 0; i < taken.length; i++) {
      taken[i] = left[stratum(data, i)]-- > 0;
    }
    return where(data, taken, true);
  }

  /** How many examples each class has; where they have scores, how many there are. */
  static int[] counts(Dataset data) {
    return data.scored() ? new int[] {data.size()} : data.classCounts();
  }

  private static int stratum(Dataset data, int i) {
    return data.scored() ? 0 : data.label(i);
  }

  /** Parts of {@code count} in proportion to {@code counts}, by largest remainders. */
  static int[] shares(int[] counts, int count) {
    long all = Arrays.stream(counts).asLongStream().sum();
    int[] shares = new int[counts.length];
    int left = count;
    for (int c = 0; c < counts.length; c++) {
      shares[c] = (int) ((long) count * counts[c] / all);
      left -= shares[c];
    }
    IntStream.range(0, counts.length)
        .boxed()
        .sorted(
            (a, b) -> Long.compare((long) count * counts[b] % all, (long) count * counts[a] % all))
        .limit(left)
        .forEach(c -> shares[c]++);
    return shares;
  }

  /** Which examples are drawn: of class c the first {@code quotas[c]} in a random order. */
  static boolean[] drawn(Dataset data, int[] quotas, long seed, long purpose) {
    int[][] members = new int[quotas.length][];
    int[] counts = counts(data);
    Arrays.setAll(members, c -> new int[counts[c]]);
    for (int i = data.size() - 1; i >= 0; i--) {
      int stratum = stratum(data, i);
      members[stratum][--counts[stratum]] = i;
    }
    boolean[] drawn = new boolean[data.size()];
    Philox root = new Philox(seed).stream(purpose);
    for (int c = 0; c < quotas.length; c++) {
      int[] order = new int[members[c].length];
      root.stream(c).permutation(order);
      for (int k = 0; k < quotas[c]; k++) {
        drawn[members[c][order[k]]] = true;
      }
    }
    return drawn;
  }

  /** The examples that are marked so. */
  static Dataset where(Dataset data, boolean[] marks, boolean mark) {
    return data.subset(IntStream.range(0, marks.length).filter(i -> marks[i] == mark).toArray());
  }
}
