package limbeck.engine.op;

import java.util.function.IntFunction;
import limbeck.engine.verify.ErrorBound;

/**
 * A number as naive double code computes it, and how far from it float32 may be: running error
 * analysis (Higham 2002, section 3.3), each operation with its own rounding. For ops that are too
 * long for a formula.
 *
 * @param value in double
 * @param error bound of |float32 − double|
 */
record Near(double value, double error) {
  /** Largest errors of the functions, in roundings: see the classes in limbeck.engine.math. */
  private static final double SIGMOID = 2 * 1.647;

  private static final double TANH = 2 * 1.855;

  static final Near ZERO = exact(0);
  static final Near ONE = exact(1);

  static Near exact(double value) {
    return new Near(value, 0);
  }

  private static Near rounded(double value, double error, double roundings) {
    return new Near(value, error + ErrorBound.gamma(roundings) * (Math.abs(value) + error));
  }

  Near plus(Near y) {
    return rounded(value + y.value, error + y.error, 1);
  }

  Near minus(Near y) {
    return rounded(value - y.value, error + y.error, 1);
  }

  Near times(Near y) {
    return rounded(value * y.value, productError(y), 1);
  }

  private double productError(Near y) {
    return Math.abs(value) * y.error + Math.abs(y.value) * error + error * y.error;
  }

  private double size() {
    return Math.abs(value) + error;
  }

  /** Nearest within ±limit; not rounded. */
  Near clip(double limit) {
    return new Near(Math.max(-limit, Math.min(limit, value)), error);
  }

  /** The derivative is 1/4 at most. */
  Near sigmoid() {
    return rounded(1 / (1 + StrictMath.exp(-value)), error / 4, SIGMOID);
  }

  /** The derivative is 1 at most. */
  Near tanh() {
    return rounded(StrictMath.tanh(value), error, TANH);
  }

  /** An element of a matrix product of {@code k} terms. */
  static Near dot(int k, IntFunction<Near> a, IntFunction<Near> b) {
    return sum(k, a, b, ErrorBound.product(k));
  }

  /** A sum over {@code rows} as ColumnSum takes it. */
  static Near columnSum(int rows, IntFunction<Near> x) {
    return sum(rows, x, i -> ONE, ErrorBound.columnSum(rows));
  }

  private static Near sum(int n, IntFunction<Near> a, IntFunction<Near> b, double roundings) {
    double value = 0;
    double error = 0;
    double size = 0;
    for (int i = 0; i < n; i++) {
      Near x = a.apply(i);
      Near y = b.apply(i);
      value += x.value * y.value;
      error += x.productError(y);
      size += x.size() * y.size();
    }
    return new Near(value, error + ErrorBound.gamma(roundings) * size);
  }
}
