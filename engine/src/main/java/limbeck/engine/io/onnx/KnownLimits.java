package limbeck.engine.io.onnx;

import limbeck.engine.op.Linear;
import limbeck.engine.op.MatMul;
import limbeck.engine.op.Op;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * What may be computed while a model is read, so that a small file cannot ask for much: a part of
 * the heap, and work in proportion to the model's weights.
 */
final class KnownLimits {
  private static final long HEAP = Runtime.getRuntime().maxMemory();

  /** Elements of the largest tensor that is computed: a million for each 64 MiB of heap. */
  private static final int MOST = (int) Math.min(1 << 26, HEAP / 64);

  /** Multiply-adds of an op that takes memory in proportion to them, as convolutions do. */
  private static final long MOST_PRODUCTS = HEAP / 16;

  /** Bytes of all that is computed, as all of it is kept. */
  private static final long MOST_BYTES = HEAP / 4;

  /** Steps of the program. */
  private static final int MOST_STEPS = 1 << 16;

  private static final long WORK = 1L << 28;
  private static final long WORK_PER_WEIGHT = 64;

  private long work = WORK;
  private long bytes = MOST_BYTES;

  /** A shape of a tensor that is made while a model is read: not too large. */
  static Shape small(Shape shape) {
    if (shape.size() > MOST) {
      throw new UnsupportedException(
          "makes a constant of shape "
              + shape
              + ", above "
              + MOST
              + " elements, the limit with this heap");
    }
    return shape;
  }

  /** How long a list is that is made while a model is read: not too long. */
  static int small(long length) {
    if (length < 0 || length > MOST) {
      throw new UnsupportedException(
          "makes " + length + " constants, not 0 to " + MOST + ", the limit with this heap");
    }
    return (int) length;
  }

  /** The model has this weight: it may ask for so much more. */
  void weight(Tensor t) {
    work += WORK_PER_WEIGHT * t.size();
  }

  /** A tensor was made, and is kept. */
  void keep(Tensor t) {
    bytes -= (long) t.size() * t.dtype().bytes();
    if (bytes < 0) {
      throw new UnsupportedException(
          "makes constants of more than "
              + (MOST_BYTES >> 20)
              + " MiB together with those before it, a quarter of the heap; raise it with -Xmx");
    }
  }

  /** An op is about to be done on operands of these shapes. */
  void work(Op op, Shape out, Shape... in) {
    long products = op.multiplyAdds(in);
    boolean plain = op instanceof MatMul || op instanceof Linear;
    work -= out.size() + products;
    for (Shape shape : in) {
      work -= shape.size();
    }
    if (work < 0 || products < 0 || !plain && products > MOST_PRODUCTS) {
      throw new UnsupportedException(
          "makes a constant of shape " + out + " by more computation than a model of its size may");
    }
  }

  /** Another step is about to be added to so many. */
  static void step(int steps) {
    if (steps >= MOST_STEPS) {
      throw new UnsupportedException("makes more than " + MOST_STEPS + " steps, the limit");
    }
  }
}
