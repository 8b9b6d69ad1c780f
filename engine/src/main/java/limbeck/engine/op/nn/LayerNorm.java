package limbeck.engine.op.nn;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.ColumnSum;
import limbeck.engine.kernel.composite.LayerNormKernel;
import limbeck.engine.op.Lane;
import limbeck.engine.op.Op;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * Layer norm of each row: y[…, n] = γ ⊙ (x − μ)/√(σ² + ε) + β, with μ and σ² the row's mean and
 * variance (over n, not n − 1). Ba, Kiros and Hinton 2016, arXiv:1607.06450. The gradients are
 * derived in {@link LayerNormKernel}.
 *
 * <p>The squares of a row's elements are summed, in float32 too: that is fine as long as |x|·√n
 * stays below about 1.8e19, the square root of the largest float, for the row's largest |x|. For n
 * = 768 these are elements of up to 6.6e17.
 *
 * @param epsilon ε, above 0: added to the variance
 */
public record LayerNorm(double epsilon) implements Op, OpContext.ForwardPass {
  private static final OpSpec SPEC =
      OpSpec.of("layerNorm")
          .operand("x", "... n")
          .operand("gamma", "n")
          .operand("beta", "n")
          .onnx("LayerNormalization", 17);

  /** Passes over a row, forward and backward. */
  private static final int FORWARD_COST = 8;

  private static final int BACKWARD_COST = 10;

  /** Checks ε. */
  public LayerNorm {
    if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "layerNorm: epsilon " + epsilon + ", a finite number above 0 expected");
    }
  }

  @Override
  public Shape infer(Shape... in) {
    OpSpec spec = spec();
    spec.requireOperands(in.length);
    spec.requireRank(0, in[0], 1);
    for (int k = 1; k < 3; k++) {
      if (in[k].rank() != 1) {
        throw spec.rankError(k, in[k], 1);
      }
      spec.requireEqual("n", 0, in[0], in[0].last(), k, in[k], in[k].last());
    }
    if (in[0].last() == 0) {
      throw new ShapeException("layerNorm: " + spec.describe(0, in[0]) + ": rows without elements");
    }
    return in[0];
  }

  /** Mean and reciprocal deviation of each row, [rows, 2]. */
  @Override
  public Shape saved(Shape... in) {
    return Shape.of(in[0].rows(), 2);
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    c.forward(this, out.shape().rows(), (long) FORWARD_COST * out.shape().last(), in, out);
  }

  /** Forward for rows {@code from} to {@code to}. */
  @Override
  public void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    LayerNormKernel.forward(c.rows(out), in[0], in[1], in[2], epsilon, c.saved(), out, from, to);
  }

  /** dγ and dβ are summed over rows in the order of {@link ColumnSum}, dγ by fma. */
  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    if (gradIn[0] != null) {
      inputGradient(c, in, gradOut, gradIn[0]);
    }
    if (gradIn[1] != null) {
      gammaGradient(c, in[0], gradOut, gradIn[1]);
    }
    if (gradIn[2] != null) {
      betaGradient(c, gradOut, gradIn[2]);
    }
  }

  private static void inputGradient(OpContext c, Tensor[] in, Tensor dy, Tensor dx) {
    Rows r = c.rows(dx);
    Tensor saved = c.saved();
    int n = dx.shape().last();
    c.forEach(
        dx.shape().rows(),
        (long) BACKWARD_COST * n,
        (from, to) -> {
          Lane lane = c.lane();
          Tensor g = lane.scratch(0, dx.dtype(), n);
          LayerNormKernel.inputGradient(r, in[0], in[1], saved, dy, g, dx, from, to);
          c.giveBack(lane);
        });
  }

  private static void gammaGradient(OpContext c, Tensor x, Tensor dy, Tensor dgamma) {
    Rows r = c.rows(x);
    Tensor saved = c.saved();
    int n = x.shape().last();
    int blocks = ColumnSum.blocks(x.shape().rows());
    Tensor sums = c.take(x.dtype(), Shape.of(blocks, n));
    c.forEach(
        blocks,
        2L * ColumnSum.BLOCK * n,
        (from, to) -> {
          Lane lane = c.lane();
          Tensor term = lane.scratch(0, x.dtype(), n);
          for (int block = from; block < to; block++) {
            LayerNormKernel.gammaGradient(r, x, saved, dy, term, sums, block);
          }
          c.giveBack(lane);
        });
    ColumnSum.addBlocks(r, sums, blocks, n, dgamma);
  }

  private static void betaGradient(OpContext c, Tensor dy, Tensor dbeta) {
    Rows r = c.rows(dy);
    int rows = dy.shape().rows();
    int n = dy.shape().last();
    int blocks = ColumnSum.blocks(rows);
    Tensor sums = c.take(dy.dtype(), Shape.of(blocks, n));
    c.forEach(
        blocks,
        (long) ColumnSum.BLOCK * n,
        (from, to) -> {
          for (int block = from; block < to; block++) {
            ColumnSum.block(r, dy, rows, n, sums, block);
          }
        });
    ColumnSum.addBlocks(r, sums, blocks, n, dbeta);
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("epsilon", epsilon);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}
