package limbeck.engine.kernel;

import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/** Checks that the matrices of a product lie inside their tensors, so that kernels need not. */
public final class MatrixBounds {
  private MatrixBounds() {}

  /**
   * Checks sizes, types and extents of all three operands of {@link Gemm#multiply}.
   *
   * @throws ShapeException naming the operand that is wrong
   */
  public static void check(
      DType type,
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
    checkA(type, transA, m, k, a, aAt, lda);
    checkB(type, transB, n, k, b, bAt, ldb);
    checkC(type, m, n, c, cAt, ldc);
  }

  /** Checks op(A)[m, k]. */
  public static void checkA(DType type, boolean trans, int m, int k, Tensor a, int at, int ld) {
    check(type, "a", trans ? k : m, trans ? m : k, a, at, ld);
  }

  /** Checks op(B)[k, n]. */
  public static void checkB(DType type, boolean trans, int n, int k, Tensor b, int at, int ld) {
    check(type, "b", trans ? n : k, trans ? k : n, b, at, ld);
  }

  /** Checks C[m, n]. */
  public static void checkC(DType type, int m, int n, Tensor c, int at, int ld) {
    check(type, "c", m, n, c, at, ld);
  }

  private static void check(
      DType type, String name, int rows, int columns, Tensor x, int at, int ld) {
    if (x.dtype() != type) {
      throw new ShapeException(
          "gemm: " + name + " is " + x.dtype() + ", this product is for " + type);
    }
    long end = rows == 0 || columns == 0 ? 0 : at + (rows - 1L) * ld + columns;
    boolean overlapping = rows > 1 && ld < columns;
    if (rows < 0 || columns < 0 || at < 0 || ld < 0 || overlapping || end > x.size()) {
      throw new ShapeException(
          "gemm: "
              + name
              + " ["
              + rows
              + ", "
              + columns
              + "] with rows of length "
              + ld
              + " from element "
              + at
              + " does not fit a tensor of "
              + x.size()
              + " elements");
    }
  }
}
