package limbeck.kd.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import limbeck.kd.recipe.Recipe;
import limbeck.kd.recipe.RecipeException;
import limbeck.kd.recipe.Recipes;
import limbeck.kd.recipe.file.RecipeFile;

/** The recipe that a word on the command line means. */
final class ChosenRecipe {
  private ChosenRecipe() {}

  /**
   * That of a file, if the word ends in {@code .toml}, else the one of that name.
   *
   * @throws IOException if the file cannot be read
   * @throws RecipeException if there is none, or the file makes no sense
   */
  static Recipe of(String word) throws IOException {
    if (!word.endsWith(".toml")) {
      return Recipes.named(word);
    }
    Path file = Path.of(word);
    if (!Files.isRegularFile(file)) {
      throw new RecipeException(word + ": no such file");
    }
    return RecipeFile.read(file);
  }
}
