package limbeck.kd.recipe;

import limbeck.kd.Progress;

/**
 * How much a term of the loss counts, epoch by epoch of its stage: nothing outside of a window, in
 * it a value, or a straight line from one value to another, which may grow from 0 at first.
 *
 * @param value at the window's first epoch, 0 or more
 * @param finalValue at its last epoch; equal to {@code value} if the weight does not change
 * @param from first epoch of the window, from 0
 * @param until the epoch after its last; {@link #END}: the stage's end
 * @param warmup epochs over which the weight grows: in the k-th of them it is k/warmup of what it
 *     else were
 */
public record Weight(double value, double finalValue, int from, int until, int warmup) {
  /** As the end of a window: the end of the stage. */
  public static final int END = Integer.MAX_VALUE;

  /** Weight 1 all the time. */
  public static final Weight ONE = of(1);

  /**
   * Checks the numbers.
   *
   * @throws RecipeException if a value is negative or not finite, or the window is empty
   */
  public Weight {
    if (!(value >= 0 && finalValue >= 0 && value + finalValue < Double.POSITIVE_INFINITY)) {
      throw new RecipeException(
          "weight " + value + " to " + finalValue + ": finite numbers from 0 on expected");
    }
    if (from < 0 || until <= from || warmup < 0) {
      throw new RecipeException(
          "weight from epoch "
              + from
              + " until "
              + until
              + " with "
              + warmup
              + " epochs of warm-up: a window of at least one epoch expected");
    }
  }

  /** The same weight all the time. */
  public static Weight of(double value) {
    return new Weight(value, value, 0, END, 0);
  }

  /** This weight in a window of epochs, and 0 outside. */
  public Weight during(int first, int end) {
    return new Weight(value, finalValue, first, end, warmup);
  }

  /** The weight at an epoch. */
  public double at(Progress p) {
    int end = Math.min(until, p.epochs());
    if (p.epoch() < from || p.epoch() >= end) {
      return 0;
    }
    int passed = p.epoch() - from;
    int last = end - 1 - from;
    double w =
        value == finalValue || last == 0 ? value : value + (finalValue - value) * passed / last;
    return warmup > passed + 1 ? w * (passed + 1) / warmup : w;
  }

  /** In words: 0.9, or 4 to 1, or 0.9 in epochs 1 to 30. */
  public String describe() {
    StringBuilder s = new StringBuilder(Numbers.text(value));
    if (finalValue != value) {
      s.append(" to ").append(Numbers.text(finalValue));
    }
    if (from > 0 || until != END) {
      s.append(" from epoch ").append(from + 1);
      s.append(until == END ? " on" : " to " + until);
    }
    if (warmup > 0) {
      s.append(", growing over ").append(warmup).append(" epochs");
    }
    return s.toString();
  }
}
