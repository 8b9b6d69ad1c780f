package limbeck.kd.recipe;

/**
 * Networks that learn at the same time and from each other, step by step on the same batches.
 *
 * @param name that its networks have in common
 * @param update in which order they learn
 * @param stale 0: peers are asked as they are; above 0: as they were at the last step whose number
 *     is a multiple of it, in evaluation mode, as in codistillation
 */
public record Cohort(String name, Update update, int stale) {
  /** The word that terms name as their teacher: all other networks of the cohort. */
  public static final String PEERS = "peers";

  /** In which order the networks of a cohort take a step. */
  public enum Update {
    /**
     * One after another: each hears what those before it say after their step. The algorithm of
     * deep mutual learning, Zhang et al. 2018, arXiv:1706.00384.
     */
    SEQUENTIAL,
    /** All at once, from what all say before the step: they can run on several cores. */
    SIMULTANEOUS
  }

  /**
   * Checks the number.
   *
   * @throws RecipeException if it is negative
   */
  public Cohort {
    if (stale < 0) {
      throw new RecipeException("cohort " + name + ": stale = " + stale + ", 0 or more expected");
    }
  }
}
