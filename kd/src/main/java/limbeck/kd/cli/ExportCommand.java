package limbeck.kd.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import limbeck.engine.exec.Workers;
import limbeck.engine.io.onnx.OnnxExport;
import limbeck.engine.io.onnx.OnnxImport;
import limbeck.engine.io.onnx.OnnxModel;
import limbeck.engine.program.Program;
import limbeck.kd.ModelFile;
import limbeck.kd.onnx.Agreement;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limbeck export MODEL --onnx FILE}. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Write a model as ONNX (operators of version "
            + OnnxExport.OPSET
            + ", float32), and check"
            + " the file: it is read back, and both must give the same on 100 random inputs.")
final class ExportCommand implements Callable<Integer> {
  /** How far what is read back may be off. */
  private static final double TOLERANCE = 1e-5;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "model file (.safetensors) of a run")
  private Path model;

  @Option(names = "--onnx", required = true, paramLabel = "FILE", description = "file to write")
  private Path onnx;

  @Override
  public Integer call() throws IOException {
    ModelFile file = ModelFile.load(model);
    Map<String, String> facts = new LinkedHashMap<>(file.facts());
    facts.keySet().removeIf(key -> key.equals("limbeck.program"));
    OnnxExport.write(file.program(), onnx, List.of(file.scores() ? "score" : "logits"), facts);
    Program again = OnnxImport.of(OnnxModel.read(onnx)).program();
    double worst = Agreement.worst(file.program(), again, Workers.shared());
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "%s: %,d bytes (%s has %,d), operators of version %d; read back, 100 random inputs differ"
            + " by %.1e at most%n",
        onnx,
        Files.size(onnx),
        model.getFileName(),
        Files.size(model),
        OnnxExport.OPSET,
        worst);
    out.flush();
    if (!(worst <= TOLERANCE)) {
      throw new IOException(
          "export: " + onnx + " read back is off by " + worst + ", above " + TOLERANCE);
    }
    return 0;
  }
}
