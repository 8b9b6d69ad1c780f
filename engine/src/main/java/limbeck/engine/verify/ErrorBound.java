package limbeck.engine.verify;

/**
 * Bounds of the rounding errors of float32 results, from the number of roundings on the way.
 * Higham, <i>Accuracy and Stability of Numerical Algorithms</i>, 2nd ed. 2002, chapter 3.
 *
 * <p>A count c of roundings stands for a relative error of at most γ_c = c·u / (1 − c·u), with the
 * unit roundoff u = 2⁻²⁴: each operation returns the exact result times 1 + δ, |δ| ≤ u, and any
 * product or quotient of c such factors is 1 + θ, |θ| ≤ γ_c (lemma 3.1). A function whose error is
 * e ulp counts as 2·e roundings, because one ulp is at most 2·u of the value.
 */
public final class ErrorBound {
  /** Unit roundoff of float32. */
  public static final double U = 0x1p-24;

  /**
   * What results near zero may be off beyond any relative bound: 1,024 operations that underflow
   * lose at most 2⁻¹⁵⁰ each.
   */
  public static final double UNDERFLOW = 0x1p-140;

  /** Roundings of eˣ in float32: 0.914 ulp. */
  public static final double EXP = 1.83;

  /** Roundings of ln x in float32: 0.931 ulp. */
  public static final double LOG = 1.87;

  private static final int LANES = 16;
  private static final int BLOCK = 4096;
  private static final int ROW_BLOCK = 256;

  private ErrorBound() {}

  /**
   * γ_c = c·u / (1 − c·u), the relative error of c roundings.
   *
   * @throws IllegalArgumentException if c·u is not below 1, where there is no bound
   */
  public static double gamma(double c) {
    if (!(c >= 0 && c * U < 1)) {
      throw new IllegalArgumentException("gamma: no bound for " + c + " roundings in float32");
    }
    return c * U / (1 - c * U);
  }

  /**
   * Roundings that a term meets in a sum or dot product of {@code n} terms in 16 virtual lanes and
   * blocks of 4,096: |error| ≤ γ·Σ|terms| (section 3.1: the height of the tree of additions).
   */
  public static double sum(int n) {
    int inLane = (Math.min(n, BLOCK) + LANES - 1) / LANES;
    int blocks = n / BLOCK;
    return inLane + 4 + blocks;
  }

  /**
   * Roundings that a term meets in an element of a matrix product with inner size {@code k}, a
   * chain of fma in blocks of 4,096: |error| ≤ γ·Σ|aᵢ·bᵢ| (equation 3.13).
   */
  public static double product(int k) {
    int blocks = k / BLOCK;
    return Math.min(k, BLOCK) + blocks;
  }

  /** Roundings that a term meets in the sum of a column of {@code rows}, in blocks of 256 rows. */
  public static double columnSum(int rows) {
    int blocks = rows / ROW_BLOCK;
    return Math.min(rows, ROW_BLOCK) + blocks;
  }

  /**
   * Roundings of a softmax probability of {@code n} classes, relative to it. With largest the
   * largest |x/T| of the row: x/T has 2 roundings, and so has the maximum; their difference, at
   * most 2·largest, has one more. That is an absolute error of 6·largest roundings, which exp turns
   * into a relative one, numerator and sum alike; then the sum, exp twice, reciprocal and product.
   */
  public static double softmax(int n, double largest) {
    return 12 * largest + 2 * EXP + sum(n) + 2;
  }

  /**
   * Roundings of a log-softmax, absolute (times 1). As for {@link #softmax}: 6·largest for the
   * shifted logit; the logarithm turns the sum's relative error into an absolute one and adds its
   * own, ln n at most in size; one last subtraction.
   */
  public static double logSoftmax(int n, double largest) {
    double log = StrictMath.log(n);
    return 12 * largest + EXP + sum(n) + LOG * log + 2 * largest + log;
  }
}
