package limbeck.kd.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import limbeck.kd.Experiment;
import limbeck.kd.ModelFile;
import limbeck.kd.data.Dataset;
import limbeck.kd.data.ImageDataset;
import limbeck.kd.data.RenderedDigits;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.DataSplit;
import limbeck.kd.recipe.Recipe;
import limbeck.kd.recipe.Settings;
import limbeck.kd.report.NumberFormats;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limbeck demo}: needs no data and asks no questions. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Draw digits, or sentences, train a teacher, a student alone and a distilled student, and"
            + " compare them.")
final class Demo implements Callable<Integer> {
  private static final long TRAIN_SEED =
      20_150_309; // the day the paper appeared; any number would do
  private static final long TEST_SEED = TRAIN_SEED + 1;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "KIND",
      description = "digits, or text (default: digits)")
  private String kind = "digits";

  @Mixin private RunOptions options;
  @Mixin private JsonOption json;

  static Experiment experiment(Settings settings, List<Long> seeds) {
    Dataset train = RenderedDigits.of(TRAIN_SEED, settings.whole("data.train"));
    ImageDataset test = RenderedDigits.of(TEST_SEED, settings.whole("data.test"));
    return Experiment.of(new limbeck.kd.recipe.Demo(), settings, train, test, seeds);
  }

  @Override
  public Integer call() throws Exception {
    if (!kind.equals("digits")) {
      return other();
    }
    Settings settings = new limbeck.kd.recipe.Demo().defaults().with(options.set());
    Experiment experiment = experiment(settings, options.seeds());
    experiment.check(); // says what does not fit before anything is announced
    prologue(experiment);
    Session session = new Session(spec, json.on(), experiment, options, List.of("demo"));
    Path model = session.run("distilled", options.seeds().get(0));
    if (!json.on()) {
      epilogue((ImageDataset) experiment.evaluation(), model, session.root());
    }
    return 0;
  }

  private void prologue(Experiment experiment) {
    List<Arm> arms = experiment.arms();
    Dataset data = experiment.train();
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        Locale.ROOT,
        "Limbeck: a student of %s weights learns to read drawn digits from a teacher of %s.%n",
        weights(arms, "distilled", data),
        weights(arms, "teacher", data));
    err.printf(
        Locale.ROOT,
        "Training %d networks with %s each.%n",
        arms.size(),
        NumberFormats.plural(options.seeds().size(), "seed"));
    err.flush();
  }

  private static String weights(List<Arm> arms, String id, Dataset data) {
    Arm arm = arms.stream().filter(a -> a.id().equals(id)).findFirst().orElseThrow();
    return NumberFormats.grouped(arm.network().build(data, null).multiplyAdds());
  }

  /** The recipe {@code demo-KIND} of another module, on the data that it draws. */
  private int other() throws Exception {
    Recipe recipe = limbeck.kd.recipe.Recipes.named("demo-" + kind);
    Settings settings = recipe.defaults().with(options.set());
    String word = DataSplit.of(settings).format();
    Experiment experiment = RunRecipe.drawn(recipe, settings, word, options.seeds());
    experiment.check();
    Session session = new Session(spec, json.on(), experiment, options, List.of("demo", kind));
    Path model = session.run("distilled", options.seeds().get(0));
    if (!json.on()) {
      PrintWriter out = spec.commandLine().getOut();
      out.println();
      out.println("Ask it:  " + Terminal.command() + " predict " + model + " \"SENTENCE\"");
      out.flush();
    }
    return 0;
  }

  private void epilogue(ImageDataset test, Path model, Path folder) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    String command = Terminal.command();
    out.println();
    out.println("The distilled student reads digits it has never seen:");
    out.println();
    out.print(new DigitGallery(ModelFile.load(model)).show(test, List.of(0, 1, 2)));
    out.println();
    out.printf(
        Locale.ROOT,
        "Saved: %s (%d kB), report: %s%n",
        model,
        Files.size(model) / 1000,
        folder.resolve("report.html"));
    out.println("Go on:");
    step(out, "what is in the model file", command, "inspect", model.toString());
    step(out, "read a picture of yours", command, "predict", model.toString(), "digit.png");
    step(out, "the experiments of the paper, on MNIST", command, "recipes");
    out.flush();
  }

  private static void step(PrintWriter out, String what, String... words) {
    out.println("  " + ShellWords.join(List.of(words)) + "    " + what);
  }
}
