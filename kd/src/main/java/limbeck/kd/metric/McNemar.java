package limbeck.kd.metric;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/**
 * Two networks on the same test examples: only those that one of them gets right and the other
 * wrong tell them apart (Q. McNemar, 1947).
 *
 * @param onlyArmWrong examples that the baseline alone gets right
 * @param onlyBaselineWrong examples that the arm alone gets right
 * @param examples number of test examples, at least the sum of both
 */
public record McNemar(long onlyArmWrong, long onlyBaselineWrong, long examples) {
  /** Most discordant examples that the exact test takes; beyond, its sum is of no further use. */
  private static final int MOST = 100_000;

  /** Checks the counts. */
  public McNemar {
    if (onlyArmWrong < 0
        || onlyBaselineWrong < 0
        || onlyArmWrong > examples
        || onlyBaselineWrong > examples - onlyArmWrong) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d and %d discordant examples of %d: counts must not be negative nor exceed the"
                  + " whole",
              onlyArmWrong,
              onlyBaselineWrong,
              examples));
    }
  }

  /**
   * Compares two networks' logits on the same examples.
   *
   * @param arm finite, row-major {@code [n, classes]}, n at least 1
   * @param baseline of the same shape
   * @param labels {@code [n]}, each in {@code 0..classes-1}
   * @throws IllegalArgumentException if the arguments do not fit together or a logit is not finite
   */
  public static McNemar of(float[] arm, float[] baseline, int[] labels, int classes) {
    int n = Logits.examples("arm", arm, classes);
    Logits.checkLabels(labels, n, classes);
    if (Logits.examples("baseline", baseline, classes) != n) {
      throw new IllegalArgumentException("arm and baseline must have logits of the same examples");
    }
    long onlyArm = 0;
    long onlyBaseline = 0;
    for (int i = 0; i < n; i++) {
      boolean armRight = Logits.argMax(arm, i, classes) == labels[i];
      boolean baselineRight = Logits.argMax(baseline, i, classes) == labels[i];
      onlyArm += !armRight && baselineRight ? 1 : 0;
      onlyBaseline += armRight && !baselineRight ? 1 : 0;
    }
    return new McNemar(onlyArm, onlyBaseline, n);
  }

  /** Returns errors of the arm − errors of the baseline. */
  public long difference() {
    return onlyArmWrong - onlyBaselineWrong;
  }

  /**
   * Returns the exact 95 % interval of the difference in errors, paired over test examples: that of
   * Clopper and Pearson (1934) for the arm's share of the discordant examples, of which there are
   * m, times 2m, less m. It is off zero if and only if {@link #exactP} is below 0.05. It says
   * nothing about another seed.
   *
   * @throws IllegalArgumentException for fewer than two examples
   */
  public PairedInterval interval() {
    if (examples < 2) {
      throw new IllegalArgumentException("an interval over examples needs at least two examples");
    }
    double d = difference();
    double n = examples;
    double discordant = (double) onlyArmWrong + onlyBaselineWrong;
    double variance = (discordant - d * d / n) / (n - 1); // of d over the examples
    double sd = Math.sqrt(Math.max(0, variance) * n);
    // 0.0 + turns a −0, which no discordant examples give, into 0
    double low = 0.0 + discordant * (2 * ExactShare.low(onlyArmWrong, (long) discordant) - 1);
    double high = discordant * (1 - 2 * ExactShare.low(onlyBaselineWrong, (long) discordant));
    return new PairedInterval(List.of(d), d, sd, low, high, 0.95, PairedInterval.Over.EXAMPLES);
  }

  /**
   * Returns the two-sided p-value of the exact binomial test that both kinds of discordant example
   * are equally likely; 1 without discordant examples.
   *
   * @throws IllegalStateException with more than 100,000 discordant examples
   */
  public double exactP() {
    long discordant = onlyArmWrong + onlyBaselineWrong;
    if (discordant > MOST) {
      throw new IllegalStateException(
          discordant + " discordant examples; the exact test takes at most " + MOST);
    }
    BigInteger term = BigInteger.ONE;
    BigInteger tail = BigInteger.ONE;
    for (long i = 1; i <= Math.min(onlyArmWrong, onlyBaselineWrong); i++) {
      term = term.multiply(BigInteger.valueOf(discordant - i + 1)).divide(BigInteger.valueOf(i));
      tail = tail.add(term);
    }
    BigDecimal all = new BigDecimal(BigInteger.ONE.shiftLeft((int) discordant));
    BigDecimal p = new BigDecimal(tail.shiftLeft(1)).divide(all, MathContext.DECIMAL64);
    return Math.min(1, p.doubleValue());
  }
}
