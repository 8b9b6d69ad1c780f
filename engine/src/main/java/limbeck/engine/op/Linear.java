package limbeck.engine.op;

import java.util.List;
import limbeck.engine.kernel.Gemm;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.ColumnSum;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Affine map of each row: y[…, out] = x[…, in] · wᵀ + b, with w stored [out, in] as in users'
 * checkpoints.
 */
public record Linear() implements Op {
  private static final List<Integer> MATRICES = List.of(1);

  private static final OpSpec SPEC =
      OpSpec.of("linear")
          .operand("x", "... in")
          .operand("w", "out in")
          .operand("b", "out")
          .onnx("Gemm", 13);

  private static final OpContext.RowPass ADD_BIAS =
      new OpContext.RowPass() {
        @Override
        public void run(OpContext c, Tensor[] in, Tensor out, int row, int from, int to) {
          int at = row * out.shape().last() + from;
          c.rows(out).add(out, at, in[2], from, out, at, to - from);
          c.finish(out, at, to - from);
        }
      };

  @Override
  public List<Integer> matrices() {
    return MATRICES;
  }

  @Override
  public Shape infer(Shape... in) {
    OpSpec spec = spec();
    spec.requireOperands(in.length);
    spec.requireRank(0, in[0], 1);
    if (in[1].rank() != 2) {
      throw spec.rankError(1, in[1], 2);
    }
    if (in[2].rank() != 1) {
      throw spec.rankError(2, in[2], 1);
    }
    spec.requireEqual("in", 0, in[0], in[0].last(), 1, in[1], in[1].axis(1));
    spec.requireEqual("out", 1, in[1], in[1].axis(0), 2, in[2], in[2].axis(0));
    return in[0].with(-1, in[1].axis(0));
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    Tensor x = in[0];
    Tensor w = in[1];
    int n = w.shape().axis(0);
    int k = w.shape().axis(1);
    Gemm.Finish finish = c.finish(ADD_BIAS, in, out);
    c.multiply(false, true, x.shape().rows(), n, k, x, k, w, k, out, n, finish);
  }

  @Override
  public boolean finishes() {
    return true;
  }

  /** dx = dy · w, dw = dyᵀ · x, db = Σ over rows of dy. */
  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    int rows = out.shape().rows();
    int n = in[1].shape().axis(0);
    int k = in[1].shape().axis(1);
    if (gradIn[0] != null) {
      c.multiply(false, false, rows, k, n, gradOut, n, in[1], k, gradIn[0], k);
    }
    if (gradIn[1] != null) {
      c.multiply(true, false, n, k, rows, gradOut, n, in[0], k, gradIn[1], k);
    }
    if (gradIn[2] != null) {
      Rows r = c.rows(out);
      Tensor block = c.take(out.dtype(), Shape.of(n));
      c.forEach(
          ColumnSum.units(n),
          ColumnSum.cost(rows, n),
          (from, to) -> ColumnSum.forward(r, gradOut, rows, n, block, gradIn[2], from, to));
    }
  }

  @Override
  public long multiplyAdds(Shape... in) {
    return (long) in[0].size() * in[1].axis(0);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}
