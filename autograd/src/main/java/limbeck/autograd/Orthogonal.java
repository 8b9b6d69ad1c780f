package limbeck.autograd;

import limbeck.engine.kernel.KernelProvider;
import limbeck.engine.kernel.Rows;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * Orthonormal rows or columns, times a gain: see {@link Init#orthogonal}.
 *
 * <p>The rows of a normal matrix A, or its columns where they are fewer, are made orthonormal one
 * after the other by Gram and Schmidt's method: from each is subtracted its projection on those
 * before it, twice: the first time leaves the rounding errors of what was subtracted, the second
 * nothing above the last bits (Giraud, Langou and Rozložník 2005, The loss of orthogonality in the
 * Gram-Schmidt orthogonalization process). This is the Q of A = Q·R with a positive diagonal of R,
 * which is distributed evenly over all such Q (Mezzadri 2007, arXiv:math-ph/0609050).
 */
record Orthogonal(double gain) implements Init {
  @Override
  public void fill(Tensor t, Philox random) {
    if (t.shape().rank() < 2) {
      throw new ShapeException("init: orthogonal for " + t.shape() + ", two axes at least needed");
    }
    int rows = t.shape().axis(0);
    int columns = rows == 0 ? 0 : t.size() / rows;
    boolean byRows = rows <= columns;
    int count = byRows ? rows : columns;
    int length = byRows ? columns : rows;
    Tensor q = Tensor.zeros(DType.F64, Shape.of(count, length));
    for (int i = 0; i < q.size(); i++) {
      q.set(i, random.normal(byRows ? i : transposed(i, length, count)));
    }
    orthonormalize(q, count, length);
    for (int i = 0; i < q.size(); i++) {
      t.set(byRows ? i : transposed(i, length, count), gain * q.get(i));
    }
  }

  /** The place of element {@code i} of a matrix with rows of {@code n} in its transposed, of m. */
  private static int transposed(int i, int n, int m) {
    return i % n * m + i / n;
  }

  private static void orthonormalize(Tensor q, int count, int length) {
    Rows r = KernelProvider.f64().rows();
    for (int v = 0; v < count; v++) {
      int at = v * length;
      for (int turn = 0; turn < 2; turn++) {
        for (int u = 0; u < v; u++) {
          r.axpy(-r.dot(q, u * length, q, at, length), q, u * length, q, at, length);
        }
      }
      r.scale(q, at, 1 / StrictMath.sqrt(r.dot(q, at, q, at, length)), q, at, length);
    }
  }
}
