package limbeck.engine.kernel.composite;

/**
 * How a window slides along an axis: at position p it covers the elements p·stride − padding +
 * t·dilation, for t from 0 to size − 1. Those outside of the axis are padding. A window takes as
 * many positions as it can without leaving the padded axis.
 *
 * @param size elements that it covers, 1 at least
 * @param stride elements from one position to the next, 1 at least
 * @param padding elements added at either end of the axis
 * @param dilation elements from one that it covers to the next, 1 at least
 */
public record Window(int size, int stride, int padding, int dilation) {
  /** Covers each element by itself. */
  public static final Window ONE = of(1);

  /** A limit that keeps products of two of these numbers within range. */
  private static final int MOST = 1 << 15;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a number is too small, or above 32,768
   */
  public Window {
    boolean least = size >= 1 && stride >= 1 && padding >= 0 && dilation >= 1;
    if (!least || size > MOST || stride > MOST || padding > MOST || dilation > MOST) {
      throw new IllegalArgumentException(
          "window of size "
              + size
              + ", stride "
              + stride
              + ", padding "
              + padding
              + ", dilation "
              + dilation
              + ": 1 at least, padding 0 at least, and at most "
              + MOST);
    }
  }

  /** A window of a size, of stride and dilation 1, without padding. */
  public static Window of(int size) {
    return new Window(size, 1, 0, 1);
  }

  /** With another stride. */
  public Window withStride(int newStride) {
    return new Window(size, newStride, padding, dilation);
  }

  /** With another padding. */
  public Window withPadding(int newPadding) {
    return new Window(size, stride, newPadding, dilation);
  }

  /** With another dilation. */
  public Window withDilation(int newDilation) {
    return new Window(size, stride, padding, newDilation);
  }

  /** Whether each position covers the element of its own number alone. */
  public boolean isIdentity() {
    return size == 1 && stride == 1 && padding == 0;
  }

  /** Elements from the first that it covers to the last, both counted. */
  public int reach() {
    return (size - 1) * dilation + 1;
  }

  /** Elements of an axis with its padding. */
  public long padded(int length) {
    return length + 2L * padding;
  }

  /** How many positions there are on an axis; 0 if the window is longer than the padded axis. */
  public int positions(int length) {
    long room = padded(length) - reach();
    return room < 0 ? 0 : (int) (room / stride + 1);
  }

  /** The first position whose element {@code t} is no padding before the axis. */
  public int firstInside(int t) {
    return Math.max(0, Math.floorDiv(padding - t * dilation + stride - 1, stride));
  }

  /** The end of the positions whose element {@code t} is no padding after an axis of a length. */
  public int endInside(int t, int length) {
    long room = (long) length + padding - (long) t * dilation;
    return (int) Math.max(0, Math.min(positions(length), Math.floorDiv(room + stride - 1, stride)));
  }

  /** From the first element that the first of {@code n} positions covers to the last one's last. */
  public int span(int n) {
    return (n - 1) * stride + reach();
  }
}
