package limbeck.kd;

/**
 * Shares of units that are dropped in training. What a unit is, each kind of network says.
 *
 * @param input of the values that go in
 * @param hidden of the units of each hidden layer
 */
public record DropoutRates(double input, double hidden) {
  /** All units stay. */
  public static final DropoutRates NONE = new DropoutRates(0, 0);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a rate is not from 0 to below 1
   */
  public DropoutRates {
    if (!(input >= 0 && input < 1 && hidden >= 0 && hidden < 1)) {
      throw new IllegalArgumentException(
          "dropout: rates " + input + " and " + hidden + ", from 0 to below 1 expected");
    }
  }
}
