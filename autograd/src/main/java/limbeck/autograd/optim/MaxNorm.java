package limbeck.autograd.optim;

import limbeck.autograd.Parameter;
import limbeck.engine.exec.Chunks;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * Constraint on the incoming weights of each unit, which are the entries of a weight's leading axis
 * (the rows of an [out, in] weight): those whose Euclidean norm exceeds a maximum are scaled back
 * to it, others are untouched. Srebro and Shraibman 2005; with dropout in Hinton et al. 2012,
 * arXiv:1207.0580.
 */
public final class MaxNorm {
  private MaxNorm() {}

  /**
   * Applies the constraint, after the optimizer's step. The norm is computed as {@link Rows#dot}
   * does and the weights are rounded, so a result may exceed the maximum by a few roundings. A
   * frozen parameter keeps its value.
   *
   * @param weight of rank 2 or more: [out, in], or [out, in, height, width]
   * @param max above 0
   * @throws ShapeException if the parameter is a vector or a single number, such as a bias
   * @throws IllegalArgumentException if {@code max} is not above 0
   */
  public static void apply(Workers workers, Parameter weight, double max) {
    if (!(max > 0)) {
      throw new IllegalArgumentException("maxNorm: maximum " + max + " is not above 0");
    }
    if (weight.shape().rank() < 2) {
      throw new ShapeException(
          "maxNorm: " + weight.name() + " " + weight.shape() + " is no weight [out, in]");
    }
    if (weight.frozen()) {
      return;
    }
    Tensor w = weight.value();
    Rows rows = Optimizer.rows(w);
    int units = w.shape().axis(0);
    int n = units == 0 ? 0 : w.size() / units;
    workers.forEach(
        units,
        Chunks.unitsPerChunk(units, n),
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
