package limbeck.kd.recipe;

import java.util.List;

/** An experiment, declared: its settings, and the arms that follow from them. */
public interface Recipe {
  /** The name on the command line. */
  String name();

  /** One sentence of what it does. */
  String summary();

  /** The paper it follows. */
  String paper();

  /** The settings with their defaults. */
  Settings defaults();

  /**
   * The arms, each after those it depends on.
   *
   * @throws RecipeException if the settings contradict each other
   */
  List<Arm> arms(Settings s);

  /** What is compared, the headline first: ids of an arm and its baseline, and the claim. */
  List<Comparison> comparisons(Settings s);

  /** Values of parameters that are tried; none unless a recipe says so. */
  default List<Sweep> sweeps(Settings s) {
    return List.of();
  }

  /** Which kinds of students and of knowledge it compares; none unless a recipe says so. */
  default Study study(Settings s) {
    return Study.NONE;
  }

  /**
   * A comparison of two arms.
   *
   * @param arm the one that should make fewer errors
   * @param baseline the other
   * @param claim what BEATS would mean, as a sentence
   */
  record Comparison(String arm, String baseline, String claim) {}
}
