package limbeck.kd.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import limbeck.engine.program.Runner;
import limbeck.kd.ModelFile;
import limbeck.kd.Predictor;
import limbeck.kd.data.DataFormat;
import limbeck.kd.data.DataSets;
import limbeck.kd.data.Dataset;
import limbeck.kd.data.ImageDataset;
import limbeck.kd.data.LoadProgress;
import limbeck.kd.data.NamedFormats;
import limbeck.kd.metric.Calibration;
import limbeck.kd.metric.Classification;
import limbeck.kd.metric.CorrelationInterval;
import limbeck.kd.metric.Regression;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limbeck eval MODEL --data DIR}. */
@Command(
    name = "eval",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Measure a model on a data set: errors, accuracy, likelihood, calibration; of scores,"
            + " correlation and error.")
final class Eval implements Callable<Integer> {
  private static final int BATCH = 500;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "model file (.safetensors) of a run")
  private Path model;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "folder with a data set, in any format that run reads; what is drawn needs none")
  private Path data;

  @Option(
      names = "--format",
      paramLabel = "WORD",
      description = "what --data holds, as for run; of texts it must be said")
  private String format;

  @Option(names = "--split", paramLabel = "NAME", description = "train or test (default: test)")
  private String split = "test";

  @Mixin private JsonOption json;

  @Override
  public Integer call() throws Exception {
    ModelFile file = ModelFile.load(model);
    Predictor predictor = Predictors.of(file);
    if (data == null && (format == null || !NamedFormats.draws(format))) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "Missing required option: '--data=DIR'");
    }
    return predictor == null ? images(file) : texts(file, predictor);
  }

  private int texts(ModelFile file, Predictor predictor) throws IOException {
    if (format == null) {
      throw new IllegalArgumentException(
          model + " is of texts: add --format WORD, which says what the columns mean, as sst2");
    }
    Dataset set =
        NamedFormats.draws(format)
            ? NamedFormats.draw(format, split)
            : NamedFormats.open(data, split, format, LoadProgress.NONE);
    int classes = file.classes().size();
    if (set.classes() != classes || set.size() == 0 || set.asText(0) == null) {
      String says = file.scores() ? " says scores" : " has " + classes + " classes";
      throw new IllegalArgumentException(
          model + says + " of texts; " + set.name() + " does not fit");
    }
    int each = file.outputs();
    float[] all = new float[set.size() * each];
    for (int i = 0; i < set.size(); i++) {
      System.arraycopy(predictor.logits(set.asText(i)), 0, all, i * each, each);
    }
    return file.scores() ? tell(set, all) : tell(set, all, classes);
  }

  private int images(ModelFile file) throws IOException {
    ImageDataset set =
        format == null
            ? DataSets.open(data, split)
            : DataSets.open(data, split, DataFormat.of(format), LoadProgress.NONE);
    int classes = file.classes().size();
    if (set.example().size() != file.program().example().size() || set.classes() > classes) {
      throw new IllegalArgumentException(
          model
              + " reads examples of "
              + file.program().example().size()
              + " numbers in "
              + classes
              + " classes; "
              + set.name()
              + " has "
              + set.example().size()
              + " and "
              + set.classes());
    }
    return tell(set, logits(file, set, classes), classes);
  }

  private Map<String, Object> result(Dataset set) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("model", model.toString());
    result.put("data", set.name());
    result.put("examples", set.size());
    return result;
  }

  /** Scores. */
  private int tell(Dataset set, float[] outputs) {
    Regression r = Regression.of(outputs, set.scores());
    Map<String, Object> result = result(set);
    result.put("pearson", r.pearson().value());
    result.put("spearman", r.spearman().value());
    result.put("mae", r.meanAbsoluteError());
    result.put("rmse", r.rmse());
    if (json.on()) {
      JsonOption.print(spec, result);
    } else {
      spec.commandLine()
          .getOut()
          .printf(
              Locale.ROOT,
              "Pearson %.2f%s, Spearman %.2f (both × 100), RMSE %.4f, over %d examples%n",
              100 * r.pearson().value(),
              interval(r),
              100 * r.spearman().value(),
              r.rmse(),
              set.size());
      spec.commandLine().getOut().flush();
    }
    return 0;
  }

  private static String interval(Regression r) {
    if (r.examples() < CorrelationInterval.FEWEST) {
      return "";
    }
    CorrelationInterval i = CorrelationInterval.of(r.pearson().value(), r.examples());
    return String.format(Locale.ROOT, " [%.2f, %.2f]", 100 * i.low(), 100 * i.high());
  }

  private int tell(Dataset set, float[] logits, int classes) {
    Classification c = Classification.of(logits, set.labels(), classes);
    Calibration k = Calibration.of(logits, set.labels(), classes);
    Map<String, Object> result = result(set);
    result.put("errors", c.errors());
    result.put("accuracy", c.accuracy());
    result.put("nll", k.nll());
    result.put("ece", k.ece());
    if (json.on()) {
      result.put(
          "confusion",
          Arrays.stream(c.counts()).map(row -> Arrays.stream(row).boxed().toList()).toList());
      JsonOption.print(spec, result);
    } else {
      spec.commandLine()
          .getOut()
          .printf(
              Locale.ROOT,
              "%d errors in %d (%.2f %% right), NLL %.4f, calibration error %.2f %%%n",
              c.errors(),
              set.size(),
              100 * c.accuracy(),
              k.nll(),
              100 * k.ece());
      spec.commandLine().getOut().flush();
    }
    return 0;
  }

  private static float[] logits(ModelFile file, ImageDataset set, int classes) {
    Runner runner = file.program().runner();
    int each = set.example().size();
    float[] all = new float[set.size() * classes];
    for (int from = 0; from < set.size(); from += BATCH) {
      int n = Math.min(BATCH, set.size() - from);
      float[] in = new float[n * each];
      float[] out = new float[n * classes];
      for (int i = 0; i < n; i++) {
        set.read(from + i, in, i * each);
      }
      runner.run(in, out);
      System.arraycopy(out, 0, all, from * classes, out.length);
    }
    return all;
  }
}
