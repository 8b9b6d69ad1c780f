package limbeck.bench;

import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.Gemm;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * A matrix product with its operands, named by a text such as {@code nt:100:1200:784}: the forms of
 * op(A) and op(B), n as stored or t transposed, or p for a B [n, k] packed beforehand; then m, n,
 * k.
 */
public final class Product {
  private final boolean transA;
  private final boolean transB;
  private final boolean prepacked;
  private final int m;
  private final int n;
  private final int k;
  private final Tensor a;
  private final Tensor b;
  private final Tensor c;
  private Gemm.Packed packed;

  /**
   * The product of that form and size, with small numbers of both signs.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public Product(String text) {
    if (!text.matches("[nt][ntp](:[1-9][0-9]{0,5}){3}")) {
      throw new IllegalArgumentException(
          "product \"" + text + "\" is not of the form nt:100:1200:784");
    }
    String[] parts = text.split(":");
    transA = parts[0].charAt(0) == 't';
    transB = parts[0].charAt(1) != 'n';
    m = Integer.parseInt(parts[1]);
    n = Integer.parseInt(parts[2]);
    k = Integer.parseInt(parts[3]);
    a = numbers(transA ? Shape.of(k, m) : Shape.of(m, k));
    b = numbers(transB ? Shape.of(n, k) : Shape.of(k, n));
    c = numbers(Shape.of(m, n));
    prepacked = parts[0].charAt(1) == 'p';
  }

  private static Tensor numbers(Shape shape) {
    float[] x = new float[shape.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (i * 7919L % 1000) / 1000 - 0.5f;
    }
    return Tensor.of(shape, x);
  }

  /** Computes the product and returns C. */
  public Tensor run(Gemm gemm, Workers workers) {
    int lda = transA ? m : k;
    if (!prepacked) {
      gemm.multiply(workers, transA, transB, m, n, k, a, 0, lda, b, 0, transB ? k : n, c, 0, n);
      return c;
    }
    if (packed == null) {
      packed = gemm.pack(true, n, k, b, 0, k);
    }
    gemm.multiplyPacked(workers, transA, m, a, 0, lda, packed, c, 0, n);
    return c;
  }

  /**
   * Computes the product as three plain loops, which kernels must beat, and returns C.
   *
   * @throws IllegalArgumentException for other forms than {@code nt}
   */
  public Tensor runPlainly() {
    if (transA || !transB) {
      throw new IllegalArgumentException("the plain loops go along rows of both: use nt:…");
    }
    float[] as = a.floats();
    float[] bs = b.floats();
    float[] cs = c.floats();
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        float sum = 0;
        for (int x = 0; x < k; x++) {
          sum = Math.fma(as[i * k + x], bs[j * k + x], sum);
        }
        cs[i * n + j] = sum;
      }
    }
    return c;
  }

  /** Element (i, j) of the exact product, in double. */
  public double exact(int i, int j) {
    double sum = 0;
    for (int x = 0; x < k; x++) {
      sum += term(i, j, x);
    }
    return sum;
  }

  /**
   * How far a float32 product may be from {@link #exact}: γₖ Σ|aₓbₓ| (Higham 2002, section 3.1), u
   * = 2⁻²⁴.
   */
  public double bound(int i, int j) {
    double sum = 0;
    for (int x = 0; x < k; x++) {
      sum += Math.abs(term(i, j, x));
    }
    double ku = k * 0x1p-24;
    return ku / (1 - ku) * sum;
  }

  private double term(int i, int j, int x) {
    return a.get(transA ? x * m + i : i * k + x) * b.get(transB ? j * k + x : x * n + j);
  }

  /** Rows of C. */
  public int m() {
    return m;
  }

  /** Columns of C. */
  public int n() {
    return n;
  }

  /** Floating-point operations: 2 m n k. */
  public double operations() {
    return 2.0 * m * n * k;
  }
}
