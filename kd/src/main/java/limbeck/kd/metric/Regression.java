package limbeck.kd.metric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How near a network's outputs are to the scores of a test set, and how well they go with them:
 * mean absolute and mean squared error, Pearson's and Spearman's correlation.
 */
public final class Regression {
  private final double[] outputs;
  private final double[] scores;

  private Regression(double[] outputs, double[] scores) {
    this.outputs = outputs;
    this.scores = scores;
  }

  /**
   * Compares the outputs of a network with scores.
   *
   * @param outputs finite, one for each example, at least one
   * @param scores finite, as many
   * @throws IllegalArgumentException if the arguments are not that
   */
  public static Regression of(float[] outputs, double[] scores) {
    return of(IntStream.range(0, outputs.length).mapToDouble(i -> outputs[i]).toArray(), scores);
  }

  /** Likewise, of outputs in double. */
  public static Regression of(double[] outputs, double[] scores) {
    if (outputs.length != scores.length || scores.length == 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d outputs for %d scores; as many expected, at least one",
              outputs.length,
              scores.length));
    }
    requireFinite("output", outputs);
    requireFinite("score", scores);
    return new Regression(outputs.clone(), scores.clone());
  }

  private static void requireFinite(String what, double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(what + " " + i + " is " + values[i]);
      }
    }
  }

  /** Returns the number of examples. */
  public int examples() {
    return scores.length;
  }

  /** Returns the mean of |output − score|. */
  public double meanAbsoluteError() {
    ExactSum sum = new ExactSum();
    for (int i = 0; i < scores.length; i++) {
      sum.add(Math.abs(outputs[i] - scores[i]));
    }
    return sum.value() / scores.length;
  }

  /** Returns the mean of (output − score)². */
  public double meanSquaredError() {
    ExactSum sum = new ExactSum();
    for (int i = 0; i < scores.length; i++) {
      sum.add((outputs[i] - scores[i]) * (outputs[i] - scores[i]));
    }
    return sum.value() / scores.length;
  }

  /** Returns the square root of the mean squared error, in units of the scores. */
  public double rmse() {
    return Math.sqrt(meanSquaredError());
  }

  /**
   * Returns Pearson's correlation of outputs and scores, −1 to 1, from centred sums; undefined if
   * one of them is the same for all examples.
   */
  public Score pearson() {
    return pearson(outputs, scores);
  }

  /**
   * Returns Spearman's correlation, −1 to 1: Pearson's of the ranks, equal values sharing the mean
   * of theirs; undefined if outputs or scores are all the same.
   */
  public Score spearman() {
    return pearson(ranks(outputs), ranks(scores));
  }

  /** Pearson's correlation of examples that are drawn, some perhaps several times. */
  double pearson(int[] drawn) {
    double[] x = Arrays.stream(drawn).mapToDouble(i -> outputs[i]).toArray();
    double[] y = Arrays.stream(drawn).mapToDouble(i -> scores[i]).toArray();
    return pearson(x, y).value();
  }

  private static Score pearson(double[] x, double[] y) {
    double meanX = mean(x);
    double meanY = mean(y);
    ExactSum xx = new ExactSum();
    ExactSum yy = new ExactSum();
    ExactSum xy = new ExactSum();
    for (int i = 0; i < x.length; i++) {
      double dx = x[i] - meanX;
      double dy = y[i] - meanY;
      xx.add(dx * dx);
      yy.add(dy * dy);
      xy.add(dx * dy);
    }
    boolean same = same(x) || same(y); // where rounding of the mean leaves something
    Score r = Score.ratio(same ? 0 : xy.value(), same ? 0 : root(xx.value(), yy.value()));
    return new Score(Math.max(-1, Math.min(1, r.value())), r.defined());
  }

  /** √(a·b), where the product may be too small or too large. */
  private static double root(double a, double b) {
    return Math.sqrt(a) * Math.sqrt(b);
  }

  private static boolean same(double[] values) {
    return Arrays.stream(values).allMatch(v -> v == values[0]);
  }

  private static double mean(double[] values) {
    ExactSum sum = new ExactSum();
    for (double v : values) {
      sum.add(v);
    }
    return sum.value() / values.length;
  }

  /** Ranks from 1; equal values have the mean of theirs. */
  static double[] ranks(double[] values) {
    Integer[] order = new Integer[values.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> values[i] + 0.0)); // −0 equals 0
    double[] ranks = new double[values.length];
    for (int from = 0, to; from < order.length; from = to) {
      to = from + 1;
      while (to < order.length && values[order[to]] == values[order[from]]) {
        to++;
      }
      for (int k = from; k < to; k++) {
        ranks[order[k]] = (from + 1 + to) / 2.0;
      }
    }
    return ranks;
  }
}
