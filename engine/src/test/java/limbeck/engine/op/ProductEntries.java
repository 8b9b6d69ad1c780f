package limbeck.engine.op;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.OpValues;
import limbeck.engine.verify.Precision;

/** Matrix product and affine map: |error| ≤ γ·Σ|aᵢ·bᵢ| (Higham 2002, equation 3.13). */
final class ProductEntries {
  private static final int[][] SIZES = {
    {1, 1, 1}, {3, 5, 7}, {15, 16, 17}, {17, 15, 16}, {31, 1, 33}, {1, 33, 100}, {33, 31, 1}
  };

  private ProductEntries() {}

  static List<Entry> all() {
    List<Entry> entries = new ArrayList<>();
    for (int flags = 0; flags < 4; flags++) {
      entries.add(matmul((flags & 1) != 0, (flags & 2) != 0));
    }
    entries.add(linear());
    return entries;
  }

  private static Entry matmul(boolean transA, boolean transB) {
    Product p = new Product(transA, transB);
    return new Entry(
        new MatMul(transA, transB),
        (v, i) -> p.element(v, i, false),
        new Precision(
            (v, i) -> ErrorBound.gamma(ErrorBound.product(p.k(v))) * p.element(v, i, true),
            p::gradientBound),
        matmulSamples(transA, transB));
  }

  private static List<OpSample> matmulSamples(boolean transA, boolean transB) {
    List<OpSample> samples = new ArrayList<>();
    for (int[] s : SIZES) {
      samples.add(matmulSample(transA, transB, s[0], s[1], s[2]));
    }
    samples.add(matmulSample(transA, transB, 130, 70, 150)); // several tiles
    samples.add(matmulSample(transA, transB, 256, 256, 256)); // several chunks, for the threads
    samples.add(matmulSample(transA, transB, 2, 3, 4100)); // two blocks of k
    samples.add(matmulSample(transA, transB, 3, 2, 0));
    samples.add(
        OpSample.of("k of 3 and 4", transA ? Shape.of(3, 2) : Shape.of(2, 3), b(transB, 5, 4))
            .refused("a [", "b [", "k=3", "k=4", "disagree on k", "(3 vs 4)"));
    samples.add(
        OpSample.of("three axes", Shape.of(2, 3, 4), b(transB, 5, 4))
            .refused("a [2, 3, 4]", "3 axes", "2 expected"));
    return samples;
  }

  private static OpSample matmulSample(boolean transA, boolean transB, int m, int n, int k) {
    Shape a = transA ? Shape.of(k, m) : Shape.of(m, k);
    OpSample sample = OpSample.of("m, n, k = " + m + ", " + n + ", " + k, a, b(transB, n, k));
    return transA ? sample : sample.batched(0);
  }

  private static Shape b(boolean transB, int n, int k) {
    return transB ? Shape.of(n, k) : Shape.of(k, n);
  }

  /** The sums of a product, by index; with absolute values for bounds. */
  private record Product(boolean transA, boolean transB) {
    int k(OpValues v) {
      return v.shape(0).axis(transA ? 0 : 1);
    }

    double a(OpValues v, int row, int p) {
      return v.in(0, transA ? p * v.shape().axis(0) + row : row * k(v) + p);
    }

    double b(OpValues v, int p, int column) {
      return v.in(1, transB ? column * k(v) + p : p * v.shape().axis(1) + column);
    }

    double element(OpValues v, int i, boolean absolute) {
      int n = v.shape().axis(1);
      double sum = 0;
      for (int p = 0; p < k(v); p++) {
        double term = a(v, i / n, p) * b(v, p, i % n);
        sum += absolute ? Math.abs(term) : term;
      }
      return sum;
    }

    /** da[row, p] = Σ over columns of dy·b, db[p, column] = Σ over rows of dy·a. */
    double gradientBound(OpValues v, int operand, int i) {
      int width = v.shape(operand).axis(1);
      int n = v.shape().axis(1);
      boolean transposed = operand == 0 ? transA : transB;
      int first = transposed ? i % width : i / width;
      int second = transposed ? i / width : i % width;
      int terms = operand == 0 ? n : v.shape().axis(0);
      double sum = 0;
      for (int t = 0; t < terms; t++) {
        double term =
            operand == 0
                ? v.gradOut(first * n + t) * b(v, second, t)
                : v.gradOut(t * n + second) * a(v, t, first);
        sum += Math.abs(term);
      }
      return ErrorBound.gamma(ErrorBound.product(terms)) * sum;
    }
  }

  private static Entry linear() {
    return new Entry(
        new Linear(),
        (v, i) -> affine(v, i, false),
        new Precision(
            (v, i) ->
                ErrorBound.gamma(ErrorBound.product(v.shape(0).last()) + 1) * affine(v, i, true),
            ProductEntries::linearGradient),
        linearSamples());
  }

  private static double affine(OpValues v, int i, boolean absolute) {
    int n = v.shape().last();
    int k = v.shape(0).last();
    double sum = absolute ? Math.abs(v.in(2, i % n)) : v.in(2, i % n);
    for (int p = 0; p < k; p++) {
      double term = v.in(0, i / n * k + p) * v.in(1, i % n * k + p);
      sum += absolute ? Math.abs(term) : term;
    }
    return sum;
  }

  private static double linearGradient(OpValues v, int operand, int i) {
    int n = v.shape().last();
    int k = v.shape(0).last();
    int rows = v.shape().rows();
    int terms = operand == 0 ? n : rows;
    double sum = 0;
    for (int t = 0; t < terms; t++) {
      double term =
          switch (operand) {
            case 0 -> v.gradOut(i / k * n + t) * v.in(1, t * k + i % k);
            case 1 -> v.gradOut(t * n + i / k) * v.in(0, t * k + i % k);
            default -> v.gradOut(t * n + i);
          };
      sum += Math.abs(term);
    }
    double roundings = operand == 2 ? ErrorBound.columnSum(rows) : ErrorBound.product(terms);
    return ErrorBound.gamma(roundings) * sum;
  }

  private static List<OpSample> linearSamples() {
    List<OpSample> samples = new ArrayList<>();
    for (int[] s : SIZES) {
      samples.add(linearSample(Shape.of(s[0], s[2]), s[1]).batched(0));
    }
    samples.add(linearSample(Shape.of(7), 3));
    samples.add(linearSample(Shape.of(2, 3, 4), 5).batched(0));
    samples.add(linearSample(Shape.of(0, 4), 5));
    samples.add(linearSample(Shape.of(600, 4), 5).batched(0)); // three blocks of the bias gradient
    samples.add(linearSample(Shape.of(6000, 3), 50)); // bias and its gradient in several chunks
    samples.add(
        OpSample.of("in of 3 and 4", Shape.of(2, 3), Shape.of(5, 4), Shape.of(5))
            .refused("x [2, in=3]", "w [out=5, in=4]", "disagree on in", "(3 vs 4)"));
    samples.add(
        OpSample.of("out of 5 and 6", Shape.of(2, 3), Shape.of(5, 3), Shape.of(6))
            .refused("w [out=5, in=3]", "b [out=6]", "disagree on out", "(5 vs 6)"));
    return samples;
  }

  private static OpSample linearSample(Shape x, int out) {
    return OpSample.of(x + " to " + out, x, Shape.of(out, x.last()), Shape.of(out));
  }
}
