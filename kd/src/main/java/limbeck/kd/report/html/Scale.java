package limbeck.kd.report.html;

/** Where a value lies on an axis. */
interface Scale {
  /** The coordinate of a value. */
  double at(double value);

  /** A scale from values d0 to d1 onto coordinates r0 to r1; one value alone lies in the middle. */
  static Scale linear(double d0, double d1, double r0, double r1) {
    double middle = (r0 + r1) / 2;
    return d0 == d1 ? value -> middle : value -> r0 + (value - d0) / (d1 - d0) * (r1 - r0);
  }

  /** A logarithmic scale; values below the lower end, such as no errors, lie at it. */
  static Scale log(double d0, double d1, double r0, double r1) {
    Scale scale = linear(StrictMath.log(d0), StrictMath.log(d1), r0, r1);
    return value -> scale.at(StrictMath.log(Math.max(value, Math.min(d0, d1))));
  }
}
