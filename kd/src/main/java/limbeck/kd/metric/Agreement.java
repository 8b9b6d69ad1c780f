package limbeck.kd.metric;

/**
 * How close a student is to its teacher at temperature 1: the share of examples on which both
 * choose the same class, right or wrong, and the mean Kullback-Leibler divergence KL(teacher ‖
 * student).
 *
 * <p>A good student may disagree with its teacher (S. Stanton et al., "Does knowledge distillation
 * really work?", 2021, arXiv 2106.05945): agreement alone is no test of success.
 */
public final class Agreement {
  private final long examples;
  private final long agreeing;
  private final ExactSum kl;

  private Agreement(long examples, long agreeing, ExactSum kl) {
    this.examples = examples;
    this.agreeing = agreeing;
    this.kl = kl;
  }

  /**
   * Compares a student with its teacher on the same examples.
   *
   * @param teacher finite logits, row-major {@code [n, classes]}, n at least 1
   * @param student logits of the same shape
   * @throws IllegalArgumentException if the shapes do not fit or a logit is not finite
   */
  public static Agreement of(float[] teacher, float[] student, int classes) {
    int n = SoftTargetStatistics.pairs(teacher, student, classes);
    long agreeing = 0;
    for (int i = 0; i < n; i++) {
      if (Logits.argMax(teacher, i, classes) == Logits.argMax(student, i, classes)) {
        agreeing++;
      }
    }
    return new Agreement(n, agreeing, SoftTargetStatistics.klSum(teacher, student, classes, 1));
  }

  /** Returns the agreement on both sets of examples together. */
  public Agreement plus(Agreement other) {
    ExactSum both = kl.copy();
    both.add(other.kl);
    return new Agreement(
        Math.addExact(examples, other.examples), Math.addExact(agreeing, other.agreeing), both);
  }

  /** Returns the number of examples. */
  public long examples() {
    return examples;
  }

  /** Returns the share of examples on which both choose the same class, 0 to 1. */
  public double agreement() {
    return (double) agreeing / examples;
  }

  /** Returns the mean of KL(p ‖ q) in nats, at least 0; p is the teacher's softmax. */
  public double klToTeacher() {
    return kl.value() / examples;
  }
}
