package limbeck.kd.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import limbeck.engine.io.Checkpoints;
import limbeck.engine.io.Safetensors;
import limbeck.engine.io.StoredType;
import limbeck.engine.io.TensorFile;
import limbeck.engine.io.onnx.OnnxModel;
import limbeck.engine.tensor.Shape;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limbeck inspect FILE}. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Show what a model file or checkpoint (.safetensors) holds: tensors as they are stored,"
            + " program, how it was made; or what an ONNX model (.onnx) does.")
final class Inspect implements Callable<Integer> {
  private static final int LONGEST = 300;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "a safetensors file, or an ONNX model")
  private Path file;

  @Mixin private JsonOption json;

  @Override
  public Integer call() throws IOException {
    if (file.toString().endsWith(".onnx")) {
      OnnxSummary summary = new OnnxSummary(OnnxModel.read(file), file);
      if (json.on()) {
        JsonOption.print(spec, summary.json());
      } else {
        summary.print(spec.commandLine().getOut());
      }
      return 0;
    }
    TensorFile content = read();
    long numbers = 0;
    long bytes = 0;
    List<Map<String, Object>> tensors = new ArrayList<>();
    for (String name : content.names()) {
      StoredType type = content.stored(name);
      Shape shape = content.shape(name);
      numbers += shape.size();
      bytes += (long) shape.size() * type.bytes();
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", name);
      entry.put("type", type.name());
      entry.put("shape", Arrays.stream(shape.toArray()).boxed().toList());
      tensors.add(entry);
    }
    if (json.on()) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("file", file.toString());
      all.put("numbers", numbers);
      all.put("bytes", bytes);
      all.put("tensors", tensors);
      all.put("metadata", content.metadata());
      JsonOption.print(spec, all);
    } else {
      print(content, tensors, numbers, bytes);
    }
    return 0;
  }

  /** Files that carry a hash of their content are checked against it. */
  private TensorFile read() throws IOException {
    TensorFile content = Safetensors.read(file);
    return content.metadata().containsKey(Checkpoints.KEY) ? Checkpoints.loadOnly(file) : content;
  }

  private void print(
      TensorFile content, List<Map<String, Object>> tensors, long numbers, long bytes) {
    var out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "%s: %d tensors, %,d numbers, %,d bytes%n",
        file,
        tensors.size(),
        numbers,
        bytes);
    for (Map<String, Object> t : tensors) {
      out.printf(Locale.ROOT, "  %-24s %s %s%n", t.get("name"), t.get("type"), t.get("shape"));
    }
    content
        .metadata()
        .forEach(
            (key, value) ->
                out.println(
                    "  "
                        + key
                        + ": "
                        + (value.length() > LONGEST
                            ? value.substring(0, LONGEST) + "… (" + value.length() + " characters)"
                            : value)));
    out.flush();
  }
}
