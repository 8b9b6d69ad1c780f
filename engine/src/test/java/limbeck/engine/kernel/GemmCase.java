package limbeck.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.function.Function;
import limbeck.engine.exec.Workers;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * A matrix product with its expected bits. Operands start at odd offsets, rows have gaps, and all
 * that is no element of A, B or C is NaN: what is read by mistake shows in the result, what is
 * written by mistake in the gaps.
 */
public final class GemmCase {
  private static final float GAP = Float.intBitsToFloat(0x7fc12345);

  final boolean transA;
  final boolean transB;
  public final int m;
  public final int n;
  public final int k;
  final int lda;
  final int ldb;
  final int ldc;
  final int at;
  public final float[] a;
  public final float[] b;
  private float[] expected;

  /** Numbers from −1 to 1 that a multiplicative generator makes of the shape. */
  public GemmCase(boolean transA, boolean transB, int m, int n, int k, int gap) {
    this.transA = transA;
    this.transB = transB;
    this.m = m;
    this.n = n;
    this.k = k;
    lda = (transA ? m : k) + gap;
    ldb = (transB ? k : n) + 2 * gap;
    ldc = n + 3 * gap;
    at = 1 + 3 * gap;
    a = operand(transA ? k : m, transA ? m : k, lda, 17 + m);
    b = operand(transB ? n : k, transB ? k : n, ldb, 31 + n);
  }

  private float[] operand(int rows, int columns, int ld, int seed) {
    float[] x = new float[at + rows * ld + 5];
    Arrays.fill(x, GAP);
    long state = seed;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        state = state * 6364136223846793005L + 1442695040888963407L;
        x[at + i * ld + j] = (state >> 40) * 0x1p-23f;
      }
    }
    return x;
  }

  /** Where op(A)[i, x] lies. */
  public int indexA(int i, int x) {
    return at + (transA ? x * lda + i : i * lda + x);
  }

  /** Where op(B)[x, j] lies. */
  public int indexB(int x, int j) {
    return at + (transB ? j * ldb + x : x * ldb + j);
  }

  /**
   * The contract, word for word: blocks of 4,096, each an fma chain from +0, added in ascending
   * order.
   */
  public float expected(int i, int j) {
    float sum = 0;
    for (int block = 0; block < k; block += 4096) {
      float chain = 0;
      for (int x = block; x < Math.min(k, block + 4096); x++) {
        chain = Math.fma(a[indexA(i, x)], b[indexB(x, j)], chain);
      }
      sum = block == 0 ? chain : sum + chain;
    }
    return sum;
  }

  private float[] expected() {
    if (expected == null) {
      expected = gaps();
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          expected[at + i * ldc + j] = expected(i, j);
        }
      }
    }
    return expected;
  }

  private float[] gaps() {
    float[] c = new float[at + m * ldc + 7];
    Arrays.fill(c, GAP);
    return c;
  }

  private static Tensor tensor(float[] x) {
    return Tensor.view(x, 1, Shape.of(x.length - 1));
  }

  /** C of {@link Gemm#multiply} with its gaps. */
  public float[] multiply(Gemm gemm, Workers workers) {
    return multiply(gemm, workers, c -> null);
  }

  /** As {@link #multiply(Gemm, Workers)}, with what {@code finish} makes for this C. */
  float[] multiply(Gemm gemm, Workers workers, Function<float[], Gemm.Finish> finish) {
    float[] c = gaps();
    gemm.multiply(
        workers,
        transA,
        transB,
        m,
        n,
        k,
        tensor(a),
        at - 1,
        lda,
        tensor(b),
        at - 1,
        ldb,
        tensor(c),
        at - 1,
        ldc,
        finish.apply(c));
    return c;
  }

  /** C of {@link Gemm#multiplyPacked} with its gaps. */
  public float[] multiplyPacked(Gemm gemm, Workers workers) {
    return multiplyPacked(gemm, workers, gemm.pack(transB, n, k, tensor(b), at - 1, ldb));
  }

  /** B packed into the memory of an earlier matrix, or of none. */
  public Gemm.Packed repack(Gemm gemm, Gemm.Packed used) {
    return gemm.repack(used, transB, n, k, tensor(b), at - 1, ldb);
  }

  /** C of {@link Gemm#multiplyPacked} with its gaps. */
  public float[] multiplyPacked(Gemm gemm, Workers workers, Gemm.Packed packed) {
    return multiplyPacked(gemm, workers, packed, c -> null);
  }

  /** As without {@code finish}, with what it makes for this C. */
  float[] multiplyPacked(
      Gemm gemm, Workers workers, Gemm.Packed packed, Function<float[], Gemm.Finish> finish) {
    float[] c = gaps();
    assertEquals(n, packed.n());
    assertEquals(k, packed.k());
    Tensor to = tensor(c);
    Gemm.Finish work = finish.apply(c);
    gemm.multiplyPacked(workers, transA, m, tensor(a), at - 1, lda, packed, to, at - 1, ldc, work);
    return c;
  }

  /**
   * Asserts that C has the expected bits and that its gaps are as they were. NaN equals NaN,
   * whatever the payload.
   */
  public void assertBits(float[] c, String what) {
    float[] expected = expected();
    for (int i = 0; i < c.length; i++) {
      int row = (i - at) / Math.max(1, ldc);
      boolean element = i >= at && row < m && (i - at) % Math.max(1, ldc) < n;
      int want = element ? Float.floatToIntBits(expected[i]) : Float.floatToRawIntBits(GAP);
      int have = element ? Float.floatToIntBits(c[i]) : Float.floatToRawIntBits(c[i]);
      if (want != have) {
        String where =
            element ? "[" + row + ", " + (i - at) % Math.max(1, ldc) + "]" : "beside C, index " + i;
        assertEquals(expected[i], c[i], this + " " + what + " " + where);
        throw new AssertionError(
            this + " " + what + ": zero with another sign, or a gap overwritten, " + where);
      }
    }
  }

  @Override
  public String toString() {
    return (transA ? "t" : "n")
        + (transB ? "t" : "n")
        + " m="
        + m
        + " n="
        + n
        + " k="
        + k
        + " lda="
        + lda;
  }
}
