package limbeck.engine.op;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * An op of one operand that treats each row (last axis) by itself. The result has the operand's
 * shape.
 */
public sealed interface RowwiseOp extends Op, OpContext.ForwardPass
    permits Softmax, LogSoftmax, Normalize {

  /** Elementary operations per element, roughly. */
  int cost();

  /** Forward for rows {@code from} to {@code to}. */
  void forward(Rows r, Tensor x, Tensor y, int from, int to);

  /** Backward for rows {@code from} to {@code to}. */
  void backward(Rows r, Tensor x, Tensor y, Tensor dy, Tensor dx, int from, int to);

  @Override
  default Shape infer(Shape... in) {
    spec().requireOperands(in.length);
    spec().requireRank(0, in[0], 1);
    return in[0];
  }

  @Override
  default void forward(OpContext c, Tensor[] in, Tensor out) {
    c.forward(this, out.shape().rows(), (long) cost() * out.shape().last(), in, out);
  }

  @Override
  default void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    forward(c.rows(out), in[0], out, from, to);
  }

  @Override
  default void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    Rows r = c.rows(out);
    c.forEach(
        out.shape().rows(),
        (long) cost() * out.shape().last(),
        (from, to) -> backward(r, in[0], out, gradOut, gradIn[0], from, to));
  }
}
