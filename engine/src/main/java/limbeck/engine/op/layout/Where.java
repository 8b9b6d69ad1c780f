package limbeck.engine.op.layout;

import limbeck.engine.kernel.Rows;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Choice between two tensors of one shape: y = a where the mask is 1, b where it is 0. The mask,
 * I32, may have fewer axes, which count from the last, and axes of size 1: it is repeated along
 * them. What is not chosen does not matter, be it NaN.
 */
public record Where() implements LayoutOp, OpContext.ForwardPass {
  private static final OpSpec SPEC =
      OpSpec.of("where")
          .operand("mask", "...")
          .operand("a", "...")
          .operand("b", "...")
          .onnx("Where", 16);

  @Override
  public Shape infer(Shape... in) {
    spec().requireOperands(in.length);
    spec().requireSameShape(1, 2, in);
    spec().requireRepeats(1, 0, in);
    return in[1];
  }

  @Override
  public boolean differentiable(int k) {
    return k > 0;
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    spec().requireType(0, in[0], DType.I32);
    c.forward(this, out.shape().rows(), out.shape().last(), in, out);
  }

  @Override
  public void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    Mask.choose(c.rows(out), in[0], in[1], 0, in[2], 0, out, from, to);
  }

  /** da = dy where the mask is 1, else 0; db the other way round. */
  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    Rows r = c.rows(out);
    Tensor da = gradIn[1];
    Tensor db = gradIn[2];
    c.forEach(
        out.shape().rows(),
        2L * out.shape().last(),
        (from, to) -> {
          if (da != null) {
            Mask.choose(r, in[0], gradOut, 0, null, 0, da, from, to);
          }
          if (db != null) {
            Mask.choose(r, in[0], null, 0, gradOut, 0, db, from, to);
          }
        });
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}
