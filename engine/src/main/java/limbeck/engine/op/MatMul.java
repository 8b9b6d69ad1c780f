package limbeck.engine.op;

import java.util.Map;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Matrix product of two matrices, either of them transposed: y[m, n] = op(a)[m, k] · op(b)[k, n].
 *
 * @param transA whether a is stored [k, m]
 * @param transB whether b is stored [n, k]
 */
public record MatMul(boolean transA, boolean transB) implements Op {
  private static final OpSpec[] SPECS = {
    spec(false, false), spec(false, true), spec(true, false), spec(true, true)
  };

  private static OpSpec spec(boolean transA, boolean transB) {
    return OpSpec.of("matmul")
        .operand("a", transA ? "k m" : "m k")
        .operand("b", transB ? "n k" : "k n")
        .onnx(transA || transB ? "Gemm" : "MatMul", 13);
  }

  /** Product of two matrices stored as they are multiplied. */
  public MatMul() {
    this(false, false);
  }

  @Override
  public Shape infer(Shape... in) {
    OpSpec spec = spec();
    spec.requireOperands(in.length);
    for (int k = 0; k < 2; k++) {
      if (in[k].rank() != 2) {
        throw spec.rankError(k, in[k], 2);
      }
    }
    int ka = in[0].axis(transA ? 0 : 1);
    int kb = in[1].axis(transB ? 1 : 0);
    spec.requireEqual("k", 0, in[0], ka, 1, in[1], kb);
    return Shape.of(in[0].axis(transA ? 1 : 0), in[1].axis(transB ? 0 : 1));
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    product(c, transA, in[0], transB, in[1], out);
  }

  /**
   * With A = op(a), B = op(b): dA = dy · Bᵀ and dB = Aᵀ · dy, written transposed where the operand
   * is stored so.
   */
  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    if (gradIn[0] != null) {
      if (transA) {
        product(c, transB, in[1], true, gradOut, gradIn[0]); // da = op(b) · dyᵀ
      } else {
        product(c, false, gradOut, !transB, in[1], gradIn[0]);
      }
    }
    if (gradIn[1] != null) {
      if (transB) {
        product(c, true, gradOut, transA, in[0], gradIn[1]); // db = dyᵀ · op(a)
      } else {
        product(c, !transA, in[0], false, gradOut, gradIn[1]);
      }
    }
  }

  private static void product(
      OpContext c, boolean transA, Tensor a, boolean transB, Tensor b, Tensor y) {
    int m = y.shape().axis(0);
    int n = y.shape().axis(1);
    int k = a.shape().axis(transA ? 0 : 1);
    c.multiply(transA, transB, m, n, k, a, a.shape().last(), b, b.shape().last(), y, n);
  }

  @Override
  public long multiplyAdds(Shape... in) {
    return (long) in[0].size() * in[1].axis(transB ? 0 : 1);
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("transA", transA, "transB", transB);
  }

  @Override
  public OpSpec spec() {
    return SPECS[(transA ? 2 : 0) + (transB ? 1 : 0)];
  }
}
