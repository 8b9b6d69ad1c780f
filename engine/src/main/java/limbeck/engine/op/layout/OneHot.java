package limbeck.engine.op.layout;

import java.util.Arrays;
import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * Numbers for labels: y[…, j] = {@code on} where j is the label, else {@code off}. The classes are
 * a new last axis. With on = 1 − ε + ε/classes and off = ε/classes these are smoothed labels.
 *
 * @param classes the size of the new axis, 1 or more
 * @param on the value at the label
 * @param off the value elsewhere
 * @param type the result's type, F32 or F64: no operand says it
 */
public record OneHot(int classes, double on, double off, DType type)
    implements LayoutOp, OpContext.ForwardPass {
  private static final OpSpec SPEC =
      OpSpec.of("oneHot").operand("labels", "...").onnx("OneHot", 11);

  /** Ones among zeros, F32. */
  public OneHot(int classes) {
    this(classes, 1, 0, DType.F32);
  }

  /** Checks classes and type. */
  public OneHot {
    if (classes < 1 || !type.isFloating()) {
      throw new IllegalArgumentException(
          "oneHot: " + classes + " classes as " + type + "; at least 1, as F32 or F64, expected");
    }
  }

  @Override
  public Shape infer(Shape... in) {
    spec().requireOperands(in.length);
    int[] axes = in[0].toArray();
    if (axes.length == Shape.MAX_AXES) {
      throw new ShapeException("oneHot: labels " + in[0] + " leave no axis for the classes");
    }
    int[] result = Arrays.copyOf(axes, axes.length + 1);
    result[axes.length] = classes;
    return Shape.of(result);
  }

  @Override
  public DType resultType(DType operands) {
    return type;
  }

  /** Labels have no gradient. */
  @Override
  public boolean differentiable(int k) {
    return false;
  }

  /**
   * Writes the rows.
   *
   * @throws ShapeException naming the first label that is out of range
   */
  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    Ids.requireBelow(SPEC, 0, in[0], classes);
    c.forward(this, in[0].size(), classes, in, out);
  }

  @Override
  public void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    Rows r = c.rows(out);
    r.fill(off, out, from * classes, (to - from) * classes);
    for (int row = from; row < to; row++) {
      r.fill(on, out, row * classes + in[0].ints()[in[0].offset() + row], 1);
    }
  }

  /** There is nothing to do. */
  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {}

  @Override
  public Map<String, Object> settings() {
    return Map.of("classes", classes, "on", on, "off", off, "type", type.name());
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}
