package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.simd.Width.N;

import limbeck.engine.exec.Chunks;
import limbeck.engine.exec.RangeBody;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.Gemm;
import limbeck.engine.kernel.scalar.Matrix;

/**
 * A product of fewer columns than a vector has lanes, such as a classifier's, computed as Cᵀ =
 * op(B)ᵀ · op(A)ᵀ: rows of C fill vectors. Tiles of one vector with idle lanes take longer, by the
 * lanes and because they spread a number of A for each multiplication.
 */
final class NarrowProduct {
  /** Rows and terms from which on it pays to pack A for it. */
  private static final int FEWEST = 64;

  /** Rows of C at a time, so that what is packed of A stays in the second-level cache. */
  private static final int SLICE = 256;

  private final BlockProduct product = new BlockProduct();
  private final Matrix columns = new Matrix();
  private final RangeBody turning = this::turn;

  /** Cᵀ of the slice at work. */
  private float[] turned = {};

  private int n;
  private float[] c;
  private int cAt;
  private int ldc;
  private Gemm.Finish finish;

  /** The slice at work: its first row, and how many. */
  private int first;

  private int count;

  /** Whether it is faster than other ways, for an A that is not transposed. */
  static boolean fits(int m, int n, int k) {
    return n <= N * 3 / 4 && Math.min(m, k) >= FEWEST && k <= Gemm.BLOCK;
  }

  /** Sets C[m, n], in rows of length {@code ldc}, and what follows; null: nothing. */
  NarrowProduct into(int n, float[] c, int cAt, int ldc, Gemm.Finish finish) {
    this.n = n;
    this.c = c;
    this.cAt = cAt;
    this.ldc = ldc;
    this.finish = finish;
    return this;
  }

  /** C = op(A)[m, k] · op(B)[k, n]. The operands are forgotten afterwards. */
  void run(Workers workers, int m, int k, Matrix a, Matrix b) {
    if (turned.length < n * SLICE) {
      turned = new float[n * SLICE];
    }
    b.transpose();
    for (first = 0; first < m; first += SLICE) {
      count = Math.min(SLICE, m - first);
      columns.set(a.array, a.at(first, 0), a.rowStep, true);
      product.into(n, count, turned, 0, count, null).run(workers, b, columns, null, 0, k);
      workers.forEach(count, Chunks.unitsPerChunk(count, n), turning);
    }
    columns.array = null;
    c = null;
    finish = null;
  }

  private void turn(int from, int to) {
    for (int i = from; i < to; i++) {
      int at = cAt + (first + i) * ldc;
      for (int j = 0; j < n; j++) {
        c[at + j] = turned[j * count + i];
      }
      if (finish != null) {
        finish.run(first + i, 0, n);
      }
    }
  }
}
