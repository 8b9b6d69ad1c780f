package limbeck.engine.op;

import limbeck.engine.exec.Chunks;
import limbeck.engine.exec.RangeBody;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.Gemm;
import limbeck.engine.tensor.Blocks;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Matrix products in batches: Y = op(A) · op(B) for each matrix of a whole batch. A and B may be
 * repeated, see {@link Blocks}. So may Y: it is then the sum of the products that it stands for, in
 * ascending order, starting from the first.
 *
 * @param whole has the leading axes of the whole batch, and any two more
 */
record BatchedProduct(
    OpContext c, boolean transA, Tensor a, boolean transB, Tensor b, Shape whole, Tensor y)
    implements RangeBody {
  /** Multiply-adds from which one product makes enough chunks by itself. */
  private static final long LARGE = 1 << 24;

  /**
   * Computes all of Y. Large products come one after another, each shared out; small ones side by
   * side, and if Y is a sum, a unit is one of its rows: it may have a single matrix.
   */
  void compute() {
    if (y.size() > 0 && products() == 0) {
      y.fill(0);
    } else if (y.size() > 0 && (long) m() * n() * k() >= LARGE) {
      Tensor term = sums() ? c.take(y.dtype(), Shape.of(m() * n())) : null;
      rows(c.gemm(y), c.workers(), term, 0, y.shape().rows());
    } else if (y.size() > 0) {
      long cost =
          k() * ((long) m() * n() / Chunks.MULTIPLY_ADDS + m() + n()); // the factors are copied
      long costOfRow = cost * (products() / (y.shape().rows() / m())) / m();
      c.forEach(y.shape().rows() / rowsOfUnit(), costOfRow * rowsOfUnit(), this);
    }
  }

  @Override
  public void run(int from, int to) {
    int rows = (to - from) * rowsOfUnit();
    Lane lane = c.lane();
    Tensor term = sums() ? lane.scratch(0, y.dtype(), Math.min(rows, m()) * n()) : null;
    rows(lane.gemm(y), Workers.inline(), term, from * rowsOfUnit(), to * rowsOfUnit());
    c.giveBack(lane);
  }

  /**
   * Computes rows {@code from} to {@code to} of Y, counted over all its matrices.
   *
   * @param term scratch for a product that is added; null if Y is no sum
   */
  private void rows(Gemm gemm, Workers workers, Tensor term, int from, int to) {
    // any product may belong to one of these rows of a sum; else they are numbered like Y's
    // matrices
    int end = sums() ? products() : (to - 1) / m() + 1;
    for (int i = sums() ? 0 : from / m(); i < end; i++) {
      int matrix = Blocks.index(y.shape(), whole, 2, i) * m();
      int low = Math.max(from, matrix);
      int high = Math.min(to, matrix + m());
      if (low < high && (!sums() || Blocks.isFirst(y.shape(), whole, 2, i))) {
        multiply(gemm, workers, i, low - matrix, high - low, y, low * n());
      } else if (low < high) {
        multiply(gemm, workers, i, low - matrix, high - low, term, 0);
        c.rows(y).add(y, low * n(), term, 0, y, low * n(), (high - low) * n());
      }
    }
  }

  /** Rows of product {@code i} from {@code row} on, written from element {@code at} on. */
  private void multiply(Gemm gemm, Workers workers, int i, int row, int rows, Tensor into, int at) {
    int lda = a.shape().last();
    int ldb = b.shape().last();
    int aAt = start(a, i) + (transA ? row : row * lda);
    int bAt = start(b, i);
    gemm.multiply(workers, transA, transB, rows, n(), k(), a, aAt, lda, b, bAt, ldb, into, at, n());
  }

  private int start(Tensor t, int i) {
    return Blocks.index(t.shape(), whole, 2, i) * t.shape().axis(-2) * t.shape().last();
  }

  private int products() {
    return Blocks.count(whole, 2);
  }

  private boolean sums() {
    return products() > Blocks.count(y.shape(), 2);
  }

  private int rowsOfUnit() {
    return sums() ? 1 : m();
  }

  private int m() {
    return y.shape().axis(-2);
  }

  private int n() {
    return y.shape().last();
  }

  private int k() {
    return a.shape().axis(transA ? -2 : -1);
  }
}
