package limbeck.engine.op;

/**
 * How the losses of examples become one number. Toolkits differ here, and silently: so it is always
 * named.
 */
public enum Reduction {
  /** Sum over classes, mean over examples: the default everywhere. */
  BATCH_MEAN,
  /**
   * Mean over examples <em>and</em> classes: {@link #BATCH_MEAN} divided by the number of classes.
   * For a divergence this is not the true value; it exists to reproduce published settings that use
   * it.
   */
  ELEMENT_MEAN,
  /** Sum over classes and examples. */
  SUM;

  /**
   * The factor on the sum over examples and classes. A mean over nothing is 0, not NaN: a batch
   * whose examples are all left out changes no weight.
   *
   * @param examples how many count, or the sum of their weights
   */
  public double factor(double examples, int classes) {
    if (this == SUM) {
      return 1;
    }
    double count = this == BATCH_MEAN ? examples : examples * classes;
    return count == 0 ? 0 : 1 / count;
  }
}
