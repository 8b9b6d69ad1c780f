package limbeck.kd.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import limbeck.kd.Experiment;
import limbeck.kd.ModelFile;
import limbeck.kd.data.Dataset;
import limbeck.kd.data.RenderedDigits;
import limbeck.kd.recipe.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code limbeck demo}: needs no data and asks no questions. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Draw digits, train a teacher, a student alone and a distilled student, and compare them.")
final class Demo implements Callable<Integer> {
  private static final long TRAIN_SEED =
      20_150_309; // the day the paper appeared; any number would do
  private static final long TEST_SEED = TRAIN_SEED + 1;

  @Spec private CommandSpec spec;
  @Mixin private RunOptions options;
  @Mixin private JsonOption json;

  static Experiment experiment(Settings settings, List<Long> seeds) {
    Dataset train = RenderedDigits.of(TRAIN_SEED, settings.whole("data.train"));
    Dataset test = RenderedDigits.of(TEST_SEED, settings.whole("data.test"));
    return Experiment.of(new limbeck.kd.recipe.Demo(), settings, train, test, seeds);
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter err = spec.commandLine().getErr();
    err.println(
        "Limbeck: a student of 24 thousand weights learns to read drawn digits from a teacher of"
            + " half a million.");
    err.println(
        "Drawing digits, then training three networks with "
            + options.seeds().size()
            + " seeds each.");
    Settings settings = new limbeck.kd.recipe.Demo().defaults().with(options.set());
    Experiment experiment = experiment(settings, options.seeds());
    new Session(spec, json.on()).run(experiment, options, "limbeck demo" + options.typed("demo"));
    if (!json.on()) {
      epilogue(experiment.evaluation());
    }
    return 0;
  }

  private void epilogue(Dataset test) throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    Path folder = options.out("demo");
    Path model =
        folder
            .resolve("models")
            .resolve("distilled-seed" + options.seeds().get(0) + ".safetensors");
    out.println();
    out.println("The distilled student reads digits it has never seen:");
    out.println();
    out.print(new DigitGallery(ModelFile.load(model)).show(test, List.of(0, 1, 2)));
    out.println();
    out.printf(
        Locale.ROOT,
        "Saved: %s (%d kB), report: %s%n",
        model,
        java.nio.file.Files.size(model) / 1000,
        folder.resolve("report.txt"));
    out.println("Go on:");
    out.println("  limbeck inspect " + model + "      what is in the model file");
    out.println("  limbeck predict " + model + " digit.png    read a picture of yours");
    out.println(
        "  limbeck recipes      the experiments of the paper, on MNIST: limbeck run hinton-mnist"
            + " --data DIR");
    out.flush();
  }
}
