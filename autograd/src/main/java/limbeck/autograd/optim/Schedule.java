package limbeck.autograd.optim;

/** A number that depends on training progress: a learning rate, a weight. */
@FunctionalInterface
public interface Schedule {
  /**
   * The value at a point in training.
   *
   * @param progress from 0 (start) to 1 (end)
   */
  double at(double progress);

  /** Always the same. */
  static Schedule constant(double value) {
    return progress -> value;
  }

  /** A straight line. */
  static Schedule linear(double from, double to) {
    return progress -> from + (to - from) * progress;
  }

  /**
   * Equal factors over equal times, from one positive value to another.
   *
   * @throws IllegalArgumentException if one of them is not above 0
   */
  static Schedule exponential(double from, double to) {
    if (!(from > 0 && to > 0)) {
      throw new IllegalArgumentException(
          "schedule: exponential from " + from + " to " + to + ", both must be above 0");
    }
    double log = StrictMath.log(to / from);
    return progress -> from * StrictMath.exp(log * progress);
  }

  /** Half a cosine wave. Loshchilov and Hutter 2017, arXiv:1608.03983, without restarts. */
  static Schedule cosine(double from, double to) {
    return progress -> to + (from - to) * 0.5 * (1 + StrictMath.cos(StrictMath.PI * progress));
  }

  /**
   * A value that is divided by {@code divisor} once for each of the given points of progress that
   * is reached.
   *
   * @throws IllegalArgumentException if the divisor is not a finite number above 0
   */
  static Schedule step(double from, double divisor, double... points) {
    if (!(divisor > 0 && divisor < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("schedule: steps divide by " + divisor);
    }
    double[] own = points.clone();
    return progress -> {
      double value = from;
      for (double point : own) {
        value = progress >= point ? value / divisor : value;
      }
      return value;
    };
  }

  /**
   * This schedule, multiplied by a line from 0 to 1 over the first {@code share} of training.
   *
   * @throws IllegalArgumentException if the share is not in [0, 1]
   */
  default Schedule warmUp(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("schedule: warm-up share " + share + " is not in [0, 1]");
    }
    return progress -> at(progress) * (progress < share ? progress / share : 1);
  }

  /**
   * This schedule, multiplied by {@code factor} once for each of the given points of progress that
   * is reached.
   */
  default Schedule steps(double factor, double... points) {
    double[] own = points.clone();
    return progress -> {
      double value = at(progress);
      for (double point : own) {
        value = progress >= point ? value * factor : value;
      }
      return value;
    };
  }
}
