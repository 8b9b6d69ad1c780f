package limbeck.kd.recipe.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import limbeck.kd.recipe.Recipe;
import limbeck.kd.recipe.RecipeSource;

/**
 * The recipes of this module that are TOML files beside its classes: a new file is a new recipe.
 */
public final class FileRecipes implements RecipeSource {
  /** Made by {@link java.util.ServiceLoader}. */
  public FileRecipes() {}

  @Override
  public List<Recipe> recipes() {
    return of(FileRecipes.class, FileRecipes.class::getResourceAsStream);
  }

  /**
   * The recipes that are TOML files beside a class, in alphabetical order.
   *
   * @param beside a class of the module that has them
   * @param opener opens a file by its name: a module's files are its own to open
   * @throws limbeck.kd.recipe.RecipeException if one is written wrongly
   */
  public static List<Recipe> of(Class<?> beside, Function<String, InputStream> opener) {
    List<Recipe> all = new ArrayList<>();
    String folder = beside.getPackageName().replace('.', '/');
    for (String file : ClassPathFolder.names(beside, folder)) {
      if (file.endsWith(".toml")) {
        all.add(RecipeFile.of(file, text(file, opener), Path.of("")));
      }
    }
    return all;
  }

  private static String text(String file, Function<String, InputStream> opener) {
    try (InputStream in = opener.apply(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(file + " cannot be read out of this module", e);
    }
  }
}
