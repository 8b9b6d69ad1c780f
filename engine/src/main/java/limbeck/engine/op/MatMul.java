package limbeck.engine.op;

import java.util.Map;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Matrix product, either operand transposed: y[…, m, n] = op(a)[…, m, k] · op(b)[…, k, n]. The
 * leading axes are a batch of products. As in NumPy, an axis of size 1 there, or one that is
 * missing, is repeated: weights [k, n] multiply every matrix of a batch.
 *
 * <p>Order of operations. Every element of y is one of {@link limbeck.engine.kernel.Gemm}'s sums
 * over k. The gradient of an operand that is repeated sums over the batch: where b has two axes and
 * a is not transposed, all rows of a are those of one large matrix, and db is one product with it;
 * else the products of the batch are added in ascending order, starting from the first.
 *
 * @param transA whether a is stored [k, m]
 * @param transB whether b is stored [n, k]
 */
public record MatMul(boolean transA, boolean transB) implements Op {
  private static final OpSpec[] SPECS = {
    spec(false, false).onnx("MatMul", 13), spec(false, true), spec(true, false), spec(true, true)
  };

  private static OpSpec spec(boolean transA, boolean transB) {
    return OpSpec.of("matmul")
        .operand("a", transA ? "... k m" : "... m k")
        .operand("b", transB ? "... n k" : "... k n");
  }

  /** Product of matrices stored as they are multiplied. */
  public MatMul() {
    this(false, false);
  }

  @Override
  public Shape infer(Shape... in) {
    OpSpec spec = spec();
    spec.requireOperands(in.length);
    spec.requireRank(0, in[0], 2);
    spec.requireRank(1, in[1], 2);
    int ka = in[0].axis(transA ? -2 : -1);
    int kb = in[1].axis(transB ? -1 : -2);
    spec.requireEqual("k", 0, in[0], ka, 1, in[1], kb);
    int[] axes = new int[Math.max(in[0].rank(), in[1].rank())];
    for (int i = 3; i <= axes.length; i++) {
      axes[axes.length - i] = batchAxis(in[0], in[1], i, axes.length - i);
    }
    axes[axes.length - 2] = in[0].axis(transA ? -1 : -2);
    axes[axes.length - 1] = in[1].axis(transB ? -2 : -1);
    return Shape.of(axes);
  }

  /** Axis {@code number} of the result, the {@code i}th from the end. */
  private int batchAxis(Shape a, Shape b, int i, int number) {
    int first = i <= a.rank() ? a.axis(-i) : 1;
    int second = i <= b.rank() ? b.axis(-i) : 1;
    if (first != 1 && second != 1) {
      spec().requireEqual("batch axis " + number, 0, a, first, 1, b, second);
    }
    return first == 1 ? second : first;
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    product(isOneProduct(in), c, transA, in[0], transB, in[1], out.shape(), out);
  }

  /**
   * With A = op(a), B = op(b): dA = dy · Bᵀ and dB = Aᵀ · dy, written transposed where the operand
   * is stored so.
   */
  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    boolean one = isOneProduct(in);
    Shape whole = out.shape();
    if (gradIn[0] != null) {
      if (transA) {
        product(one, c, transB, in[1], true, gradOut, whole, gradIn[0]); // da = op(b) · dyᵀ
      } else {
        product(one, c, false, gradOut, !transB, in[1], whole, gradIn[0]);
      }
    }
    if (gradIn[1] != null) {
      if (transB) {
        product(one, c, true, gradOut, transA, in[0], whole, gradIn[1]); // db = dyᵀ · op(a)
      } else {
        product(one, c, !transA, in[0], false, gradOut, whole, gradIn[1]);
      }
    }
  }

  /**
   * Whether the rows of a, whatever their batch, are those of one matrix that b multiplies. Asked
   * of the number of axes, not of their sizes: a batch of one example has the bits of a larger one.
   */
  private boolean isOneProduct(Tensor[] in) {
    return in[1].shape().rank() == 2 && (in[0].shape().rank() == 2 || !transA);
  }

  private static void product(
      boolean one,
      OpContext c,
      boolean transA,
      Tensor a,
      boolean transB,
      Tensor b,
      Shape whole,
      Tensor y) {
    if (!one) {
      new BatchedProduct(c, transA, a, transB, b, whole, y).compute();
      return;
    }
    int m = y.shape().rows();
    int n = y.shape().last();
    int k = transA ? a.shape().rows() : a.shape().last();
    c.multiply(transA, transB, m, n, k, a, a.shape().last(), b, b.shape().last(), y, n);
  }

  @Override
  public long multiplyAdds(Shape... in) {
    return (long) infer(in).size() * in[0].axis(transA ? -2 : -1);
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
