package limbeck.kd.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import limbeck.engine.program.Runner;
import limbeck.kd.ModelFile;
import limbeck.kd.Predictor;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limbeck predict MODEL FILE…}. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Let a model read pictures, PNG files of any size or IDX files of images; or ask a model of"
            + " texts about sentences.")
final class Predict implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "MODEL", description = "model file (.safetensors) of a run")
  private Path model;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "FILE",
      description = "PNG or IDX files; of models of texts, sentences, of pairs two by two")
  private List<String> asked;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "images read of each IDX file (default: 20)")
  private int limit = 20;

  @Mixin private JsonOption json;

  private final List<Map<String, Object>> results = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    if (limit < 1) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--limit " + limit + ": a number from 1 on expected");
    }
    ModelFile file = ModelFile.load(model);
    Predictor predictor = Predictors.of(file);
    for (String one : predictor == null ? asked : predictor.questions(asked)) {
      if (predictor == null) {
        pictures(file, Path.of(one));
      } else {
        tell(result(one, file, predictor.logits(one)));
      }
    }
    if (json.on()) {
      JsonOption.print(spec, results);
    }
    return 0;
  }

  private void pictures(ModelFile file, Path path) throws IOException {
    Runner runner = file.program().runner();
    for (Picture p : Picture.read(path, limit, file.program().example().size())) {
      float[] logits = new float[file.outputs()];
      runner.run(p.pixels(), logits);
      tell(result(p.name(), file, logits));
    }
  }

  /** At once: what is asked later may fail. */
  private void tell(Map<String, Object> result) throws IOException {
    results.add(result);
    if (!json.on()) {
      spec.commandLine().getOut().println(result.get("text"));
      spec.commandLine().getOut().flush();
    }
  }

  private Map<String, Object> result(String name, ModelFile file, float[] outputs) {
    return file.scores() ? score(name, outputs[0]) : guess(name, Guess.of(outputs, file.classes()));
  }

  private Map<String, Object> score(String name, float score) {
    Map<String, Object> r = new LinkedHashMap<>();
    r.put("file", name);
    r.put("score", (double) score);
    if (!json.on()) {
      r.put("text", String.format(Locale.ROOT, "%s: %.2f", name, score));
    }
    return r;
  }

  private Map<String, Object> guess(String name, List<Guess> guesses) {
    Map<String, Object> r = new LinkedHashMap<>();
    r.put("file", name);
    r.put("class", guesses.get(0).name());
    r.put("probability", guesses.get(0).probability());
    if (!json.on()) {
      StringBuilder s = new StringBuilder(name + ": " + guesses.get(0).name());
      for (int i = 0; i < Math.min(3, guesses.size()); i++) {
        s.append(
            String.format(
                Locale.ROOT,
                "%s%s %.1f %%",
                i == 0 ? "   (" : ", ",
                guesses.get(i).name(),
                100 * guesses.get(i).probability()));
      }
      r.put("text", s.append(')').toString());
    }
    return r;
  }
}
