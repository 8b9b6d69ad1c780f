package limbeck.engine.op;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
  private static final OpSpec SPEC = OpSpec.of("reshape").operand("x", "...").onnx("Reshape", 14);

  /** More elements than a shape can have: products are cut here, so that they do not overflow. */
  private static final long MANY = Integer.MAX_VALUE + 1L;

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
    long named = 1; // elements in the axes that are given as numbers
    for (int i = 0; i < result.length; i++) {
      int axis = axes.get(i);
      if (axis == -1 && free < 0) {
        free = i;
      } else if (axis > 0) {
        result[i] = axis;
        named = Math.min(named * axis, MANY);
      } else if (axis == 0 && i < in[0].rank()) {
        result[i] = in[0].axis(i);
      } else {
        throw mismatch(in[0]);
      }
    }
    long rest = rest(in[0]);
    if (free >= 0) {
      result[free] = (int) (rest / named);
      named *= result[free];
    }
    if (named != rest) {
      throw mismatch(in[0]);
    }
    return Shape.of(result);
  }

  /** Elements in the axes that are not copied: so that an empty batch leaves the others clear. */
  private long rest(Shape x) {
    long rest = 1;
    for (int i = 0; i < x.rank(); i++) {
      boolean copied = i < axes.size() && axes.get(i) == 0;
      rest = copied ? rest : Math.min(rest * x.axis(i), MANY);
    }
    return rest;
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
  public Map<String, Object> settings() {
    return Map.of("axes", axes);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}
