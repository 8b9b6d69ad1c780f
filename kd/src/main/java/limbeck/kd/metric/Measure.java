package limbeck.kd.metric;

/**
 * What networks are judged by, and which way is better: by it epochs and networks are chosen, and
 * arms compared.
 */
public enum Measure {
  /** The number of examples whose class is not said: fewer are better. */
  ERRORS("errors", true),
  /** Pearson's correlation of outputs with scores, −1 to 1: higher is better. */
  PEARSON("pearson", false);

  private final String word;
  private final boolean lowerIsBetter;

  Measure(String word, boolean lowerIsBetter) {
    this.word = word;
    this.lowerIsBetter = lowerIsBetter;
  }

  /**
   * The measure of data: correlation where examples have scores, errors where they have classes.
   */
  public static Measure of(boolean scored) {
    return scored ? PEARSON : ERRORS;
  }

  /** The measure that a word in a record names; errors, which are usual, where it names none. */
  public static Measure of(String word) {
    return PEARSON.word.equals(word) ? PEARSON : ERRORS;
  }

  /** The word that stands for it in records. */
  public String word() {
    return word;
  }

  /** What it is, in words. */
  public String noun() {
    return this == ERRORS ? "errors" : "Pearson correlation";
  }

  /** The best of several, in words. */
  public String best() {
    return this == ERRORS ? "fewest validation errors" : "highest validation correlation";
  }

  /** Whether a lower value is better. */
  public boolean lowerIsBetter() {
    return lowerIsBetter;
  }

  /** A value as a cost: the lower, the better. */
  public double cost(double value) {
    return lowerIsBetter ? value : -value;
  }
}
