package limbeck.kd.metric;

/** The quantile of the standard normal distribution that intervals over many examples use. */
final class NormalQuantile {
  /** A standard normal variable stays within plus and minus this with probability 0.95. */
  static final double TWO_SIDED_95 = 1.959963984540054;

  private NormalQuantile() {}
}
