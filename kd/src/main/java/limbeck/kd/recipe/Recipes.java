package limbeck.kd.recipe;

import java.util.List;
import limbeck.kd.Nearest;

/** All recipes that come with this module. */
public final class Recipes {
  private static final List<Recipe> ALL =
      List.of(
          new Demo(),
          new HintonMnist(),
          HintonOmitted.three(),
          HintonOmitted.sevenAndEight(),
          new HintonSmall(),
          new HintonAblation());

  private Recipes() {}

  /** Every recipe, in the order they are best read. */
  public static List<Recipe> all() {
    return ALL;
  }

  /**
   * The recipe with a name.
   *
   * @throws RecipeException if there is none
   */
  public static Recipe named(String name) {
    for (Recipe r : ALL) {
      if (r.name().equals(name)) {
        return r;
      }
    }
    throw new RecipeException(
        "unknown recipe \""
            + name
            + "\""
            + Nearest.hint(name, ALL.stream().map(Recipe::name).toList())
            + " (there are "
            + String.join(", ", ALL.stream().map(Recipe::name).toList())
            + ")");
  }
}
