package limbeck.kd.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import limbeck.kd.Experiment;
import limbeck.kd.data.DataSets;
import limbeck.kd.data.Dataset;
import limbeck.kd.data.LoadProgress;
import limbeck.kd.data.NamedFormats;
import limbeck.kd.recipe.DataSplit;
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
    versionProvider = Version.class,
    description =
        "Run a recipe on a data set: train the teacher, the student alone and distilled, and"
            + " report.")
class RunRecipe implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "RECIPE",
      description = "name of a recipe (see: limbeck recipes), or a recipe's file ending in .toml")
  private String name;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "folder with a data set: IDX files (MNIST), CIFAR's binary files, train.jpegstream and"
              + " test.jpegstream, folders train and test with a folder of images a class, or"
              + " tables of texts; gzipped or not")
  private Path data;

  @Option(
      names = "--format",
      paramLabel = "WORD",
      description =
          "what --data holds, where it does not tell by itself: idx, emnist-letters, cifar10,"
              + " cifar100, jpegstream, folders, sst2, mrpc, quora, rte, snli, sick, agnews,"
              + " trec, stsb (default: as the recipe says)")
  private String format;

  @Mixin private RunOptions options;
  @Mixin private JsonOption json;

  @Override
  public Integer call() throws Exception {
    Recipe recipe = recipe(name);
    Settings settings = recipe.defaults().with(options.set());
    recipe.arms(settings); // what contradicts itself is said before data is read
    Experiment experiment;
    List<String> typed;
    if (recipe instanceof limbeck.kd.recipe.Demo) {
      experiment = drawn(settings);
      typed = List.of("demo");
    } else {
      experiment = read(recipe, settings);
      typed = new ArrayList<>(List.of(spec.name(), name));
      if (data != null) {
        typed.addAll(List.of("--data", data.toString()));
      }
      if (format != null) {
        typed.addAll(List.of("--format", format));
      }
    }
    String first = experiment.arms().get(0).id();
    new Session(spec, json.on(), experiment, options, typed).run(first, options.seeds().get(0));
    return 0;
  }

  /**
   * The recipe that is meant.
   *
   * @throws IOException if its file cannot be read
   */
  Recipe recipe(String word) throws IOException {
    return ChosenRecipe.of(word);
  }

  private Dataset open(String part, Settings settings) throws IOException {
    LoadProgress progress = new ConsoleLoading(spec.commandLine().getErr(), part);
    String word = word(settings);
    return word.isEmpty()
        ? DataSets.open(data, part, progress)
        : NamedFormats.open(data, part, word, progress);
  }

  private String word(Settings settings) {
    return format != null ? format : DataSplit.of(settings).format();
  }

  /** An experiment on data that are drawn. */
  static Experiment drawn(Recipe recipe, Settings settings, String word, List<Long> seeds) {
    Dataset test = DataSplit.of(settings).readsTest() ? NamedFormats.draw(word, "test") : null;
    return Experiment.of(recipe, settings, NamedFormats.draw(word, "train"), test, seeds);
  }

  private Experiment drawn(Settings settings) {
    if (data != null) {
      throw new RecipeException(name + " draws its own data; leave --data out");
    }
    return Demo.experiment(settings, options.seeds());
  }

  private Experiment read(Recipe recipe, Settings settings) throws IOException {
    String word = word(settings);
    if (data == null && NamedFormats.draws(word)) {
      return drawn(recipe, settings, word, options.seeds());
    }
    if (data == null) {
      throw new RecipeException(name + " needs data: add --data DIR, a folder with a data set");
    }
    Dataset train = open("train", settings);
    Dataset test = DataSplit.of(settings).readsTest() ? open("test", settings) : null;
    return Experiment.of(recipe, settings, train, test, options.seeds());
  }
}
