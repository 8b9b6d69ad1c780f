package limbeck.engine.op;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * The direction of each row: y = x / |x| with the Euclidean length |x|. A row no longer than ε has
 * no direction: its result is 0, and so is its gradient. (Toolkits that divide by max(|x|, ε) give
 * it a gradient of 1/ε instead.)
 *
 * <p>Order of operations: the length is that of {@link Rows#dot}, root and reciprocal are taken in
 * double, then one product each. In float32 squares must not overflow: |x| below 1e19.
 *
 * @param epsilon ε, from 0 on
 */
public record Normalize(double epsilon) implements RowwiseOp {
  private static final OpSpec SPEC = OpSpec.of("normalize").operand("x", "... n");

  /** With ε = 1e−12. */
  public Normalize() {
    this(1e-12);
  }

  /**
   * Checks ε.
   *
   * @throws IllegalArgumentException if it is not in [0, 1]
   */
  public Normalize {
    if (!(epsilon >= 0 && epsilon <= 1)) {
      throw new IllegalArgumentException("normalize: epsilon " + epsilon + " is not in [0, 1]");
    }
  }

  @Override
  public int cost() {
    return 4;
  }

  @Override
  public void forward(Rows r, Tensor x, Tensor y, int from, int to) {
    int n = x.shape().last();
    for (int row = from; row < to; row++) {
      int i = row * n;
      double length = length(r, x, i, n);
      if (length <= epsilon) { // not so for NaN, which must come out
        r.fill(0, y, i, n);
      } else {
        r.scale(x, i, 1 / length, y, i, n);
      }
    }
  }

  private static double length(Rows r, Tensor x, int i, int n) {
    return Math.sqrt(r.dot(x, i, x, i, n));
  }

  /** dx = (dy − ⟨y, dy⟩ · y) / |x|: what is along the row does not change its direction. */
  @Override
  public void backward(Rows r, Tensor x, Tensor y, Tensor dy, Tensor dx, int from, int to) {
    int n = x.shape().last();
    for (int row = from; row < to; row++) {
      int i = row * n;
      double length = length(r, x, i, n);
      if (length <= epsilon) {
        r.fill(0, dx, i, n);
      } else {
        r.scale(dy, i, 1 / length, dx, i, n);
        r.axpy(-r.dot(y, i, dy, i, n) / length, y, i, dx, i, n);
      }
    }
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
