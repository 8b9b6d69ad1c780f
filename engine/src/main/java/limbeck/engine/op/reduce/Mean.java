package limbeck.engine.op.reduce;

import java.util.List;
import limbeck.engine.kernel.Rows;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Tensor;

/**
 * Mean over axes: the sum, in the order of {@link Rows#sum}, times the rounded reciprocal of the
 * number of its terms.
 *
 * @param axes the axes to take the mean over, negative ones from the end; none stands for all
 * @param keepAxes whether these axes stay, with size 1
 */
public record Mean(List<Integer> axes, boolean keepAxes)
    implements ReduceOp, OpContext.ForwardPass {
  private static final OpSpec SPEC = OpSpec.of("mean").operand("x", "...").onnx("ReduceMean", 18);

  /** Keeps the axes unmodifiable. */
  public Mean {
    axes = List.copyOf(axes);
  }

  /** A mean over the given axes, which go; over all if none is given. */
  public Mean(int... axes) {
    this(Reduced.list(axes), false);
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    Sums.forward(this, this, c, in, out);
    if (out.size() > 0) {
      int terms = in[0].size() / out.size();
      c.rows(out).scale(out, 0, 1.0 / terms, out, 0, out.size());
    }
  }

  @Override
  public void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    Sums.sideBySide(this, c, in, out, from, to);
  }

  /** dx = dy / n, everywhere in a row of n elements. */
  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    if (out.size() == 0) {
      return;
    }
    Rows r = c.rows(out);
    Tensor each = c.take(out.dtype(), out.shape());
    int terms = in[0].size() / out.size();
    r.fill(terms, each, 0, out.size());
    r.div(gradOut, 0, each, 0, each, 0, out.size());
    Reduced.repeat(c, each, gradIn[0], Reduced.axes(this, in[0].shape()));
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}
