package limbeck.kd.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import limbeck.kd.Nearest;

/** All recipes that come with this module and with others on the class path. */
public final class Recipes {
  private static final List<Recipe> ALL = load();

  private Recipes() {}

  private static List<Recipe> load() {
    List<Recipe> all =
        new ArrayList<>(
            List.of(
                new Demo(),
                new HintonMnist(),
                HintonOmitted.three(),
                HintonOmitted.sevenAndEight(),
                new HintonSmall(),
                new HintonAblation()));
    // ours, not the thread's: in a container that one may know another copy of these classes
    ClassLoader loader = Recipes.class.getClassLoader();
    for (RecipeSource source : ServiceLoader.load(RecipeSource.class, loader)) {
      try {
        all.addAll(source.recipes());
      } catch (NoClassDefFoundError e) {
        continue; // without the library that reads recipe files there are those in Java
      }
    }
    return List.copyOf(all);
  }

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
            + " (the command recipes lists them)");
  }
}
