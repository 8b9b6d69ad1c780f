package limbeck.engine.op.layout;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * Operands one after another along an axis; their other axes are equal.
 *
 * @param axis the axis; negative: from the end
 * @param operands how many, 1 to {@value #MOST}
 */
public record Concat(int axis, int operands) implements LayoutOp, OpContext.ForwardPass {
  /** The largest number of operands: take several steps for more. */
  public static final int MOST = 64;

  private static final OpSpec[] SPECS = specs();

  private static OpSpec[] specs() {
    OpSpec[] specs = new OpSpec[MOST + 1];
    specs[0] = OpSpec.of("concat").onnx("Concat", 13);
    for (int n = 1; n <= MOST; n++) {
      specs[n] = specs[n - 1].operand("x" + n, "...");
    }
    return specs;
  }

  /** Checks the number of operands. */
  public Concat {
    if (operands < 1 || operands > MOST) {
      throw new IllegalArgumentException(
          "concat: " + operands + " operands, 1 to " + MOST + " at a time are supported");
    }
  }

  @Override
  public Shape infer(Shape... in) {
    spec().requireOperands(in.length);
    int along = spec().requireAxis(0, in[0], axis);
    long size = in[0].axis(along);
    for (int k = 1; k < in.length; k++) {
      requireFit(in, k, along);
      size += in[k].axis(along);
    }
    if (size > Integer.MAX_VALUE) {
      throw new ShapeException("concat: " + size + " indices along axis " + axis + " are too many");
    }
    return in[0].with(along, (int) size);
  }

  private void requireFit(Shape[] in, int k, int along) {
    if (in[k].rank() != in[0].rank()) {
      throw spec().rankError(k, in[k], in[0].rank());
    }
    for (int i = 0; i < in[k].rank(); i++) {
      if (i != along) {
        spec().requireEqual("axis " + i, 0, in[0], in[0].axis(i), k, in[k], in[k].axis(i));
      }
    }
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    c.forward(this, out.size(), 2, in, out);
  }

  /** Elements {@code from} to {@code to} of the result, in runs of one operand each. */
  @Override
  public void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    Rows r = c.rows(out);
    int whole = out.shape().axis(axis) * out.shape().inner(axis);
    int at = from;
    while (at < to) {
      int outer = at / whole;
      int skipped = at - outer * whole;
      int k = 0;
      int each = each(in[k]);
      while (skipped >= each) {
        skipped -= each;
        k++;
        each = each(in[k]);
      }
      int n = Math.min(each - skipped, to - at);
      r.copy(in[k], outer * each + skipped, out, at, n);
      at += n;
    }
  }

  /** How many elements of an operand come together. */
  private int each(Tensor x) {
    return x.shape().axis(axis) * x.shape().inner(axis);
  }

  /** The gradient of each operand is its part of dy. */
  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    int first = 0;
    for (int k = 0; k < in.length; k++) {
      int each = each(in[k]);
      if (gradIn[k] != null) {
        c.stridedCopy(first)
            .axis(in[k].shape().outer(axis), each(out))
            .axis(each, 1)
            .run(c.workers(), c.rows(out), gradOut, gradIn[k]);
      }
      first += each;
    }
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("axis", axis, "operands", operands);
  }

  @Override
  public OpSpec spec() {
    return SPECS[operands];
  }
}
