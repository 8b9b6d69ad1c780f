package limbeck.kd.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import limbeck.kd.recipe.Recipe;
import limbeck.kd.recipe.file.RecipeKeys;
import limbeck.kd.recipe.file.RecipeText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limbeck recipe show NAME}. */
@Command(
    name = "recipe",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {RecipeCommand.Show.class, RecipeCommand.Keys.class},
    description =
        "One recipe: show it as a file that can be changed and run; and what its keys mean.")
final class RecipeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return 2;
  }

  /** Prints a recipe with everything that holds. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = "Print a recipe as TOML, every value that holds included.")
  static final class Show implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "RECIPE", description = "name of a recipe, or a recipe's file")
    private String name;

    @Option(
        names = "--set",
        paramLabel = "KEY=VALUE",
        parameterConsumer = Assignments.class,
        description = "change settings first")
    private List<String> set = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
      Recipe recipe = ChosenRecipe.of(name);
      spec.commandLine().getOut().print(RecipeText.of(recipe, recipe.defaults().with(set)));
      spec.commandLine().getOut().flush();
      return 0;
    }
  }

  /** Lists all keys. */
  @Command(
      name = "keys",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = "List the keys of a recipe's file: what holds without them, what they mean.")
  static final class Keys implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      String table = null;
      for (RecipeKeys.Key key : RecipeKeys.all()) {
        if (!key.table().equals(table)) {
          table = key.table();
          out.printf(Locale.ROOT, "%n%s%n", table.isEmpty() ? "at the top" : table);
        }
        out.printf(Locale.ROOT, "  %-14s %-17s %s%n", key.key(), key.standard(), key.help());
      }
      out.println();
      out.println("Methods and what else stands in their terms:  limbeck methods");
      out.flush();
      return 0;
    }
  }
}
