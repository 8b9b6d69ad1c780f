package limbeck.engine.op.reduce;

import java.util.List;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Tensor;

/**
 * Sum over axes, each in the order of {@link limbeck.engine.kernel.Rows#sum}; 0 of no elements.
 *
 * @param axes the axes to sum over, negative ones from the end; none stands for all
 * @param keepAxes whether these axes stay, with size 1
 */
public record Sum(List<Integer> axes, boolean keepAxes) implements ReduceOp, OpContext.ForwardPass {
  private static final OpSpec SPEC = OpSpec.of("sum").operand("x", "...").onnx("ReduceSum", 13);

  /** Keeps the axes unmodifiable. */
  public Sum {
    axes = List.copyOf(axes);
  }

  /** A sum over the given axes, which go; over all if none is given. */
  public Sum(int... axes) {
    this(Reduced.list(axes), false);
  }

  @Override
  public int leastTerms() {
    return 0;
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    Sums.forward(this, this, c, in, out);
  }

  @Override
  public void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    Sums.sideBySide(this, c, in, out, from, to);
  }

  /** dx = dy, everywhere in the row. */
  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    Reduced.repeat(c, gradOut, gradIn[0], Reduced.axes(this, in[0].shape()));
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}
