package limbeck.bench.torch;

import java.util.Locale;

/** The largest differences of an op, over its cases. */
final class Tally {
  static final String HEAD =
      "| op | cases | numbers | absolute | relative | of what is allowed |\n"
          + "|---|---|---|---|---|---|\n";

  private final String name;
  private int cases;
  private long numbers;
  private double absolute;
  private double relative;
  private double share;

  Tally(String name) {
    this.name = name;
  }

  void countCase() {
    cases++;
  }

  int cases() {
    return cases;
  }

  /**
   * Counts a number.
   *
   * @param difference of the two
   * @param scale the largest magnitude in its tensor
   * @param allowed as {@link Allowance} says
   */
  void count(double difference, double scale, double allowed) {
    numbers++;
    if (difference > 0) {
      absolute = Math.max(absolute, difference);
      relative = Math.max(relative, difference / scale);
      share = Math.max(share, difference / allowed);
    }
  }

  /** A line of the table under {@link #HEAD}. */
  String line() {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %d | %s | %s | %s |%n",
        name,
        cases,
        numbers,
        absolute == 0 ? "0" : String.format(Locale.ROOT, "%.1e", absolute),
        relative == 0 ? "0" : String.format(Locale.ROOT, "%.1e", relative),
        share == 0 ? "0" : String.format(Locale.ROOT, "%.3f", share));
  }
}
