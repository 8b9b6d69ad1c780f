package limbeck.engine.op;

/** Checks of a softmax temperature. */
public final class Temperature {
  private Temperature() {}

  /**
   * Returns {@code temperature}.
   *
   * @throws IllegalArgumentException unless it is in (0, 1e6]
   */
  public static double checked(String who, double temperature) {
    if (!(temperature > 0 && temperature <= 1e6)) {
      throw new IllegalArgumentException(
          who + ": temperature " + temperature + " is not in (0, 1e6]");
    }
    return temperature;
  }
}
