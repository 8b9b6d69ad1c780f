package limbeck.kd.metric;

/**
 * A figure that is undefined for some inputs, such as the F1 of a class that never occurs.
 *
 * @param value the figure; 0 where it is undefined, never NaN
 * @param defined whether the figure has a meaning for this input
 */
public record Score(double value, boolean defined) {
  static Score ratio(double numerator, double denominator) {
    return denominator == 0 ? new Score(0, false) : new Score(numerator / denominator, true);
  }
}
