package limbeck.engine.op;

import java.util.Arrays;
import java.util.List;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * The same elements under another shape. Holds no batch number: 0 copies the operand's axis at that
 * place, one −1 takes what is left.
 *
 * @param axes the result's axes
 */
public record Reshape(List<Integer> axes) implements Op {
  private static final OpContext.ForwardPass COPY =
      (c, in, out, from, to) -> c.rows(out).copy(in[0], from, out, from, to - from);

  /** Keeps the axes unmodifiable. */
  public Reshape {
    axes = List.copyOf(axes);
  }

  /** A reshape to the given axes. */
  public static Reshape to(int... axes) {
    return new Reshape(Arrays.stream(axes).boxed().toList());
  }

  @Override
  public Shape infer(Shape... in) {
    spec().requireOperands(in.length);
    int[] result = new int[axes.size()];
    int free = -1;
    long known = 1;
    for (int i = 0; i < result.length; i++) {
      int axis = axes.get(i);
      if (axis == -1 && free < 0) {
        free = i;
        continue;
      }
      if (axis < 0 || axis == 0 && i >= in[0].rank()) {
        throw mismatch(in[0]);
      }
      result[i] = axis == 0 ? in[0].axis(i) : axis;
      known *= result[i];
    }
    if (free >= 0) {
      result[free] = known == 0 ? 0 : (int) (in[0].size() / known);
      known *= result[free];
    }
    if (known != in[0].size()) {
      throw mismatch(in[0]);
    }
    return Shape.of(result);
  }

  private ShapeException mismatch(Shape x) {
    return new ShapeException(
        "reshape: x " + x + " has " + x.size() + " elements, which do not fit axes " + axes);
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    c.forward(COPY, out.size(), 1, in, out);
  }

  /** dx = dy under the operand's shape. */
  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    gradIn[0].copyFrom(gradOut);
  }

  @Override
  public OpSpec spec() {
    return OpSpec.of("reshape").operand("x", "...").onnx("Reshape", 14);
  }
}
