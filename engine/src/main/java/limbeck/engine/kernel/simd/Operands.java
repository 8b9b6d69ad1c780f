package limbeck.engine.kernel.simd;

import limbeck.engine.kernel.Gemm;
import limbeck.engine.kernel.scalar.Matrix;

/** What the pieces of the running product read and write. */
final class Operands {
  /** op(A) and op(B) as they are. */
  Matrix a;

  Matrix b;

  /** C[m, n], in rows of length ldc. */
  float[] c;

  int cAt;
  int ldc;
  int m;
  int n;

  /** What follows the computation of each element; null: nothing. */
  Gemm.Finish finish;

  /** Whether pieces pack the row panels of op(A). */
  boolean rowsPacked;

  /**
   * Whether pieces, which have few rows, then pack all of them at once and take column panels past
   * them, each once. That is for weights packed long ago, which come from memory; what has just
   * been packed is in the cache.
   */
  boolean columnsOutside;

  /** Columns of op(B) from {@link #packedFrom} on; those before are read where they are. */
  PackedColumns columns;

  int packedFrom;

  /** Forgets the caller's arrays, so that they can be collected. */
  void release() {
    a = null;
    b = null;
    c = null;
    finish = null;
    columns = null;
  }
}
