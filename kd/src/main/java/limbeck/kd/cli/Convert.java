package limbeck.kd.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import limbeck.engine.io.WeightType;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.ModelFile;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limbeck convert MODEL --weights TYPE --out FILE}. */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Write a model again with its matrices in fewer bits; labels, recipe and tokenizer stay."
            + " The command eval measures what that costs.")
final class Convert implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "model file (.safetensors) of a run")
  private Path model;

  @Option(
      names = "--weights",
      required = true,
      paramLabel = "TYPE",
      converter = Words.class,
      completionCandidates = Candidates.class,
      description =
          "what matrices are stored as: ${COMPLETION-CANDIDATES}; int8 has a scale for each output,"
              + " the largest weight / 127, int8-calibrated those of the least squared error")
  private WeightType weights;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "file to write")
  private Path out;

  @Mixin private JsonOption json;

  @Override
  public Integer call() throws IOException {
    ModelFile before = ModelFile.load(model);
    if (Files.exists(out) && Files.isSameFile(model, out)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--out " + out + " is MODEL itself; choose another file");
    }
    long bytes = Files.size(model);
    before.save(out, weights);
    ModelFile after = ModelFile.load(out);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("model", model.toString());
    result.put("out", out.toString());
    result.put("weights", weights.word());
    result.put("bytesBefore", bytes);
    result.put("bytesAfter", Files.size(out));
    result.put("bytesInMemory", after.program().bytes());
    Largest largest = Largest.of(before.weights(), after.weights());
    result.put("largestError", largest.error());
    result.put("largestErrorOf", largest.tensor());
    if (json.on()) {
      JsonOption.print(spec, result);
    } else {
      print(bytes, Files.size(out), after.program().bytes(), largest);
    }
    return 0;
  }

  private void print(long before, long after, long memory, Largest largest) {
    var text = spec.commandLine().getOut();
    text.printf(
        Locale.ROOT,
        "%s: %,d bytes; %s: %,d bytes (%.1f %%); in memory %,d%n",
        model,
        before,
        out,
        after,
        100.0 * after / before,
        memory);
    if (largest.tensor() == null) {
      text.println("no weight has changed");
    } else {
      text.printf(
          Locale.ROOT,
          "largest error of a weight: %.3g, in %s%n",
          largest.error(),
          largest.tensor());
    }
    text.flush();
  }

  /**
   * The weight that changed most.
   *
   * @param tensor its tensor; null if none changed
   */
  private record Largest(String tensor, double error) {
    static Largest of(Map<String, Tensor> before, Map<String, Tensor> after) {
      Largest largest = new Largest(null, 0);
      for (Map.Entry<String, Tensor> entry : before.entrySet()) {
        Tensor was = entry.getValue();
        Tensor is = after.get(entry.getKey());
        for (int i = 0; i < was.size(); i++) {
          double error = Math.abs(was.get(i) - is.get(i)); // NaN of what was not finite
          if (error > largest.error) {
            largest = new Largest(entry.getKey(), error);
          }
        }
      }
      return largest;
    }
  }

  /** Types by their words. */
  static final class Words implements CommandLine.ITypeConverter<WeightType> {
    /** For picocli. */
    Words() {}

    @Override
    public WeightType convert(String word) {
      for (WeightType type : WeightType.values()) {
        if (type.word().equals(word)) {
          return type;
        }
      }
      throw new CommandLine.TypeConversionException(
          "\"" + word + "\" is none of " + String.join(", ", new Candidates()));
    }
  }

  /** The words. */
  static final class Candidates implements Iterable<String> {
    /** For picocli. */
    Candidates() {}

    @Override
    public java.util.Iterator<String> iterator() {
      return java.util.Arrays.stream(WeightType.values()).map(WeightType::word).iterator();
    }
  }
}
