package limbeck.kd.report.html;

/** Measures that all plots share, in units. */
final class Plot {
  /** Width of a plot of its own. */
  static final int WIDE = 328;

  /** Width of one of several panels with the same axes. */
  static final int SMALL = 164;

  private Plot() {}
}
