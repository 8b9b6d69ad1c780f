package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.simd.Width.N;

import limbeck.engine.exec.Chunks;
import limbeck.engine.exec.RangeBody;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.Gemm;
import limbeck.engine.kernel.scalar.Matrix;
import limbeck.engine.math.Fma;

/**
 * One or two rows times a transposed matrix, in the order of {@link Gemm}. Each number of the
 * matrix is used once or twice, so that it is transposed where it is multiplied, in registers:
 * panels of it would be written and read for nothing. Chains of neighbouring columns fill a vector.
 */
final class ThinProduct {
  /** Most rows. */
  static final int ROWS = 2;

  private final RangeBody body = this::units;
  private Matrix x;
  private Matrix w;
  private int rows;
  private int n;
  private int k;

  /**
   * For each unit of N columns {@link #ROWS} rows of N sums, then as many of the block at work. The
   * last unit ends with the last column, and so may repeat some of the one before.
   */
  private float[] sums = {};

  /** Sets op(A)[rows, k]. */
  ThinProduct rows(int rows, Matrix a) {
    this.rows = rows;
    x = a;
    return this;
  }

  /** Sets op(B)[k, n], of N columns at least, each of neighbouring numbers. */
  ThinProduct columns(int n, Matrix b) {
    this.n = n;
    w = b;
    return this;
  }

  /**
   * Computes C[rows, n] over k, which is at least 1: element (i, j) at {@code cAt + i rowStep + j
   * columnStep}. The operands are forgotten afterwards.
   */
  void into(Workers workers, int k, float[] c, int cAt, int rowStep, int columnStep) {
    this.k = k;
    int units = (n + N - 1) / N;
    if (sums.length < units * 2 * ROWS * N) {
      sums = new float[units * 2 * ROWS * N];
    }
    workers.forEach(units, Chunks.unitsPerChunk(units, (long) N * k / Chunks.MULTIPLY_ADDS), body);
    for (int j = 0; j < n; j++) {
      int unit = j / N;
      for (int i = 0; i < rows; i++) {
        c[cAt + i * rowStep + j * columnStep] = sums[at(unit) + i * N + j - column(unit)];
      }
    }
    x = null;
    w = null;
  }

  private int at(int unit) {
    return unit * 2 * ROWS * N;
  }

  private int column(int unit) {
    return Math.min(unit * N, n - N);
  }

  private void units(int from, int to) {
    for (int unit = from; unit < to; unit++) {
      int at = at(unit);
      block(column(unit), 0, at);
      for (int block = Gemm.BLOCK; block < k; block += Gemm.BLOCK) {
        block(column(unit), block, at + ROWS * N);
        for (int i = 0; i < ROWS * N; i++) {
          sums[at + i] += sums[at + ROWS * N + i];
        }
      }
    }
  }

  /** Columns j to j + N over one block of k. */
  private void block(int j, int block, int at) {
    int count = Math.min(Gemm.BLOCK, k - block);
    int whole = count / 8 * 8;
    int xAt = x.at(0, block);
    int next = rows == ROWS ? x.rowStep : 0;
    int wAt = w.at(block, j);
    int ld = w.columnStep;
    if (N < 16) {
      Thin8.two(w.array, wAt, ld, whole, x.array, xAt, x.columnStep, next, sums, at);
    } else if (rows == ROWS) {
      Thin16.two(w.array, wAt, ld, whole, x.array, xAt, x.columnStep, next, sums, at);
    } else {
      Thin16.one(w.array, wAt, ld, whole, x.array, xAt, x.columnStep, sums, at);
    }
    for (int i = whole; i < count; i++) {
      for (int row = 0; row < rows; row++) {
        column(x.array[x.at(row, block + i)], wAt + i, at + row * N);
      }
    }
  }

  /** Goes on with N chains by one term. */
  private void column(float factor, int wAt, int at) {
    for (int r = 0; r < N; r++) {
      sums[at + r] = Fma.fma(factor, w.array[wAt + r * w.columnStep], sums[at + r]);
    }
  }
}
