package limbeck.engine.op.index;

import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Blocks;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** An op of two operands, element by element with broadcasting, whose result is I32. */
public sealed interface BroadcastIndexOp extends IndexOp permits Compare, IntegerMath {
  /** The result for element i of a and element j of b, in row-major order. */
  int of(Tensor a, int i, Tensor b, int j);

  @Override
  default Shape infer(Shape... in) {
    spec().requireOperands(in.length);
    return spec().broadcast(in[0], in[1]);
  }

  @Override
  default void forward(OpContext c, Tensor[] in, Tensor out) {
    if (out.size() > 0) {
      c.forward(this, out.shape().rows(), 2L * out.shape().last(), in, out);
    }
  }

  @Override
  default void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    Tensor a = in[0];
    Tensor b = in[1];
    int n = out.shape().last();
    int aStep = a.shape().last() == n ? 1 : 0;
    int bStep = b.shape().last() == n ? 1 : 0;
    for (int row = from; row < to; row++) {
      int i = start(a.shape(), out.shape(), row);
      int j = start(b.shape(), out.shape(), row);
      int y = out.offset() + row * n;
      for (int t = 0; t < n; t++) {
        out.ints()[y + t] = of(a, i + t * aStep, b, j + t * bStep);
      }
    }
  }

  /** Where the row of an operand begins that stands at row {@code row} of the result. */
  private static int start(Shape operand, Shape result, int row) {
    return Blocks.index(operand, result, 1, row) * operand.last();
  }
}
