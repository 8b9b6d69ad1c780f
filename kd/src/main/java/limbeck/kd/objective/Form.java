package limbeck.kd.objective;

/**
 * Whose version of a loss: papers and the code that their numbers, or the usual comparison of
 * methods, come from differ in factors and in what is averaged. Published weights of methods belong
 * to one of them.
 */
public enum Form {
  /** The formula of the paper. */
  PAPER,
  /**
   * The formula of the code that compared these methods on CIFAR-100: RepDistiller, of Tian,
   * Krishnan and Isola 2020, arXiv:1910.10699.
   */
  CODE
}
