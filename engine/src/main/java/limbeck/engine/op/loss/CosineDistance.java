package limbeck.engine.op.loss;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.op.LossOp;
import limbeck.engine.op.OpSpec;
import limbeck.engine.op.Reduction;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Cosine distance of rows, 1 − cos(x, t), with cos(x, t) = ⟨x, t⟩ / √((|x|² + ε)(|t|² + ε)): only
 * directions count. DistilBERT aligns hidden states with it (Sanh et al. 2019, arXiv:1910.01108,
 * section 3); it is PyTorch's {@code CosineEmbeddingLoss} for pairs that shall be alike. A row of
 * zeros is at distance 1 from every other.
 *
 * <p>With a = 1/√(|x|² + ε), b = 1/√(|t|² + ε) and the difference of directions u = a·x − b·t,
 *
 * <p>1 − cos = ½·(|u|² + ε·a² + ε·b²),
 *
 * <p>because |a·x|² = 1 − ε·a² and likewise for t. So it is computed: it is never negative, and
 * keeps its digits where x and t are nearly parallel, which is what they are trained for.
 *
 * <p>Gradient: da/dx = −a³·x, so d cos/dx = a·(b·t − cos·a·x). With cos = 1 − l and b·t = a·x − u
 * that makes dl/dx = a·(u − l·a·x), and by symmetry dl/dt = −b·(u + l·b·t).
 *
 * <p>In float32 squares must not overflow: |x| and |t| below 1e19.
 *
 * @param epsilon ε, above 0
 * @param reduction over examples; {@link Reduction#ELEMENT_MEAN} also divides by the row's length
 */
public record CosineDistance(double epsilon, Reduction reduction) implements LossOp {
  private static final OpSpec SPEC =
      OpSpec.of("cosineDistance").operand("outputs", "... n").operand("targets", "... n");

  /** Mean over examples, with PyTorch's ε of 1e−12. */
  public CosineDistance() {
    this(1e-12, Reduction.BATCH_MEAN);
  }

  /** Checks ε. */
  public CosineDistance {
    if (!(epsilon > 0 && epsilon <= 1)) {
      throw new IllegalArgumentException(
          "cosineDistance: epsilon " + epsilon + " is not in (0, 1]");
    }
  }

  /** The difference of directions u, then a and b. */
  @Override
  public int savedPerExample(Shape... in) {
    return in[0].last() + 2;
  }

  @Override
  public void check(Shape... in) {
    spec().requireSameShape(1, in);
  }

  @Override
  public long cost(Shape outputs) {
    return 8L * outputs.last();
  }

  @Override
  public void forwardRows(Rows r, Tensor[] in, Tensor losses, Tensor saved, int from, int to) {
    int n = in[0].shape().last();
    for (int row = from; row < to; row++) {
      int i = row * n;
      int u = row * (n + 2);
      double squareX = r.dot(in[0], i, in[0], i, n) + epsilon;
      double squareT = r.dot(in[1], i, in[1], i, n) + epsilon;
      double a = 1 / Math.sqrt(squareX);
      double b = 1 / Math.sqrt(squareT);
      r.scale(in[0], i, a, saved, u, n);
      r.axpy(-b, in[1], i, saved, u, n);
      saved.set(u + n, a);
      saved.set(u + n + 1, b);
      double square = r.dot(saved, u, saved, u, n);
      losses.set(row, (square + epsilon / squareX + epsilon / squareT) / 2);
    }
  }

  /** dx = a·(u − l·a·x) · dL, dt = −b·(u + l·b·t) · dL. */
  @Override
  public void backwardRows(
      Rows r,
      Tensor[] in,
      Tensor losses,
      Tensor saved,
      double scale,
      Tensor[] gradIn,
      int from,
      int to) {
    int n = in[0].shape().last();
    for (int row = from; row < to; row++) {
      int i = row * n;
      int u = row * (n + 2);
      for (int k = 0; k < 2; k++) {
        if (gradIn[k] != null) {
          double a = saved.get(u + n + k);
          r.scale(saved, u, (k == 0 ? a : -a) * scale, gradIn[k], i, n);
          r.axpy(-losses.get(row) * a * a * scale, in[k], i, gradIn[k], i, n);
        }
      }
    }
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("epsilon", epsilon, "reduction", reduction.name());
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}
