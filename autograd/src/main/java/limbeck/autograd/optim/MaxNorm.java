package limbeck.autograd.optim;

import limbeck.autograd.Parameter;
import limbeck.engine.exec.Chunks;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.KernelProvider;
import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;

/**
 * Constraint on the incoming weights of each unit: a row of a [out, in] weight whose norm exceeds a
 * maximum is scaled back to it; other rows are untouched. Srebro and Shraibman 2005; with dropout
 * in Hinton et al. 2012, arXiv:1207.0580.
 */
public final class MaxNorm {
  private MaxNorm() {}

  /** Applies the constraint to a weight matrix, after the optimizer's step. */
  public static void apply(Workers workers, Parameter weight, double max) {
    if (!(max > 0)) {
      throw new IllegalArgumentException("maxNorm: maximum " + max + " is not above 0");
    }
    Tensor w = weight.value();
    Rows rows = (w.dtype() == DType.F64 ? KernelProvider.f64() : KernelProvider.f32()).rows();
    int n = w.shape().last();
    workers.forEach(
        w.shape().rows(),
        Chunks.unitsPerChunk(n),
        (from, to) -> {
          for (int row = from; row < to; row++) {
            double norm = StrictMath.sqrt(rows.dot(w, row * n, w, row * n, n));
            if (norm > max) {
              rows.scale(w, row * n, max / norm, w, row * n, n);
            }
          }
        });
    weight.store().changed();
  }
}
