package limbeck.kd.objective;

import limbeck.autograd.Var;
import limbeck.engine.op.MatMul;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Two activations brought to one size: of feature maps [batch, channels, height, width] the larger
 * is average-pooled to the smaller one's height and width. Where one size is no multiple of the
 * other, windows differ in size and overlap, as in adaptive pooling elsewhere: result i of h is the
 * mean of elements ⌊i·H/h⌋ to ⌈(i+1)·H/h⌉ (exclusive) of H. Rows [batch, features] stay as they
 * are.
 */
record EqualMaps(Var first, Var second) {
  static EqualMaps of(Var a, Var b) {
    if (a.shape().rank() != 4 || b.shape().rank() != 4) {
      return new EqualMaps(a, b);
    }
    int height = Math.min(a.shape().axis(2), b.shape().axis(2));
    int width = Math.min(a.shape().axis(3), b.shape().axis(3));
    return new EqualMaps(pooled(a, height, width), pooled(b, height, width));
  }

  /** Pooling is a product with a matrix of means along each axis of space. */
  private static Var pooled(Var map, int height, int width) {
    Var y = map;
    if (y.shape().axis(2) != height) {
      y = means(height, y.shape().axis(2), y.value().dtype()).matmul(y);
    }
    if (y.shape().axis(3) != width) {
      Var means = means(width, y.shape().axis(3), y.value().dtype());
      y = y.apply(new MatMul(false, true), means);
    }
    return y;
  }

  private static Var means(int to, int from, DType type) {
    Tensor matrix = Tensor.zeros(type, Shape.of(to, from));
    for (int row = 0; row < to; row++) {
      int begin = (int) ((long) row * from / to);
      int end = (int) (((row + 1L) * from + to - 1) / to);
      for (int column = begin; column < end; column++) {
        matrix.set(row * from + column, 1.0 / (end - begin));
      }
    }
    return Var.of(matrix);
  }
}
