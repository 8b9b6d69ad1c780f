package limbeck.engine.kernel.f64;

import java.util.Arrays;
import limbeck.engine.exec.Chunks;
import limbeck.engine.exec.RangeBody;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.Gemm;
import limbeck.engine.kernel.MatrixBounds;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;

/**
 * The matrix product in double. Multiplies, rounds, adds, rounds, k ascending from +0 without
 * blocks: it is the oracle, and promises that order instead of {@link Gemm}'s.
 */
public final class DoubleGemm implements Gemm {
  private final RangeBody body = this::rows;
  private double[] copy = {};
  private int n;
  private int k;
  private double[] a;
  private int aAt;
  private int aRow;
  private int aColumn;
  private double[] b;
  private int bAt;
  private int ldb;
  private double[] c;
  private int cAt;
  private int ldc;
  private Finish finish;

  @Override
  public void multiply(
      Workers workers,
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      Tensor a,
      int aAt,
      int lda,
      Tensor b,
      int bAt,
      int ldb,
      Tensor c,
      int cAt,
      int ldc,
      Finish finish) {
    MatrixBounds.check(DType.F64, transA, transB, m, n, k, a, aAt, lda, b, bAt, ldb, c, cAt, ldc);
    this.finish = finish;
    double[] rows = b.doubles();
    int at = b.offset() + bAt;
    if (transB) {
      int size = Math.multiplyExact(n, k);
      copy = copy.length < size ? new double[size] : copy;
      transpose(rows, at, ldb, n, k, copy);
      run(workers, transA, m, n, k, a, aAt, lda, copy, 0, n, c, cAt, ldc);
    } else {
      run(workers, transA, m, n, k, a, aAt, lda, rows, at, ldb, c, cAt, ldc);
    }
  }

  private void run(
      Workers workers,
      boolean transA,
      int m,
      int n,
      int k,
      Tensor a,
      int aAt,
      int lda,
      double[] b,
      int bAt,
      int ldb,
      Tensor c,
      int cAt,
      int ldc) {
    this.n = n;
    this.k = k;
    this.a = a.doubles();
    this.aAt = a.offset() + aAt;
    aRow = transA ? 1 : lda;
    aColumn = transA ? lda : 1;
    this.b = b;
    this.bAt = bAt;
    this.ldb = ldb;
    this.c = c.doubles();
    this.cAt = c.offset() + cAt;
    this.ldc = ldc;
    workers.forEach(m, Chunks.unitsPerChunk(m, (long) n * k), body);
    this.a = null;
    this.b = null;
    this.c = null;
    finish = null;
  }

  private void rows(int from, int to) {
    for (int i = from; i < to; i++) {
      int at = cAt + i * ldc;
      Arrays.fill(c, at, at + n, 0);
      int p = aAt + i * aRow;
      int x = 0;
      for (; x + 4 <= k; x += 4) {
        fourTerms(p + x * aColumn, bAt + x * ldb, at);
      }
      for (; x < k; x++) {
        oneTerm(p + x * aColumn, bAt + x * ldb, at);
      }
      if (finish != null && n > 0) {
        finish.run(i, 0, n);
      }
    }
  }

  /**
   * Four terms at a time: C is loaded and stored a fourth as often. Java adds from left to right.
   */
  private void fourTerms(int p, int q, int at) {
    double a0 = a[p];
    double a1 = a[p + aColumn];
    double a2 = a[p + 2 * aColumn];
    double a3 = a[p + 3 * aColumn];
    for (int j = 0; j < n; j++) {
      c[at + j] =
          c[at + j]
              + a0 * b[q + j]
              + a1 * b[q + ldb + j]
              + a2 * b[q + 2 * ldb + j]
              + a3 * b[q + 3 * ldb + j];
    }
  }

  private void oneTerm(int p, int q, int at) {
    double t = a[p];
    for (int j = 0; j < n; j++) {
      c[at + j] += t * b[q + j];
    }
  }

  /** y[k, n] from x[n, k]. */
  private static void transpose(double[] x, int at, int ld, int n, int k, double[] y) {
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < k; i++) {
        y[i * n + j] = x[at + j * ld + i];
      }
    }
  }

  @Override
  public Packed repack(Packed used, boolean transB, int n, int k, Tensor b, int bAt, int ldb) {
    MatrixBounds.checkB(DType.F64, transB, n, k, b, bAt, ldb);
    int size = Math.multiplyExact(n, k);
    boolean fits = used instanceof ByRows u && u.rows.length >= size;
    double[] rows = fits ? ((ByRows) used).rows : new double[size];
    int at = b.offset() + bAt;
    if (transB) {
      transpose(b.doubles(), at, ldb, n, k, rows);
    } else {
      for (int i = 0; i < k; i++) {
        System.arraycopy(b.doubles(), at + i * ldb, rows, i * n, n);
      }
    }
    return new ByRows(n, k, rows);
  }

  @Override
  public void multiplyPacked(
      Workers workers,
      boolean transA,
      int m,
      Tensor a,
      int aAt,
      int lda,
      Packed b,
      Tensor c,
      int cAt,
      int ldc,
      Finish finish) {
    if (!(b instanceof ByRows p)) {
      throw new IllegalArgumentException(
          "gemm: b was packed by another provider; pack it with this one");
    }
    MatrixBounds.checkA(DType.F64, transA, m, p.k, a, aAt, lda);
    MatrixBounds.checkC(DType.F64, m, p.n, c, cAt, ldc);
    this.finish = finish;
    run(workers, transA, m, p.n, p.k, a, aAt, lda, p.rows, 0, p.n, c, cAt, ldc);
  }

  /** op(B) copied as [k, n], at the start of {@code rows}. */
  private record ByRows(int n, int k, double[] rows) implements Packed {}
}
