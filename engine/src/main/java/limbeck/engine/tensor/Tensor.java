package limbeck.engine.tensor;

import java.util.Arrays;

/**
 * Numbers in row-major order: an array, an offset and a shape. There are no strides: a reshape or a
 * slice of the leading axis is a view on the same array, everything else copies.
 *
 * <p>The array may be longer than the tensor. Kernels read it through {@link #floats()}, {@link
 * #doubles()} or {@link #ints()} with {@link #offset()}.
 */
public final class Tensor {
  private final DType dtype;
  private final Shape shape;
  private final int offset;
  private final float[] floats;
  private final double[] doubles;
  private final int[] ints;

  private Tensor(DType dtype, Shape shape, int offset, Object array) {
    int length = length(dtype, array);
    if (offset < 0 || offset > length - shape.size()) {
      throw new ShapeException(
          "tensor " + shape + " at offset " + offset + " does not fit an array of " + length);
    }
    this.dtype = dtype;
    this.shape = shape;
    this.offset = offset;
    this.floats = dtype == DType.F32 ? (float[]) array : null;
    this.doubles = dtype == DType.F64 ? (double[]) array : null;
    this.ints = dtype == DType.I32 ? (int[]) array : null;
  }

  private static int length(DType dtype, Object array) {
    return switch (dtype) {
      case F32 -> ((float[]) array).length;
      case F64 -> ((double[]) array).length;
      case I32 -> ((int[]) array).length;
    };
  }

  /** A new tensor of zeros. */
  public static Tensor zeros(DType dtype, Shape shape) {
    Object array =
        switch (dtype) {
          case F32 -> new float[shape.size()];
          case F64 -> new double[shape.size()];
          case I32 -> new int[shape.size()];
        };
    return new Tensor(dtype, shape, 0, array);
  }

  /** A view of {@code values} (not copied), which must hold at least the shape's elements. */
  public static Tensor of(Shape shape, float... values) {
    return new Tensor(DType.F32, shape, 0, values);
  }

  /** A view of {@code values} (not copied), which must hold at least the shape's elements. */
  public static Tensor of(Shape shape, double... values) {
    return new Tensor(DType.F64, shape, 0, values);
  }

  /** A view of {@code values} (not copied), which must hold at least the shape's elements. */
  public static Tensor of(Shape shape, int... values) {
    return new Tensor(DType.I32, shape, 0, values);
  }

  /** A view of part of an array, from {@code offset} on. */
  public static Tensor view(float[] array, int offset, Shape shape) {
    return new Tensor(DType.F32, shape, offset, array);
  }

  /** A view of part of an array, from {@code offset} on. */
  public static Tensor view(double[] array, int offset, Shape shape) {
    return new Tensor(DType.F64, shape, offset, array);
  }

  /** A view of part of an array, from {@code offset} on. */
  public static Tensor view(int[] array, int offset, Shape shape) {
    return new Tensor(DType.I32, shape, offset, array);
  }

  /** The element type. */
  public DType dtype() {
    return dtype;
  }

  /** The axes. */
  public Shape shape() {
    return shape;
  }

  /** The number of elements. */
  public int size() {
    return shape.size();
  }

  /** Where element 0 lies in the array. */
  public int offset() {
    return offset;
  }

  /** The array of an F32 tensor, not copied; null for other types. */
  public float[] floats() {
    return floats;
  }

  /** The array of an F64 tensor, not copied; null for other types. */
  public double[] doubles() {
    return doubles;
  }

  /** The array of an I32 tensor, not copied; null for other types. */
  public int[] ints() {
    return ints;
  }

  private Object array() {
    return switch (dtype) {
      case F32 -> floats;
      case F64 -> doubles;
      case I32 -> ints;
    };
  }

  /**
   * The same elements under another shape of equal size: a view.
   *
   * @throws ShapeException if the sizes differ
   */
  public Tensor reshape(Shape to) {
    if (to.size() != shape.size()) {
      throw new ShapeException(
          "reshape: " + shape + " has " + shape.size() + " elements, " + to + " has " + to.size());
    }
    return new Tensor(dtype, to, offset, array());
  }

  /**
   * Entries {@code from} (inclusive) to {@code to} (exclusive) of the leading axis: a view.
   *
   * @throws ShapeException if the range leaves the axis, or the tensor is a scalar
   */
  public Tensor slice(int from, int to) {
    if (shape.rank() == 0 || from < 0 || to < from || to > shape.axis(0)) {
      throw new ShapeException("slice: entries " + from + " to " + to + " of " + shape);
    }
    int each = shape.axis(0) == 0 ? 0 : shape.size() / shape.axis(0);
    return new Tensor(dtype, shape.with(0, to - from), offset + from * each, array());
  }

  /**
   * Element {@code i} in row-major order. For tests, reports and small things: kernels use the
   * arrays.
   */
  public double get(int i) {
    int at = offset + java.util.Objects.checkIndex(i, shape.size());
    return switch (dtype) {
      case F32 -> floats[at];
      case F64 -> doubles[at];
      case I32 -> ints[at];
    };
  }

  /** Sets element {@code i} in row-major order, rounded (I32: cast) to this tensor's type. */
  public void set(int i, double value) {
    int at = offset + java.util.Objects.checkIndex(i, shape.size());
    switch (dtype) {
      case F32 -> floats[at] = (float) value;
      case F64 -> doubles[at] = value;
      case I32 -> ints[at] = (int) value;
    }
  }

  /** Fills with one value, rounded (I32: cast) to this tensor's type. */
  public void fill(double value) {
    int end = offset + shape.size();
    switch (dtype) {
      case F32 -> Arrays.fill(floats, offset, end, (float) value);
      case F64 -> Arrays.fill(doubles, offset, end, value);
      case I32 -> Arrays.fill(ints, offset, end, (int) value);
    }
  }

  /**
   * Copies all elements of {@code source}, which must have this type and size, into this tensor.
   */
  public void copyFrom(Tensor source) {
    if (source.dtype != dtype || source.size() != size()) {
      throw new ShapeException("copy: " + source.dtype + source.shape + " into " + dtype + shape);
    }
    System.arraycopy(source.array(), source.offset, array(), offset, size());
  }

  /** A copy that owns its array: it outlives the workspace this tensor may come from. */
  public Tensor own() {
    Tensor copy = zeros(dtype, shape);
    copy.copyFrom(this);
    return copy;
  }

  /** A copy in another type; values are rounded, or truncated towards zero for I32. */
  public Tensor to(DType type) {
    Tensor copy = zeros(type, shape);
    for (int i = 0; i < size(); i++) {
      copy.set(i, get(i));
    }
    return copy;
  }

  /** Type, shape and the first few values. */
  @Override
  public String toString() {
    StringBuilder s = new StringBuilder(dtype + shape.toString() + " {");
    int shown = Math.min(8, size());
    for (int i = 0; i < shown; i++) {
      s.append(i == 0 ? "" : ", ")
          .append(
              dtype == DType.F32
                  ? Float.toString((float) get(i))
                  : dtype == DType.F64 ? Double.toString(get(i)) : Integer.toString((int) get(i)));
    }
    return s.append(size() > shown ? ", …}" : "}").toString();
  }
}
