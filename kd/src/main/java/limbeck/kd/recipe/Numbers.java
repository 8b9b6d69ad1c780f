package limbeck.kd.recipe;

/** Numbers as people type them. */
final class Numbers {
  private Numbers() {}

  /** A whole number without a point, any other as Java writes it. */
  static String text(double x) {
    return x == (long) x ? Long.toString((long) x) : Double.toString(x);
  }
}
