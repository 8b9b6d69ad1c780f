package limbeck.kd.recipe;

import limbeck.kd.Objective;

/**
 * One term of a stage's loss.
 *
 * @param objective what it measures
 * @param teacher id of the arm it asks, or one of the words of {@link PastSelf}; null if it asks
 *     none
 * @param weight how much it counts
 */
public record Term(Objective objective, String teacher, Weight weight) {
  /**
   * Checks that a teacher is named where one is asked, and only there.
   *
   * @throws RecipeException if not
   */
  public Term {
    if (objective.asksTeacher() && teacher == null) {
      throw new RecipeException(name(objective) + " asks a teacher, and none is named");
    }
    if (!objective.asksTeacher() && teacher != null) {
      throw new RecipeException(
          name(objective) + " asks no teacher; leave out teacher = \"" + teacher + "\"");
    }
  }

  /** A term without a teacher. */
  public static Term of(Objective objective, double weight) {
    return new Term(objective, null, Weight.of(weight));
  }

  /** A term that a teacher's outputs go into. */
  public static Term of(Objective objective, String teacher, double weight) {
    return new Term(objective, teacher, Weight.of(weight));
  }

  private static String name(Objective objective) {
    return objective.getClass().getSimpleName();
  }

  /**
   * In words, for reports.
   *
   * @param scored whether it is of scores, not of classes
   */
  public String describe(boolean scored) {
    return weight.describe()
        + " · "
        + (scored ? objective.scoreFormula() : objective.formula())
        + (teacher == null ? "" : " with " + teacher);
  }
}
