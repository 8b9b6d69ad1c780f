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
 * The same elements with the axes in another order: axis i of the result is axis {@code axes[i]} of
 * the operand. With axes (0, 2, 1, 3) the heads of [batch, time, heads, width] come before time.
 *
 * @param axes each of the operand's axes once, counted from the first
 */
public record Permute(List<Integer> axes) implements LayoutOp {
  private static final OpSpec SPEC = OpSpec.of("permute").operand("x", "...").onnx("Transpose", 13);

  /**
   * Keeps the axes unmodifiable.
   *
   * @throws IllegalArgumentException if they are not 0, 1, 2 … in some order
   */
  public Permute {
    axes = List.copyOf(axes);
    for (int i = 0; i < axes.size(); i++) {
      if (!axes.contains(i)) {
        throw new IllegalArgumentException(
            "permute: axes " + axes + " are not 0 to " + (axes.size() - 1) + " in some order");
      }
    }
  }

  /** A permutation to the given axes. */
  public static Permute to(int... axes) {
    return new Permute(Arrays.stream(axes).boxed().toList());
  }

  @Override
  public Shape infer(Shape... in) {
    spec().requireOperands(in.length);
    if (in[0].rank() != axes.size()) {
      throw spec().rankError(0, in[0], axes.size());
    }
    int[] result = new int[axes.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = in[0].axis(axes.get(i));
    }
    return Shape.of(result);
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    Shape x = in[0].shape();
    StridedCopy copy = c.stridedCopy(0);
    for (int i = 0; i < axes.size(); i++) {
      int axis = axes.get(i);
      copy.axis(x.axis(axis), x.inner(axis));
    }
    copy.run(c.workers(), c.rows(out), in[0], out);
  }

  /** dx is dy with the axes back in their places. */
  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    Shape dx = gradIn[0].shape();
    StridedCopy copy = c.stridedCopy(0);
    for (int axis = 0; axis < axes.size(); axis++) {
      copy.axis(dx.axis(axis), gradOut.shape().inner(axes.indexOf(axis)));
    }
    copy.run(c.workers(), c.rows(out), gradOut, gradIn[0]);
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
