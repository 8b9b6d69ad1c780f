package limbeck.kd.data;

/**
 * A data set in two parts: one to train on, one held out from training.
 *
 * @param train what is left to train on
 * @param heldOut what choices are made with
 */
public record Split(Dataset train, Dataset heldOut) {

  /**
   * Holds out the last {@code count} examples.
   *
   * @throws IllegalArgumentException unless both parts have examples
   */
  public static Split last(Dataset data, int count) {
    check(data, count);
    int from = data.size() - count;
    return new Split(data.slice(0, from), data.slice(from, data.size()));
  }

  /**
   * Holds out {@code count} examples, drawn at random and from each class as many as its share: its
   * part of {@code count} rounded down, and one more where the fractions are largest (the method of
   * Hamilton; of equal fractions, that of the smaller label); where examples have scores, of all
   * alike. Both parts keep the order of the set. What is drawn is a function of the seed and the
   * labels, or the number of examples, alone.
   *
   * @throws IllegalArgumentException unless both parts have examples
   */
  public static Split stratified(Dataset data, int count, long seed) {
    check(data, count);
    int[] quotas = Strata.shares(Strata.counts(data), count);
    boolean[] held = Strata.drawn(data, quotas, seed, Strata.HELD_OUT);
    return new Split(Strata.where(data, held, false), Strata.where(data, held, true));
  }

  private static void check(Dataset data, int count) {
    if (count < 1 || count >= data.size()) {
      throw new IllegalArgumentException(
          data.name()
              + ": cannot hold out "
              + count
              + " of "
              + data.size()
              + " examples; both parts need one at least");
    }
  }
}
