package limbeck.engine.op;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * An op that treats each row (last axis) of operand 0 by itself, and of each row the elements alone
 * that operand 1, a mask of type I32, keeps: 0 leaves an element out, anything else keeps it. The
 * mask's axes repeat to those of operand 0 as in NumPy: [batch, 1, 1, keys] masks scores [batch,
 * heads, queries, keys], and a last axis of size 1 keeps or leaves out whole rows. The result has
 * the shape of operand 0.
 *
 * <p>What is left out is passed by, whatever stands there, and takes no gradient. The bits of kept
 * elements do not depend on how many elements left out follow them: padding does not show.
 */
public sealed interface MaskedRowwiseOp extends Op, OpContext.ForwardPass
    permits MaskedSoftmax, MaskedLogSoftmax {
  /** Forward for rows {@code from} to {@code to}. */
  void forward(Rows r, Tensor x, Tensor mask, Tensor y, int from, int to);

  /** Backward for rows {@code from} to {@code to}. */
  void backward(Rows r, Tensor mask, Tensor y, Tensor dy, Tensor dx, int from, int to);

  @Override
  default Shape infer(Shape... in) {
    spec().requireOperands(in.length);
    spec().requireRank(0, in[0], 1);
    spec().requireRepeats(1, in);
    return in[0];
  }

  @Override
  default boolean differentiable(int k) {
    return k == 0;
  }

  @Override
  default void forward(OpContext c, Tensor[] in, Tensor out) {
    spec().requireType(1, in[1], DType.I32);
    c.forward(this, out.shape().rows(), cost(out.shape()), in, out);
  }

  @Override
  default void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    forward(c.rows(out), in[0], in[1], out, from, to);
  }

  @Override
  default void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    Rows r = c.rows(out);
    c.forEach(
        out.shape().rows(),
        cost(out.shape()),
        (from, to) -> backward(r, in[1], out, gradOut, gradIn[0], from, to));
  }

  /** Elementary operations per row, roughly. */
  private static long cost(Shape shape) {
    return 25L * shape.last();
  }
}
