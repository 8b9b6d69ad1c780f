package limbeck.autograd.optim;

import limbeck.autograd.ParameterStore;
import limbeck.engine.kernel.KernelProvider;
import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;

/**
 * Clipping of gradients by their global norm. Pascanu, Mikolov and Bengio 2013, arXiv:1211.5063.
 */
public final class GradClip {
  private GradClip() {}

  /**
   * Scales all gradients by max / norm if their Euclidean norm exceeds {@code max}. The squares are
   * summed over each maximal range as {@link Rows#dot} does, the ranges in double, ascending.
   *
   * @return the norm before clipping
   */
  public static double norm(ParameterStore store, double max) {
    Tensor g = store.gradients();
    Rows rows = (g.dtype() == DType.F64 ? KernelProvider.f64() : KernelProvider.f32()).rows();
    int[] ranges = store.activeRanges();
    double squares = 0;
    for (int i = 0; i < ranges.length; i += 2) {
      squares += rows.dot(g, ranges[i], g, ranges[i], ranges[i + 1] - ranges[i]);
    }
    double norm = StrictMath.sqrt(squares);
    for (int i = 0; i < ranges.length && norm > max; i += 2) {
      rows.scale(g, ranges[i], max / norm, g, ranges[i], ranges[i + 1] - ranges[i]);
    }
    return norm;
  }
}
