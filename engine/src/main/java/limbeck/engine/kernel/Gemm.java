package limbeck.engine.kernel;

import limbeck.engine.exec.Workers;
import limbeck.engine.tensor.Tensor;

/**
 * The matrix product C = op(A) · op(B), the second of the places that know about SIMD or about
 * float against double. An instance holds packing buffers and is for one thread at a time; it
 * allocates only when it meets larger sizes than before.
 *
 * <p>Order of operations: every element of C is the ascending sum of block values; a block is one
 * fma chain from +0 over 4,096 consecutive k (the last block may be shorter). So the bits of an
 * element depend on its row of op(A), its column of op(B) and nothing else: not on m or n, not on
 * tiles, threads or vector width. k = 0 gives +0.
 */
public interface Gemm {
  /** Terms of one fma chain. */
  int BLOCK = 4096;

  /** Rows of op(A), or columns of op(B), up to which the other operand is not worth packing. */
  int FEW = 2;

  /**
   * What the caller does with elements of C as soon as they are computed, while they are in cache:
   * adds a bias, applies an activation. Called exactly once for every element of C, in pieces that
   * lie within one row, by the workers' threads, several at a time and in no particular order. The
   * elements have their final value by then, and the product does not look at them again.
   */
  @FunctionalInterface
  interface Finish {
    /** Elements {@code from} to {@code to}, at least one, of row {@code row} of C are computed. */
    void run(int row, int from, int to);
  }

  /**
   * C[m, n] = op(A)[m, k] · op(B)[k, n], overwriting C.
   *
   * @param transA false: A is stored [m, k] with row length {@code lda}; true: [k, m]
   * @param transB false: B is stored [k, n] with row length {@code ldb}; true: [n, k]
   * @param a with {@code aAt}: index of A's first element in the tensor; likewise b, c
   */
  default void multiply(
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
      int ldc) {
    multiply(workers, transA, transB, m, n, k, a, aAt, lda, b, bAt, ldb, c, cAt, ldc, null);
  }

  /**
   * As the product without {@code finish}, whose work follows the computation of each element.
   *
   * @param finish null: nothing
   */
  void multiply(
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
      Finish finish);

  /** B packed once for many products, as programs do with weights. */
  interface Packed {
    /** Columns of op(B). */
    int n();

    /** Rows of op(B). */
    int k();
  }

  /** Packs op(B)[k, n] for {@link #multiplyPacked}. B may change or go afterwards. */
  default Packed pack(boolean transB, int n, int k, Tensor b, int bAt, int ldb) {
    return repack(null, transB, n, k, b, bAt, ldb);
  }

  /**
   * As {@link #pack}, into the memory of a matrix that this provider packed before and that nobody
   * uses any more; allocates where that is null or too small.
   */
  Packed repack(Packed used, boolean transB, int n, int k, Tensor b, int bAt, int ldb);

  /** C[m, n] = op(A)[m, k] · B, with B packed by this provider; the bits of {@link #multiply}. */
  default void multiplyPacked(
      Workers workers,
      boolean transA,
      int m,
      Tensor a,
      int aAt,
      int lda,
      Packed b,
      Tensor c,
      int cAt,
      int ldc) {
    multiplyPacked(workers, transA, m, a, aAt, lda, b, c, cAt, ldc, null);
  }

  /**
   * As the product without {@code finish}, whose work follows the computation of each element.
   *
   * @param finish null: nothing
   */
  void multiplyPacked(
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
      Finish finish);
}
