package limbeck.kd.metric;

import java.math.BigDecimal;
import java.util.Arrays;

/**
 * A sum of doubles without rounding error: the terms may come in any order or in parts.
 *
 * <p>The exact sum is kept as doubles whose bits do not overlap, as in J. R. Shewchuk, "Adaptive
 * precision floating-point arithmetic and fast robust geometric predicates", 1997. {@link #value()}
 * rounds it once, to nearest. Not thread-safe.
 */
public final class ExactSum {
  // Parts do not overlap, but one may hold a single bit of the 2098: their number has no useful
  // bound.
  private double[] parts = new double[16];
  private int size;

  /** Starts at zero. */
  public ExactSum() {}

  /**
   * Adds one term.
   *
   * @throws ArithmeticException if the term or the sum so far is not finite
   */
  public void add(double term) {
    if (!Double.isFinite(term)) {
      throw new ArithmeticException("cannot add " + term + " to an exact sum");
    }
    double carry = term;
    int kept = 0;
    for (int i = 0; i < size; i++) {
      double part = parts[i];
      double high = carry + part;
      double back = high - carry;
      double low = (carry - (high - back)) + (part - back);
      if (low != 0) {
        parts[kept++] = low;
      }
      carry = high;
    }
    if (!Double.isFinite(carry)) {
      throw new ArithmeticException("an exact sum overflowed");
    }
    if (kept == parts.length) {
      parts = Arrays.copyOf(parts, 2 * kept);
    }
    parts[kept++] = carry;
    size = kept;
  }

  /** Adds all that the other sum holds, which stays as it is. */
  public void add(ExactSum other) {
    double[] terms = other.parts.clone();
    int count = other.size;
    for (int i = 0; i < count; i++) {
      add(terms[i]);
    }
  }

  /** Returns the sum, rounded to the nearest double. */
  public double value() {
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < size; i++) {
      sum = sum.add(new BigDecimal(parts[i]));
    }
    return sum.doubleValue();
  }

  /** Returns a sum of its own that holds the same value. */
  ExactSum copy() {
    ExactSum copy = new ExactSum();
    copy.add(this);
    return copy;
  }
}
