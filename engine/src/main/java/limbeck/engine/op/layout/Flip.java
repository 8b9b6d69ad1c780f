package limbeck.engine.op.layout;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import limbeck.engine.kernel.composite.StridedCopy;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * The elements of some axes in reverse order: y[…, i, …] = x[…, n − 1 − i, …].
 *
 * @param axes the axes to reverse, each once, negative ones from the end
 */
public record Flip(List<Integer> axes) implements LayoutOp {
  private static final OpSpec SPEC = OpSpec.of("flip").operand("x", "...");

  /** Keeps the axes unmodifiable. */
  public Flip {
    axes = List.copyOf(axes);
  }

  /** The reverse of the given axes. */
  public static Flip of(int... axes) {
    return new Flip(Arrays.stream(axes).boxed().toList());
  }

  @Override
  public Shape infer(Shape... in) {
    spec().requireOperands(in.length);
    spec().requireAxes(0, in[0], axes);
    return in[0];
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    reverse(c, in[0], out);
  }

  /** dx is dy reversed. */
  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    reverse(c, gradOut, gradIn[0]);
  }

  private void reverse(OpContext c, Tensor from, Tensor to) {
    Shape x = from.shape();
    int reversed = spec().requireAxes(0, x, axes);
    int first = 0;
    for (int axis = 0; axis < x.rank(); axis++) {
      first += (reversed >> axis & 1) * (x.axis(axis) - 1) * x.inner(axis);
    }
    StridedCopy copy = c.stridedCopy(first);
    for (int axis = 0; axis < x.rank(); axis++) {
      copy.axis(x.axis(axis), (reversed >> axis & 1) != 0 ? -x.inner(axis) : x.inner(axis));
    }
    copy.run(c.workers(), c.rows(to), from, to);
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("axes", axes);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}
