package limbeck.kd;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import limbeck.autograd.Var;
import limbeck.engine.op.LogSoftmax;
import limbeck.engine.op.reduce.LogSumExp;

/**
 * How several networks speak as one. The result are <em>logits</em> whose softmax at the
 * temperature is the mean, so that every objective works with them unchanged, at that temperature.
 * Hinton, Vinyals and Dean 2015, arXiv:1503.02531, section 2, allow both means.
 *
 * @param kind which mean
 * @param temperature T at which arithmetic means are taken, above 0; a student must be trained at
 *     the same. Geometric means do not depend on it, theirs is 1
 */
public record LogitMean(Kind kind, double temperature) {
  /** What is averaged. */
  public enum Kind {
    /**
     * Softened distributions: T · ln Σ wₘ softmax(vₘ/T). The softmax at T is the mean of the
     * softened distributions and minimises Σ wₘ KL(pₘ ‖ q). Distilling from it has the gradient of
     * the weighted sum of the single terms.
     */
    ARITHMETIC,
    /**
     * Logits: Σ wₘ vₘ. The softmax at any T is proportional to ∏ pₘ^wₘ and minimises Σ wₘ KL(q ‖
     * pₘ). A member that gives a class almost no chance vetoes it.
     */
    GEOMETRIC
  }

  /** Mean of logits. */
  public static final LogitMean GEOMETRIC = new LogitMean(Kind.GEOMETRIC, 1);

  /**
   * Checks the temperature.
   *
   * @throws IllegalArgumentException if it is none, or means nothing
   */
  public LogitMean {
    if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "ensemble: temperature " + temperature + "; a finite number above 0 expected");
    }
    if (kind == Kind.GEOMETRIC && temperature != 1) {
      throw new IllegalArgumentException(
          "ensemble: temperature "
              + temperature
              + " means nothing to a geometric mean, which is the same at all; leave it out");
    }
  }

  /** Mean of distributions softened at a temperature. */
  public static LogitMean arithmetic(double temperature) {
    return new LogitMean(Kind.ARITHMETIC, temperature);
  }

  /** For people, such as {@code mean of the probabilities at T = 3}. */
  public String describe() {
    if (kind == Kind.GEOMETRIC) {
      return "mean of the logits";
    }
    String t = new BigDecimal(Double.toString(temperature)).stripTrailingZeros().toPlainString();
    return "mean of the probabilities" + (temperature == 1 ? "" : " at T = " + t);
  }

  /** The mean of members' logits [batch, classes], with equal weights. */
  public Var of(List<Var> members) {
    double[] weights = new double[members.size()];
    Arrays.fill(weights, 1.0 / weights.length);
    return of(members, weights);
  }

  /**
   * Likewise with weights, at least 0 and of sum 1. A weight of 0 leaves a member out; the only one
   * that is left is the result, bit for bit.
   *
   * @throws IllegalArgumentException for an arithmetic mean of one output
   */
  public Var of(List<Var> members, double[] weights) {
    if (kind == Kind.ARITHMETIC && members.get(0).shape().last() < 2) {
      throw new IllegalArgumentException(
          "ensemble: one output has no probabilities; the mean of outputs is the geometric one");
    }
    List<Var> parts = new ArrayList<>();
    for (int m = 0; m < weights.length; m++) {
      if (weights[m] == 1) {
        return members.get(m);
      }
      if (weights[m] > 0) {
        parts.add(part(members.get(m), weights[m]));
      }
    }
    if (kind == Kind.GEOMETRIC) {
      return parts.stream().reduce(Var::plus).orElseThrow();
    }
    Var[] logs = parts.toArray(Var[]::new);
    return Var.concat(1, logs).apply(new LogSumExp(1)).times(temperature);
  }

  /** w · v; or ln w + ln softmax(v/T), as one row [batch, 1, classes] of what is summed. */
  private Var part(Var v, double weight) {
    return kind == Kind.GEOMETRIC
        ? v.times(weight)
        : v.apply(new LogSoftmax(temperature))
            .plus(StrictMath.log(weight))
            .reshape(0, 1, v.shape().last());
  }
}
