package limbeck.kd.recipe;

import java.util.List;

/**
 * How an arm comes from other arms of the recipe without being trained itself. For every seed it is
 * made of their networks of that seed.
 */
public sealed interface Derivation
    permits BiasCorrection, Chosen, EnsembleOf, Part, WithSpecialists {
  /** Ids of the arms it comes from, in order. */
  List<String> of();

  /** All else that determines the network: equal texts, and equal arms in order, equal bits. */
  String identity();

  /**
   * Whether the arm repeats the stages of the one it comes from, which then tell how it was
   * trained; else it has none.
   */
  default boolean repeatsStages() {
    return false;
  }

  /**
   * Whether the network is kept as a model file; else it is made anew of the files of the others.
   */
  default boolean isKept() {
    return true;
  }

  /** Refuses lists that are empty, or name an arm twice. */
  static void requireDifferent(List<Arm> arms) {
    List<String> ids = arms.stream().map(Arm::id).toList();
    if (ids.isEmpty() || ids.stream().distinct().count() < ids.size()) {
      throw new RecipeException("different networks expected, not " + ids);
    }
  }
}
