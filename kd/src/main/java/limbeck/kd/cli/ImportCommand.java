package limbeck.kd.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import limbeck.engine.io.onnx.OnnxImport;
import limbeck.engine.io.onnx.OnnxModel;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.Shape;
import limbeck.kd.ModelFile;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limbeck import FILE.onnx}. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Make a model file of an ONNX model: to evaluate, to predict with, to embed, to be a"
            + " teacher. Axes that the model leaves free stay free.")
final class ImportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "an ONNX model")
  private Path file;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "MODEL",
      description = "model file to write (.safetensors)")
  private Path out;

  @Option(
      names = "--output",
      paramLabel = "NAME",
      description =
          "the output that gives the logits, where there are several (default: the first)")
  private String output;

  @Option(
      names = "--shape",
      paramLabel = "NAME=AxBxC",
      description = "sizes of an input's axes, where the model needs them fixed")
  private Map<String, String> shapes = new LinkedHashMap<>();

  @Option(
      names = "--classes",
      split = ",",
      paramLabel = "NAME,…",
      description = "names of the classes (default: their numbers)")
  private List<String> classes = List.of();

  @Option(
      names = "--flat",
      description = "take examples as rows of numbers, as data sets of images hold them")
  private boolean flat;

  @Option(
      names = "--mean",
      split = ",",
      paramLabel = "M,…",
      description = "what is subtracted from numbers of 0 to 1 first: one, or one for each channel")
  private List<Double> mean = List.of();

  @Option(
      names = "--deviation",
      split = ",",
      paramLabel = "D,…",
      description = "what they are divided by then")
  private List<Double> deviation = List.of();

  @Override
  public Integer call() throws IOException {
    if (mean.size() != deviation.size()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "import: --mean and --deviation need as many numbers");
    }
    OnnxModel model = OnnxModel.read(file);
    OnnxImport importing = OnnxImport.of(model);
    shapes.forEach((name, axes) -> importing.shape(name, shape(name, axes)));
    importing.outputs(output == null ? model.outputs().get(0).name() : output);
    if (flat) {
      importing.flat();
    }
    if (!mean.isEmpty()) {
      importing.normalized(mean, deviation);
    }
    Program program = importing.program();
    int logits = program.shapes(1)[program.outputs().get(0)].last();
    ModelFile.save(out, program, names(logits), facts(model));
    PrintWriter to = spec.commandLine().getOut();
    to.printf(
        Locale.ROOT,
        "%s: %d nodes became %d steps, %,d numbers in %,d bytes; inputs %s%n",
        out,
        model.nodes().size(),
        program.steps().size(),
        program.constants().stream().mapToLong(c -> c.value().size()).sum(),
        Files.size(out),
        program.inputs().stream().map(i -> i.name() + " " + i.example()).toList());
    to.flush();
    return 0;
  }

  private Shape shape(String name, String text) {
    String[] axes = text.split("x");
    int[] sizes = new int[axes.length];
    try {
      for (int i = 0; i < axes.length; i++) {
        sizes[i] = Integer.parseInt(axes[i]);
      }
      return Shape.of(sizes);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "import: --shape " + name + "=" + text + " is no shape; write it like 1x3x32x32",
          e);
    }
  }

  private List<String> names(int logits) {
    if (classes.isEmpty()) {
      List<String> numbers = new ArrayList<>();
      for (int i = 0; i < logits && logits > 1; i++) {
        numbers.add(Integer.toString(i));
      }
      return numbers;
    }
    if (classes.size() != logits) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "import: " + classes.size() + " classes for " + logits + " outputs");
    }
    return classes;
  }

  private Map<String, String> facts(OnnxModel model) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("imported.from", file.getFileName().toString());
    facts.put("imported.producer", model.producer());
    facts.put("imported.opset", Long.toString(model.opset()));
    return facts;
  }
}
