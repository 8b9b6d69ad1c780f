package limbeck.engine.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import limbeck.engine.hostile.HostileReader.Form;
import limbeck.engine.io.Checkpoints;
import limbeck.engine.io.Json;
import limbeck.engine.io.Safetensors;
import limbeck.engine.io.TensorFile;
import limbeck.engine.io.onnx.HostileModels;
import limbeck.engine.io.onnx.OnnxExport;
import limbeck.engine.io.onnx.OnnxImport;
import limbeck.engine.io.onnx.OnnxModel;
import limbeck.engine.io.onnx.OnnxTensor;
import limbeck.engine.op.StoredPrograms;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** The readers of this module, with files that they read. */
public final class EngineReaders {
  private static final int USUAL = 2_000;
  private static final String METADATA = "__metadata__";
  private static final String PROGRAM = "limbeck.program";
  private static final Pattern END = Pattern.compile("data_offsets\":\\[[0-9]+,([0-9]{1,6})\\]");

  private EngineReaders() {}

  /** Gives all of them damaged files. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("hostile");
    folder.toFile().deleteOnExit();
    Path file = folder.resolve("file");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
    HostileFiles.main(readers(file), USUAL);
  }

  /** Removes a folder of files, as far as that goes. */
  public static void remove(Path folder) {
    try (var files = Files.walk(folder)) {
      files.sorted((a, b) -> b.compareTo(a)).forEach(f -> f.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<HostileReader> readers(Path file) throws IOException {
    List<byte[]> tensors = tensors(file);
    List<byte[]> models = models(file);
    return List.of(
        new HostileReader("json", Form.TEXT, texts(), b -> Json.parse(b, Json.Limits.DEFAULT)),
        HostileReader.ofFile("json-file", Form.TEXT, texts(), file, Json::read),
        new HostileReader(
            "safetensors",
            Form.BYTES,
            tensors,
            b -> Safetensors.parse(b, "file").requireFinite().tensors()),
        new HostileReader(
            "safetensors-header",
            Form.TEXT,
            headers(tensors),
            b -> file(new String(b, StandardCharsets.UTF_8)).tensors()),
        HostileReader.ofFile("checkpoint", Form.BYTES, tensors, file, Checkpoints::loadOnly),
        new HostileReader("program", Form.TEXT, programs(file), b -> program(b)),
        HostileReader.ofFile("program-file", Form.BYTES, tensors, file, Program::load),
        new HostileReader(
            "onnx-tensor",
            Form.PROTO,
            List.of(HostileModels.tensor(), HostileModels.listed()),
            b -> OnnxTensor.read(b, "file")),
        HostileReader.ofFile("onnx", Form.PROTO, models, file, OnnxModel::read),
        new HostileReader(
            "onnx-import",
            Form.PROTO,
            models,
            b -> OnnxImport.of(OnnxModel.read(b, "file")).lower()));
  }

  private static List<byte[]> texts() {
    List<byte[]> texts = new ArrayList<>();
    for (String text :
        List.of(
            "{\"a\": [1, -2.5e3, true, null], \"b\": {\"c\": \"d\\u00e9\\n\"}, \"e\": []}",
            "[[[]], {\"x\": 9223372036854775807}, \"\ud83d\ude00 é\", 1e300]")) {
      texts.add(text.getBytes(StandardCharsets.UTF_8));
    }
    return texts;
  }

  private static List<byte[]> tensors(Path file) throws IOException {
    List<byte[]> files = new ArrayList<>();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("weight", Tensor.of(Shape.of(2, 3), 1f, 2, 3, 4, 5, 6));
    tensors.put("empty", Tensor.zeros(DType.F32, Shape.of(0, 3)));
    tensors.put("ids", Tensor.of(Shape.of(4), 1, 2, 3, 4));
    Safetensors.write(file, tensors, Map.of("format", "pt"));
    files.add(Files.readAllBytes(file));
    Checkpoints.save(file, tensors, Map.of("step", "7"));
    files.add(Files.readAllBytes(file));
    Safetensors.write(file, Map.of(), Map.of());
    files.add(Files.readAllBytes(file));
    StoredPrograms.all().get(0).save(file, Map.of());
    files.add(Files.readAllBytes(file));
    return files;
  }

  private static List<byte[]> headers(List<byte[]> files) {
    List<byte[]> headers = new ArrayList<>();
    for (byte[] file : files) {
      headers.add(Arrays.copyOfRange(file, Long.BYTES, Long.BYTES + headerBytes(file)));
    }
    return headers;
  }

  private static int headerBytes(byte[] file) {
    return (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  /** A file of a header, with as much data as it speaks of if that is little. */
  private static TensorFile file(String header) throws IOException {
    int data = 0;
    for (Matcher m = END.matcher(header); m.find(); ) {
      data = Math.max(data, Integer.parseInt(m.group(1)));
    }
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer file = ByteBuffer.allocate(Long.BYTES + json.length + data);
    file.order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json);
    return Safetensors.parse(file.array(), "file");
  }

  /** Each program, then a line with the header of its constants: there is no sum to hide behind. */
  private static List<byte[]> programs(Path file) throws IOException {
    List<byte[]> texts = new ArrayList<>();
    for (Program program : StoredPrograms.all()) {
      program.save(file, Map.of());
      byte[] bytes = Files.readAllBytes(file);
      String header = new String(bytes, Long.BYTES, headerBytes(bytes), StandardCharsets.UTF_8);
      Map<?, ?> all = new LinkedHashMap<>((Map<?, ?>) Json.parse(header));
      Object json = ((Map<?, ?>) all.remove(METADATA)).get(PROGRAM);
      texts.add((json + "\n" + Json.write(all)).getBytes(StandardCharsets.UTF_8));
    }
    return texts;
  }

  private static void program(byte[] bytes) throws IOException {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int line = text.lastIndexOf('\n');
    String program = Json.write(Map.of(PROGRAM, text.substring(0, Math.max(0, line))));
    String tensors = text.substring(Math.min(text.length(), line + 2));
    Program.of(file("{\"" + METADATA + "\":" + program + "," + tensors), "file");
  }

  private static List<byte[]> models(Path file) throws IOException {
    List<byte[]> models = new ArrayList<>(HostileModels.all());
    for (Program program : StoredPrograms.all()) {
      try {
        OnnxExport.write(program, file, List.of("out"), Map.of("classes", "2"));
        models.add(Files.readAllBytes(file));
      } catch (IllegalArgumentException e) {
        continue; // not every op can be exported
      }
    }
    return models;
  }
}
