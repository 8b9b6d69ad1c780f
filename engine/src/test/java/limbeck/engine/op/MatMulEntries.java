package limbeck.engine.op;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.OpValues;
import limbeck.engine.verify.Precision;

/** Matrix product, in batches too: |error| ≤ γ·Σ|aᵢ·bᵢ| (Higham 2002, equation 3.13). */
final class MatMulEntries {
  private static final int[][] SIZES = {
    {1, 1, 1}, {3, 5, 7}, {15, 16, 17}, {17, 15, 16}, {31, 1, 33}, {1, 33, 100}, {33, 31, 1}
  };

  private final boolean transA;
  private final boolean transB;

  private MatMulEntries(boolean transA, boolean transB) {
    this.transA = transA;
    this.transB = transB;
  }

  static List<Entry> all() {
    List<Entry> entries = new ArrayList<>();
    for (int flags = 0; flags < 4; flags++) {
      entries.add(new MatMulEntries((flags & 1) != 0, (flags & 2) != 0).entry());
    }
    return entries;
  }

  private Entry entry() {
    Product p = new Product(transA, transB);
    return new Entry(
        new MatMul(transA, transB),
        (v, i) -> p.element(v, i, false),
        new Precision(
            (v, i) -> ErrorBound.gamma(ErrorBound.product(p.k(v))) * p.element(v, i, true),
            p::gradientBound),
        samples());
  }

  private List<OpSample> samples() {
    List<OpSample> samples = new ArrayList<>();
    for (int[] s : SIZES) {
      samples.add(matrices(s[0], s[1], s[2]));
    }
    samples.add(matrices(130, 70, 150)); // several tiles
    samples.add(matrices(256, 256, 256)); // several chunks, for the threads
    samples.add(matrices(2, 3, 4100)); // two blocks of k
    samples.add(matrices(3, 2, 0));
    samples.addAll(batches());
    samples.add(
        OpSample.of("k of 3 and 4", a(2, 3), b(4, 5))
            .refused("a [", "b [", "k=3", "k=4", "disagree on k", "(3 vs 4)"));
    samples.add(
        OpSample.of("batches of 2 and 3", a(2, 3, 4), b(3, 4, 5))
            .refused("a [2, ", "b [3, ", "disagree on batch axis 0", "(2 vs 3)"));
    samples.add(
        OpSample.of("inner batches", a(2, 3, 4, 5), b(4, 5, 6))
            .refused("a [2, 3, ", "b [4, ", "disagree on batch axis 1", "(3 vs 4)"));
    samples.add(
        OpSample.of("a row", Shape.of(4), b(4, 5)).refused("a [4]", "at least 2 axes", "has 1"));
    samples.add(
        OpSample.of("a column", a(3, 4), Shape.of(4)).refused("b [4]", "at least 2", "has 1"));
    return samples;
  }

  private List<OpSample> batches() {
    List<OpSample> samples = new ArrayList<>();
    samples.add(sample(a(3, 5, 7), b(3, 7, 4)).batched(0, 1));
    samples.add(sample(a(2, 3, 4, 5), b(2, 3, 5, 6)).batched(0, 1));
    samples.add(sample(a(3, 4, 5), b(5, 6)).batched(0));
    samples.add(sample(a(3, 4, 5), b(1, 5, 6)).batched(0));
    samples.add(sample(a(4, 5), b(3, 5, 6)).batched(1));
    samples.add(sample(a(4, 5), b(1, 5, 6)));
    samples.add(sample(a(2, 1, 4, 5), b(3, 5, 6)).batched(0));
    samples.add(sample(a(2, 3, 4, 5), b(3, 5, 6)).batched(0));
    samples.add(sample(a(2, 3, 4, 5), b(2, 1, 5, 6)).batched(0, 1));
    samples.add(sample(a(2, 1, 1, 4, 2), b(3, 1, 2, 3)).batched(0));
    samples.add(sample(a(16, 16, 33, 16), b(16, 16, 16, 33)).batched(0, 1)); // several chunks
    samples.add(sample(a(33, 64), b(64, 64, 33)).batched(1)); // a sum over 64, in several chunks
    if (transA != transB) { // one after another; slow in naive code
      samples.add(sample(a(transA ? 1 : 2, 256, 256), b(2, 256, 256)));
    }
    samples.add(sample(a(2, 3, 0), b(2, 0, 4)));
    samples.add(sample(a(0, 3, 4), b(0, 4, 5)));
    samples.add(sample(a(3, 4), b(0, 4, 5)));
    samples.add(sample(a(0, 3, 4), b(1, 4, 5)));
    return samples;
  }

  private OpSample matrices(int m, int n, int k) {
    OpSample sample = OpSample.of("m, n, k = " + m + ", " + n + ", " + k, a(m, k), b(k, n));
    return transA ? sample : sample.batched(0);
  }

  private static OpSample sample(Shape a, Shape b) {
    return OpSample.of(a + " and " + b, a, b);
  }

  private Shape a(int... axes) {
    return stored(transA, axes);
  }

  private Shape b(int... axes) {
    return stored(transB, axes);
  }

  private static Shape stored(boolean transposed, int... axes) {
    Shape shape = Shape.of(axes);
    return transposed ? shape.with(-1, shape.axis(-2)).with(-2, shape.axis(-1)) : shape;
  }

  /** The sums of a product, by index; with absolute values for bounds. */
  private record Product(boolean transA, boolean transB) {
    int m(OpValues v) {
      return v.shape().axis(-2);
    }

    int n(OpValues v) {
      return v.shape().last();
    }

    int k(OpValues v) {
      return v.shape(0).axis(transA ? -2 : -1);
    }

    double a(OpValues v, int product, int row, int p) {
      int matrix = matrix(v, 0, product) * m(v) * k(v);
      return v.in(0, matrix + (transA ? p * m(v) + row : row * k(v) + p));
    }

    double b(OpValues v, int product, int p, int column) {
      int matrix = matrix(v, 1, product) * k(v) * n(v);
      return v.in(1, matrix + (transB ? column * k(v) + p : p * n(v) + column));
    }

    /** Which matrix of an operand a product of the batch takes: axes of size 1 stay at 0. */
    static int matrix(OpValues v, int operand, int product) {
      Shape own = v.shape(operand);
      int missing = v.shape().rank() - own.rank();
      int rest = product;
      int[] at = new int[own.rank()];
      for (int axis = v.shape().rank() - 3; axis >= missing; axis--) {
        at[axis - missing] = rest % v.shape().axis(axis) % own.axis(axis - missing);
        rest /= v.shape().axis(axis);
      }
      int matrix = 0;
      for (int axis = 0; axis < own.rank() - 2; axis++) {
        matrix = matrix * own.axis(axis) + at[axis];
      }
      return matrix;
    }

    static int products(Shape shape) {
      int products = 1;
      for (int axis = 0; axis < shape.rank() - 2; axis++) {
        products *= shape.axis(axis);
      }
      return products;
    }

    double element(OpValues v, int i, boolean absolute) {
      int row = i / n(v) % m(v);
      int product = i / n(v) / m(v);
      double sum = 0;
      for (int p = 0; p < k(v); p++) {
        double term = a(v, product, row, p) * b(v, product, p, i % n(v));
        sum += absolute ? Math.abs(term) : term;
      }
      return sum;
    }

    /** The sum of the bounds of the products that element i stands for, and of their additions. */
    double gradientBound(OpValues v, int operand, int i) {
      Shape own = v.shape(operand);
      int matrix = i / own.last() / own.axis(-2);
      int terms = operand == 0 ? n(v) : m(v);
      int count = 0;
      double sum = 0;
      for (int product = 0; product < products(v.shape()); product++) {
        if (matrix(v, operand, product) == matrix) {
          sum += gradient(v, operand, product, i % (own.last() * own.axis(-2)));
          count++;
        }
      }
      boolean oneProduct = v.shape(1).rank() == 2 && (!transA || v.shape(0).rank() == 2);
      double roundings =
          oneProduct ? ErrorBound.product(terms * count) : ErrorBound.product(terms) + count - 1;
      return count == 0 ? 0 : ErrorBound.gamma(roundings) * sum;
    }

    /** da[row, p] = Σ over columns of dy·b, db[p, column] = Σ over rows of dy·a. */
    private double gradient(OpValues v, int operand, int product, int i) {
      int width = v.shape(operand).last();
      boolean transposed = operand == 0 ? transA : transB;
      int first = transposed ? i % width : i / width;
      int second = transposed ? i / width : i % width;
      int dy = product * m(v) * n(v);
      double sum = 0;
      for (int t = 0; t < (operand == 0 ? n(v) : m(v)); t++) {
        double term =
            operand == 0
                ? v.gradOut(dy + first * n(v) + t) * b(v, product, second, t)
                : v.gradOut(dy + t * n(v) + second) * a(v, product, t, first);
        sum += Math.abs(term);
      }
      return sum;
    }
  }
}
