package limbeck.engine.program;

import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * The memory that the results of a program lie in: one array of numbers, and one of integers, which
 * most programs make none of. Where either is too small, a larger one takes its place.
 *
 * @param numbers of the type that the program computes in
 * @param integers I32
 */
record Slabs(Tensor numbers, Tensor integers) {
  /** Elements past the last value, so that kernels may load whole vectors at its end. */
  static final int MARGIN = 16;

  /** No memory yet, for numbers of this type. */
  static Slabs empty(DType type) {
    return new Slabs(slab(type, 0), slab(DType.I32, 0));
  }

  private static Tensor slab(DType type, int size) {
    return Tensor.zeros(type, Shape.of(size));
  }

  /** Memory for so many elements: this, or with larger arrays. */
  Slabs withRoomFor(int numberCount, int integerCount) {
    if (numbers.size() >= padded(numberCount) && integers.size() >= padded(integerCount)) {
      return this;
    }
    return new Slabs(roomFor(numberCount, numbers), roomFor(integerCount, integers));
  }

  private static Tensor roomFor(int count, Tensor slab) {
    return slab.size() >= padded(count) ? slab : slab(slab.dtype(), padded(count));
  }

  /** How many elements an array has that so many values lie in. */
  static int padded(int count) {
    return count == 0 ? 0 : count + MARGIN;
  }

  /** The array that values of a type lie in. */
  Tensor of(DType type) {
    return type.isFloating() ? numbers : integers;
  }

  /** Bytes of both. */
  long bytes() {
    return (long) numbers.size() * numbers.dtype().bytes()
        + (long) integers.size() * integers.dtype().bytes();
  }
}
