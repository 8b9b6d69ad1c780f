package limbeck.engine.op;

import java.util.List;
import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * An op of two operands that computes element by element and broadcasts as NumPy does: axes are
 * aligned from the last one, those that one operand lacks in front count as 1, and an axis of 1 is
 * stretched to the other operand's: its element stands for all of them.
 *
 * <p>The gradient of a stretched operand is the sum of what its elements would receive at each
 * place they stand for, in an order that depends on the shapes alone. Let axes of 1 of the result
 * count as none, and neighbouring axes along which the operand is stretched as one. If the operand
 * is stretched along the last axis, the terms there are summed first, in the order of {@link
 * Rows#sum}. Then follow the axes farther in front along which it is stretched, the innermost
 * first, each elementwise in the order of {@link limbeck.engine.kernel.composite.ColumnSum}. So a
 * bias [n] beside [rows, n], n > 1, has the gradient that it has in {@link Linear}.
 */
public sealed interface BroadcastOp extends Op, Piecewise, OpContext.ForwardPass
    permits Add, Sub, Mul, Div, Maximum, Minimum {

  /** All of them, for programs to find by name. */
  static List<BroadcastOp> all() {
    return List.of(new Add(), new Sub(), new Mul(), new Div(), new Maximum(), new Minimum());
  }

  /** Elementary operations per element of the result, roughly. */
  int cost();

  /**
   * n elements of the result: y = a ∘ b, from elements i, j and k on. One operand may be y itself
   * at the same element.
   */
  void forward(Rows r, Tensor a, int i, Tensor b, int j, Tensor y, int k, int n);

  /**
   * n elements of an operand's gradient, as if nothing were stretched.
   *
   * @param operand 0 for the gradient with respect to a, 1 for b
   * @param d takes the gradient; like y and dy from element k on; a or b may be d itself at the
   *     same element
   */
  void backward(
      Rows r,
      int operand,
      Tensor a,
      int i,
      Tensor b,
      int j,
      Tensor y,
      Tensor dy,
      Tensor d,
      int k,
      int n);

  /** Whether an operand's gradient, as if nothing were stretched, is that of the result. */
  default boolean passesGradient(int operand) {
    return false;
  }

  @Override
  default Shape infer(Shape... in) {
    spec().requireOperands(in.length);
    return Broadcast.shape(spec(), in[0], in[1]);
  }

  @Override
  default void forward(OpContext c, Tensor[] in, Tensor out) {
    c.forward(this, out.size(), cost(), in, out);
  }

  /** Where no operand is stretched. */
  @Override
  default boolean isPiecewise(int k, Shape... in) {
    return in[0].equals(in[1]);
  }

  @Override
  default void forward(Rows r, Tensor[] in, Tensor out, int i, int n) {
    forward(r, in[0], i, in[1], i, out, i, n);
  }

  @Override
  default void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    Rows r = c.rows(out);
    if (in[0].size() == out.size() && in[1].size() == out.size()) {
      forward(r, in, out, from, to - from);
    } else {
      Broadcast.forward(this, r, in, out, from, to);
    }
  }

  @Override
  default void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    Tensor first = StretchedSum.termsOf(this, 0, c, out, gradIn[0]);
    Tensor second = StretchedSum.termsOf(this, 1, c, out, gradIn[1]);
    if (first != null || second != null) {
      Tensor[] values = {in[0], in[1], out, gradOut};
      Rows r = c.rows(out);
      c.forEach(
          out.size(),
          cost(),
          (from, to) -> {
            Broadcast.backward(this, r, 0, values, first, from, to);
            Broadcast.backward(this, r, 1, values, second, from, to);
          });
    }
    StretchedSum.add(c, first == null ? gradOut : first, out.shape(), gradIn[0]);
    StretchedSum.add(c, second == null ? gradOut : second, out.shape(), gradIn[1]);
  }
}
