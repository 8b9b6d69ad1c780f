package limbeck.kd.recipe;

/**
 * What keeps a network from learning its training set by heart, beside weight decay.
 *
 * @param inputDropout rate on the inputs
 * @param hiddenDropout rate after each hidden layer
 * @param maxNorm largest norm of a unit's incoming weights; 0: no limit
 * @param jitter largest shift of training images, in pixels
 */
public record Regularisation(
    double inputDropout, double hiddenDropout, double maxNorm, int jitter) {
  /** Nothing of all this. */
  public static final Regularisation NONE = new Regularisation(0, 0, 0, 0);

  /** All but dropout. */
  public Regularisation withoutDropout() {
    return new Regularisation(0, 0, maxNorm, jitter);
  }

  /** All but the limit of norms. */
  public Regularisation withoutMaxNorm() {
    return new Regularisation(inputDropout, hiddenDropout, 0, jitter);
  }

  /** All but shifts of images. */
  public Regularisation withoutJitter() {
    return new Regularisation(inputDropout, hiddenDropout, maxNorm, 0);
  }

  /** In words; empty if there is none. */
  public String describe() {
    StringBuilder s = new StringBuilder();
    if (inputDropout > 0 || hiddenDropout > 0) {
      s.append(", dropout ")
          .append(Numbers.text(inputDropout))
          .append(" / ")
          .append(Numbers.text(hiddenDropout));
    }
    if (maxNorm > 0) {
      s.append(", max-norm ").append(Numbers.text(maxNorm));
    }
    if (jitter > 0) {
      s.append(", jitter of ").append(jitter).append(jitter == 1 ? " pixel" : " pixels");
    }
    return s.isEmpty() ? "" : s.substring(2);
  }
}
