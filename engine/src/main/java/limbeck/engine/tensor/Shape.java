package limbeck.engine.tensor;

import java.util.Arrays;

/**
 * The sizes of a tensor's axes, outermost first. Immutable; at most {@value #MAX_AXES} axes, at
 * most 2³¹−1 elements.
 */
public final class Shape {
  /** The largest number of axes. */
  public static final int MAX_AXES = 8;

  /** The shape of a single number: no axes, one element. */
  public static final Shape SCALAR = new Shape(new int[0]);

  private final int[] axes;
  private final int size;
  private final int hash;

  private Shape(int[] axes) {
    this.axes = axes;
    this.size = checkedSize(axes);
    this.hash = Arrays.hashCode(axes);
  }

  /**
   * A shape with the given axes.
   *
   * @throws ShapeException if there are more than {@value #MAX_AXES} axes, one is negative, or the
   *     product overflows
   */
  public static Shape of(int... axes) {
    return axes.length == 0 ? SCALAR : new Shape(axes.clone());
  }

  private static int checkedSize(int[] axes) {
    if (axes.length > MAX_AXES) {
      throw new ShapeException(
          "shape "
              + Arrays.toString(axes)
              + " has "
              + axes.length
              + " axes; at most "
              + MAX_AXES
              + " are supported");
    }
    long size = 1;
    boolean overflow = false;
    for (int axis : axes) {
      if (axis < 0) {
        throw new ShapeException(
            "shape " + Arrays.toString(axes) + " has a negative axis: " + axis);
      }
      overflow |= axis != 0 && size > Integer.MAX_VALUE / axis;
      size = overflow ? size : size * axis;
    }
    if (overflow && Arrays.stream(axes).noneMatch(a -> a == 0)) {
      throw new ShapeException(
          "shape " + Arrays.toString(axes) + " has more than 2147483647 elements");
    }
    return overflow ? 0 : (int) size;
  }

  /** The number of axes. */
  public int rank() {
    return axes.length;
  }

  /**
   * The size of axis {@code i}; a negative {@code i} counts from the end, so −1 is the last axis.
   */
  public int axis(int i) {
    return axes[i < 0 ? i + axes.length : i];
  }

  /** The number of elements. */
  public int size() {
    return size;
  }

  /** The size of the last axis, the length of a row; 1 for a scalar. */
  public int last() {
    return axes.length == 0 ? 1 : axes[axes.length - 1];
  }

  /**
   * How many rows of length {@link #last()} there are: the product of all axes but the last; at
   * most 2147483647, which only rows of length 0 can exceed.
   */
  public int rows() {
    return product(0, axes.length - 1);
  }

  /**
   * The product of the axes before axis {@code i} (negative: from the end): how often the rest is
   * repeated. At most 2147483647, which only a shape without elements can exceed.
   */
  public int outer(int i) {
    return product(0, i < 0 ? i + axes.length : i);
  }

  /**
   * The product of the axes after axis {@code i} (negative: from the end): how many elements lie
   * between neighbours along it. At most 2147483647, which only a shape without elements can
   * exceed.
   */
  public int inner(int i) {
    return product((i < 0 ? i + axes.length : i) + 1, axes.length);
  }

  private int product(int from, int to) {
    long product = 1;
    for (int i = from; i < to; i++) {
      product = Math.min(Integer.MAX_VALUE, product * axes[i]);
    }
    return (int) product;
  }

  /**
   * This shape with axis {@code i} (negative: from the end) replaced; itself if nothing changes.
   */
  public Shape with(int i, int value) {
    if (axis(i) == value) {
      return this;
    }
    int[] copy = axes.clone();
    copy[i < 0 ? i + axes.length : i] = value;
    return new Shape(copy);
  }

  /** This shape without axis {@code i}, counted from the first or, if negative, from the end. */
  public Shape without(int i) {
    int at = i < 0 ? i + rank() : i;
    int[] kept = new int[rank() - 1];
    for (int k = 0; k < kept.length; k++) {
      kept[k] = axis(k < at ? k : k + 1);
    }
    return of(kept);
  }

  /** The axes as a new array. */
  public int[] toArray() {
    return axes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof Shape s && hash == s.hash && Arrays.equals(axes, s.axes);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** For example {@code [128, 784]}. */
  @Override
  public String toString() {
    return Arrays.toString(axes);
  }
}
