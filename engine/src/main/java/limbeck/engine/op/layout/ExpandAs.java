package limbeck.engine.op.layout;

import java.util.Arrays;
import limbeck.engine.kernel.composite.StridedCopy;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.op.OperandType;
import limbeck.engine.op.reduce.Sum;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * A tensor repeated to the shape of another, by the rules of broadcasting: x may have fewer axes,
 * which count from the last, and axes of size 1. The other tensor says the shape, and nothing else:
 * so a program that repeats for a batch holds no batch number. Arithmetic needs none of this, it
 * repeats its operands itself.
 */
public record ExpandAs() implements LayoutOp {
  private static final OpSpec SPEC =
      OpSpec.of("expandAs").operand("x", "...").operand("like", "...").onnx("Expand", 13);

  @Override
  public Shape infer(Shape... in) {
    spec().requireOperands(in.length);
    spec().requireRepeats(1, 0, in);
    return in[1];
  }

  @Override
  public boolean differentiable(int k) {
    return k == 0;
  }

  @Override
  public OperandType operandType(int k) {
    return k == 0 ? OperandType.FLOATING : OperandType.ANY;
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    Shape x = in[0].shape();
    Shape y = out.shape();
    StridedCopy copy = c.stridedCopy(0);
    for (int i = y.rank(); i > 0; i--) {
      copy.axis(y.axis(-i), isRepeated(x, y, i) ? 0 : x.inner(-i));
    }
    copy.run(c.workers(), c.rows(out), in[0], out);
  }

  /** Whether x is repeated along the {@code i}-th axis from the end. */
  private static boolean isRepeated(Shape x, Shape y, int i) {
    return i > x.rank() || x.axis(-i) != y.axis(-i);
  }

  /**
   * dx = the sums of dy over the axes along which x is repeated, in the order of {@link
   * limbeck.engine.kernel.Rows#sum}.
   */
  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    Shape x = in[0].shape();
    Shape y = out.shape();
    int[] repeated = new int[y.rank()];
    int n = 0;
    for (int i = 1; i <= y.rank(); i++) {
      if (isRepeated(x, y, i)) {
        repeated[n++] = -i;
      }
    }
    if (n == 0) {
      gradIn[0].copyFrom(gradOut);
    } else {
      new Sum(Arrays.copyOf(repeated, n)).forward(c, new Tensor[] {gradOut}, gradIn[0]);
    }
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}
