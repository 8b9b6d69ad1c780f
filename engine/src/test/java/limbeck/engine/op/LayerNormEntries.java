package limbeck.engine.op;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.op.nn.LayerNorm;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.OpValues;
import limbeck.engine.verify.Precision;

/** Layer norm. */
final class LayerNormEntries {
  private static final double U = ErrorBound.U;

  /** For products of errors that are small both. */
  private static final double MORE = 1.01;

  private LayerNormEntries() {}

  static List<Entry> all() {
    return List.of(entry(1e-5), entry(0.5));
  }

  private static Entry entry(double epsilon) {
    Cache cache = new Cache(epsilon);
    return new Entry(
        new LayerNorm(epsilon),
        (v, i) -> {
          Norms norms = cache.norms(v);
          return v.in(1, i % norms.n) * norms.xhat(i) + v.in(2, i % norms.n);
        },
        new Precision(
            (v, i) -> cache.norms(v).resultBound(i),
            (v, k, i) ->
                k == 0 ? cache.norms(v).inputBound(i) : cache.norms(v).parameterBound(k, i)),
        samples());
  }

  private static List<OpSample> samples() {
    List<OpSample> samples = new ArrayList<>();
    for (OpSample s : Sizes.rows(1, 8000)) {
      Shape x = s.operands().get(0).shape();
      samples.add(x.rank() > 1 ? sample(x.toString(), x).batched(0) : sample(x.toString(), x));
    }
    samples.add(sample("three blocks of rows", Shape.of(600, 7)).batched(0));
    samples.add(sample("blocks of rows in several chunks", Shape.of(3000, 100)));
    samples.add(sample("more blocks than make a block", Shape.of(256 * 257 + 1, 1)));
    samples.add(sample("no rows", Shape.of(0, 5)));
    samples.add(
        sample("rows of equal elements", Shape.of(3, 33))
            .values(0, i -> Math.floorDiv(i, 33) * 1e4)
            .extreme());
    samples.add(sample("far from zero", Shape.of(4, 17)).values(0, i -> 100 + i % 5).extreme());
    samples.add(sample("large", Shape.of(4, 17)).values(0, i -> (i % 3 - 1) * 1e15).extreme());
    samples.add( // the sum of squares is 3.15e38, of at most 3.40e38
        sample("as large as may be", Shape.of(3, 768))
            .values(0, i -> (i % 2 - 0.5) * 2 * 6.4e17)
            .extreme());
    samples.add(sample("tiny", Shape.of(4, 17)).values(0, i -> (i % 3 - 1) * 1e-30).extreme());
    samples.add(
        OpSample.of("4 elements, 5 factors", Shape.of(3, 4), Shape.of(5), Shape.of(4))
            .refused("x [3, n=4]", "gamma [n=5]", "disagree on n", "(4 vs 5)"));
    samples.add(
        OpSample.of("a matrix of shifts", Shape.of(3, 4), Shape.of(4), Shape.of(3, 4))
            .refused("beta [3, 4]", "2 axes", "1 expected"));
    samples.add(
        OpSample.of("no axes", Shape.SCALAR, Shape.of(1), Shape.of(1))
            .refused("x []", "at least 1 axes", "has 0"));
    samples.add(
        OpSample.of("no elements", Shape.of(3, 0), Shape.of(0), Shape.of(0))
            .refused("x [3, n=0]", "rows without elements"));
    return samples;
  }

  private static OpSample sample(String name, Shape x) {
    return OpSample.of(name, x, Shape.of(x.last()), Shape.of(x.last()));
  }

  /** Statistics of all rows, kept from the last call if the values are the same. */
  private static final class Cache {
    private final double epsilon;
    private Norms last;

    Cache(double epsilon) {
      this.epsilon = epsilon;
    }

    Norms norms(OpValues v) {
      if (last == null || last.v != v) {
        last = new Norms(v, epsilon);
      }
      return last;
    }
  }

  /**
   * Mean and reciprocal deviation of each row in naive double code, and the errors of float32 on
   * the way. The mean is off by at most δ: its sum and a rounding, relative to the mean of |x|. A
   * difference d = x − μ is off by δ and a rounding. The variance that is computed is that around
   * the wrong mean, larger by δ²; its squares and its sum have roundings: half of all that,
   * relative, and the rounding of the result is the error of ρ.
   */
  private static final class Norms {
    final OpValues v;
    final int n;
    private final double[] mean;
    private final double[] rho;
    private final double[] delta;
    private final double[] rhoError;

    /** Of the rows' gradients: mean of g and of g·x̂, and the bounds of their errors. */
    private double[] a;

    private double[] b;
    private double[] aError;
    private double[] bError;

    Norms(OpValues v, double epsilon) {
      this.v = v;
      n = v.shape(0).last();
      int rows = v.shape(0).rows();
      mean = new double[rows];
      rho = new double[rows];
      delta = new double[rows];
      rhoError = new double[rows];
      for (int row = 0; row < rows; row++) {
        fill(row, epsilon);
      }
    }

    private void fill(int row, double epsilon) {
      double sum = 0;
      double size = 0;
      for (int j = row * n; j < (row + 1) * n; j++) {
        sum += v.in(0, j);
        size += Math.abs(v.in(0, j));
      }
      mean[row] = sum / n;
      double squares = 0;
      for (int j = row * n; j < (row + 1) * n; j++) {
        squares += difference(j) * difference(j);
      }
      rho[row] = 1 / StrictMath.sqrt(squares / n + epsilon);
      delta[row] = ErrorBound.gamma(ErrorBound.sum(n) + 1) * size / n;
      double shift = delta[row] * rho[row];
      rhoError[row] = (shift * shift + ErrorBound.gamma(ErrorBound.sum(n) + 2)) / 2 + U;
    }

    private double difference(int i) {
      return v.in(0, i) - mean[i / n];
    }

    double xhat(int i) {
      return difference(i) * rho[i / n];
    }

    /** Of the difference, its rounding, and of ρ. */
    private double xhatError(int i) {
      int row = i / n;
      double d = Math.abs(difference(i));
      return MORE * rho[row] * (delta[row] + U * (d + delta[row]) + d * (rhoError[row] + U));
    }

    /** x̂·γ + β: the error of x̂, a product, a sum. */
    double resultBound(int i) {
      double gamma = Math.abs(v.in(1, i % n));
      double product = gamma * (Math.abs(xhat(i)) + xhatError(i));
      return gamma * xhatError(i) + MORE * U * (2 * product + Math.abs(v.in(2, i % n)));
    }

    private double g(int i) {
      return v.gradOut(i) * v.in(1, i % n);
    }

    private void fillMeans() {
      a = new double[mean.length];
      b = new double[mean.length];
      aError = new double[mean.length];
      bError = new double[mean.length];
      for (int i = 0; i < mean.length * n; i++) {
        int row = i / n;
        double product = Math.abs(g(i)) * (Math.abs(xhat(i)) + xhatError(i));
        a[row] += g(i) / n;
        b[row] += g(i) * xhat(i) / n;
        aError[row] += ErrorBound.gamma(ErrorBound.sum(n) + 2) * Math.abs(g(i)) / n;
        bError[row] += ErrorBound.gamma(ErrorBound.sum(n) + 2) * product / n;
        bError[row] += Math.abs(g(i)) * xhatError(i) / n;
      }
    }

    /** ρ·(g − x̂·b − a): errors of x̂, of both means, of ρ; roundings of g and of each step. */
    double inputBound(int i) {
      if (a == null) {
        fillMeans();
      }
      int row = i / n;
      double x = Math.abs(xhat(i)) + xhatError(i);
      double product = x * (Math.abs(b[row]) + bError[row]);
      double size = Math.abs(g(i)) + product + Math.abs(a[row]) + aError[row];
      double error = x * bError[row] + Math.abs(b[row]) * xhatError(i) + aError[row];
      return MORE * rho[row] * (error + (3 * U + rhoError[row] + U) * size);
    }

    /** Columns of dy, or of dy·(x − μ)·ρ with the errors of difference, product and ρ. */
    double parameterBound(int k, int column) {
      int rows = mean.length;
      double size = 0;
      double error = 0;
      for (int row = 0; row < rows; row++) {
        int i = row * n + column;
        double dy = Math.abs(v.gradOut(i));
        double x = k == 1 ? Math.abs(xhat(i)) + xhatError(i) : 1;
        size += dy * x;
        error += k == 1 ? dy * (xhatError(i) + U * x) : 0;
      }
      return MORE * (error + ErrorBound.gamma(ErrorBound.columnSum(rows)) * size);
    }
  }
}
