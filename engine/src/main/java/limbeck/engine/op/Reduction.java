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

  /** The factor on the sum over examples and classes. */
  public double factor(int examples, int classes) {
    return switch (this) {
      case BATCH_MEAN -> 1.0 / examples;
      case ELEMENT_MEAN -> 1.0 / ((double) examples * classes);
      case SUM -> 1;
    };
  }
}
