package limbeck.kd.cli;

import java.io.IOException;
import java.util.List;
import limbeck.kd.Nearest;
import limbeck.kd.recipe.Recipe;
import limbeck.kd.recipe.RecipeException;
import limbeck.kd.recipe.Recipes;
import picocli.CommandLine.Command;

/** {@code limbeck study NAME --data DIR}: a run of a recipe that is a study. */
@Command(
    name = "study",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Answer three questions in one report: which student, which knowledge, which balance of"
            + " size and quality. RECIPE is the name of a study, such as demo-text, or a recipe's"
            + " file with tables [[study]].")
final class StudyCommand extends RunRecipe {
  private static final String PREFIX = "study-";

  @Override
  Recipe recipe(String word) throws IOException {
    Recipe recipe = word.endsWith(".toml") ? super.recipe(word) : named(word);
    if (recipe == null || !recipe.study(recipe.defaults()).isStudy()) {
      List<String> there = studies().stream().map(StudyCommand::shortName).toList();
      throw new RecipeException(
          "no study \""
              + word
              + "\""
              + Nearest.hint(word, there)
              + "; there are "
              + String.join(", ", there)
              + ", and files of recipes with tables [[study]]");
    }
    return recipe;
  }

  private static Recipe named(String word) {
    return studies().stream()
        .filter(r -> r.name().equals(word) || shortName(r).equals(word))
        .findFirst()
        .orElse(null);
  }

  private static List<Recipe> studies() {
    return Recipes.all().stream().filter(r -> r.study(r.defaults()).isStudy()).toList();
  }

  private static String shortName(Recipe recipe) {
    String name = recipe.name();
    return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
  }
}
