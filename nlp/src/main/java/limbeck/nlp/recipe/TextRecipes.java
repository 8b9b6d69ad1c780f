package limbeck.nlp.recipe;

import java.util.List;
import limbeck.kd.recipe.Recipe;
import limbeck.kd.recipe.RecipeSource;
import limbeck.kd.recipe.file.FileRecipes;

/** The recipes of this module: a new file beside this class is a new recipe. */
public final class TextRecipes implements RecipeSource {
  /** All of them. */
  public TextRecipes() {}

  @Override
  public List<Recipe> recipes() {
    return FileRecipes.of(TextRecipes.class, TextRecipes.class::getResourceAsStream);
  }
}
