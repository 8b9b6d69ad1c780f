package limbeck.engine.op;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.OpValues;
import limbeck.engine.verify.Precision;

/** Affine map: |error| ≤ γ·Σ|aᵢ·bᵢ| (Higham 2002, equation 3.13). */
final class ProductEntries {
  private static final int[][] SIZES = {
    {1, 1, 1}, {3, 5, 7}, {15, 16, 17}, {17, 15, 16}, {31, 1, 33}, {1, 33, 100}, {33, 31, 1}
  };

  private ProductEntries() {}

  static List<Entry> all() {
    return List.of(linear());
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
        OpSample.of("no axes", Shape.SCALAR, Shape.of(5, 1), Shape.of(5))
            .refused("x []", "at least 1 axes", "has 0"));
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
