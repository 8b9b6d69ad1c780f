package limbeck.kd.recipe.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import limbeck.kd.recipe.Recipe;
import limbeck.kd.recipe.RecipeSource;

/**
 * The recipes of this module that are TOML files beside its classes: a new file is a new recipe.
 */
public final class FileRecipes implements RecipeSource {
  private static final String FOLDER = "limbeck/kd/recipe/file";

  /** Made by {@link java.util.ServiceLoader}. */
  public FileRecipes() {}

  @Override
  public List<Recipe> recipes() {
    List<Recipe> all = new ArrayList<>();
    for (String file : ClassPathFolder.names(FileRecipes.class, FOLDER)) {
      if (file.endsWith(".toml")) {
        all.add(RecipeFile.of(file, text(file), Path.of("")));
      }
    }
    return all;
  }

  private static String text(String file) {
    try (InputStream in = FileRecipes.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(file + " cannot be read out of this module", e);
    }
  }
}
