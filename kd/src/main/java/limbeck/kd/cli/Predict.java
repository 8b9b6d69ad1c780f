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
    description = "Let a model read pictures: PNG files of any size, or IDX files of images.")
final class Predict implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "MODEL", description = "model file (.safetensors) of a run")
  private Path model;

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE", description = "PNG or IDX files")
  private List<Path> files;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "images read of each IDX file (default: 20)")
  private int limit = 20;

  @Mixin private JsonOption json;

  @Override
  public Integer call() throws Exception {
    if (limit < 1) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--limit " + limit + ": a number from 1 on expected");
    }
    ModelFile file = ModelFile.load(model);
    Runner runner = file.program().runner();
    List<Map<String, Object>> results = new ArrayList<>();
    for (Path path : files) {
      for (Picture p : Picture.read(path, limit, file.program().example().size())) {
        float[] logits = new float[file.classes().size()];
        runner.run(p.pixels(), logits);
        Map<String, Object> result = result(p.name(), Guess.of(logits, file.classes()));
        results.add(result);
        if (!json.on()) { // at once: a later file may be none
          spec.commandLine().getOut().println(result.get("text"));
          spec.commandLine().getOut().flush();
        }
      }
    }
    if (json.on()) {
      JsonOption.print(spec, results);
    }
    return 0;
  }

  private Map<String, Object> result(String name, List<Guess> guesses) throws IOException {
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
