package limbeck.kd.recipe;

import java.util.List;

/** Recipes that come with a module: found by {@link java.util.ServiceLoader}. */
public interface RecipeSource {
  /** The recipes, in the order they are best read. */
  List<Recipe> recipes();
}
