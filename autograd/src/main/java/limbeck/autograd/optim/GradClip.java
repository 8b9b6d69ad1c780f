package limbeck.autograd.optim;

import limbeck.autograd.ParameterStore;
import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * Clipping of gradients by their global norm, between backward and the optimizer's step. Pascanu,
 * Mikolov and Bengio 2013, arXiv:1211.5063, algorithm 1.
 */
public final class GradClip {
  private GradClip() {}

  /**
   * Scales all gradients by max / norm if their Euclidean norm exceeds {@code max}. The squares are
   * summed over each maximal range as {@link Rows#dot} does, the ranges in double, ascending.
   * Frozen parameters neither count nor change. If the norm is not finite (a gradient is not, or a
   * square overflows) nothing changes: callers who see that leave the step out.
   *
   * @param max above 0
   * @return the norm before clipping
   * @throws IllegalArgumentException if {@code max} is not above 0
   */
  public static double norm(ParameterStore store, double max) {
    if (!(max > 0)) {
      throw new IllegalArgumentException("gradClip: maximum " + max + " is not above 0");
    }
    Tensor g = store.gradients();
    Rows rows = Optimizer.rows(g);
    int[] ranges = store.activeRanges();
    double squares = 0;
    for (int i = 0; i < ranges.length; i += 2) {
      squares += rows.dot(g, ranges[i], g, ranges[i], ranges[i + 1] - ranges[i]);
    }
    double norm = StrictMath.sqrt(squares);
    boolean clip = norm > max && norm < Double.POSITIVE_INFINITY;
    for (int i = 0; i < ranges.length && clip; i += 2) {
      rows.scale(g, ranges[i], max / norm, g, ranges[i], ranges[i + 1] - ranges[i]);
    }
    return norm;
  }
}
