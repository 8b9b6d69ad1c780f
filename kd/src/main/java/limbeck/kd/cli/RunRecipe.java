package limbeck.kd.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import limbeck.kd.Experiment;
import limbeck.kd.data.Dataset;
import limbeck.kd.data.Idx;
import limbeck.kd.recipe.Recipe;
import limbeck.kd.recipe.RecipeException;
import limbeck.kd.recipe.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limbeck run RECIPE --data DIR}. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description =
        "Run a recipe on a data set: train the teacher, the student alone and distilled, and"
            + " report.")
final class RunRecipe implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RECIPE", description = "name of a recipe; see: limbeck recipes")
  private String name;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "folder with train-images-idx3-ubyte, train-labels-idx1-ubyte and the t10k files, gzipped"
              + " or not")
  private Path data;

  @Mixin private RunOptions options;
  @Mixin private JsonOption json;

  @Override
  public Integer call() throws Exception {
    Recipe recipe = limbeck.kd.recipe.Recipes.named(name);
    Settings settings = recipe.defaults().with(options.set());
    if (recipe instanceof limbeck.kd.recipe.Demo) {
      new Session(spec, json.on())
          .run(
              Demo.experiment(settings, options.seeds()),
              options,
              "limbeck demo" + options.typed(name));
      return 0;
    }
    if (data == null) {
      throw new RecipeException(name + " needs data: add --data DIR, a folder with IDX files");
    }
    Dataset train = Idx.dataset(data, "train");
    Dataset test = Idx.dataset(data, "t10k");
    Experiment experiment = Experiment.of(recipe, settings, train, test, options.seeds());
    experiment.arms();
    new Session(spec, json.on())
        .run(experiment, options, "limbeck run " + name + " --data " + data + options.typed(name));
    return 0;
  }
}
