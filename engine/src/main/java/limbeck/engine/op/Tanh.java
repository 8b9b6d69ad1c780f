package limbeck.engine.op;

import limbeck.engine.kernel.KernelProvider;
import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;

/** Hyperbolic tangent: y = tanh x. */
public record Tanh() implements ElementwiseOp {
  private static final OpSpec SPEC =
      OpSpec.of("tanh").operand("x", "...").domain(-4, 4).onnx("Tanh", 6);

  /** Elements, in all, up to which the plain loops compute. */
  private static final int FEW = 1 << 14;

  /**
   * The plain loops for a small result: same bits. A network whose only tanh is that of its last
   * layer's few numbers, as in BERT, runs so few rounds of the vector loop that it stays
   * interpreted for hundreds of steps, where every vector is an object: a megabyte a step. Plain
   * loops allocate nothing, and take some microseconds.
   */
  private static Rows loops(Rows r, Tensor y) {
    return y.size() < FEW && y.dtype() == DType.F32 ? KernelProvider.plainF32().rows() : r;
  }

  @Override
  public int cost() {
    return 12;
  }

  @Override
  public void forward(Rows r, Tensor[] in, Tensor out, int i, int n) {
    loops(r, out).tanh(in[0], i, out, i, n);
  }

  /** dx = dy · (1 − y²). */
  @Override
  public void backward(
      Rows r, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn, int i, int n) {
    loops(r, out).tanhGrad(out, i, gradOut, i, gradIn[0], i, n);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}
