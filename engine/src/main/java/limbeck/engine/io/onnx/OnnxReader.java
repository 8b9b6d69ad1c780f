package limbeck.engine.io.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.HeapBudget;

/** Reads the messages of an ONNX file: see onnx.proto, whose field numbers stand here. */
final class OnnxReader {
  /** The most nodes, weights, inputs and attributes, taken together: less with little heap. */
  private static final int MOST_PARTS =
      (int) Math.min(1_000_000, Runtime.getRuntime().maxMemory() / 1024);

  private final String source;
  private final TensorReader tensors;
  private int parts;

  private long irVersion;
  private String producer = "";
  private final Map<String, Long> opsets = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final List<OnnxNode> nodes = new ArrayList<>();
  private final Map<String, OnnxTensor> weights = new LinkedHashMap<>();
  private final List<OnnxValue> inputs = new ArrayList<>();
  private final List<OnnxValue> outputs = new ArrayList<>();
  private boolean hasGraph;

  private OnnxReader(String source, Path folder) {
    this.source = source;
    this.tensors = new TensorReader(source, folder);
  }

  static OnnxModel read(Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    return read(bytes(file), "onnx: " + file, absolute.getParent());
  }

  /** All bytes of a file that is small enough for protobuf, and for the heap. */
  static byte[] bytes(Path file) throws IOException {
    long size = Files.size(file);
    if (size > Integer.MAX_VALUE - 16) {
      throw new FormatException(
          "onnx: " + file + " has " + size + " bytes; protobuf files have less than 2 GiB");
    }
    new HeapBudget("onnx: " + file).take(size);
    return Files.readAllBytes(file);
  }

  /**
   * Reads a model.
   *
   * @param folder where files of external data lie; null if there are none
   */
  static OnnxModel read(byte[] bytes, String source, Path folder) throws IOException {
    OnnxReader reader = new OnnxReader(source, folder);
    reader.model(ProtoReader.of(bytes, source));
    return reader.finished();
  }

  /** Reads a file that holds one tensor, as the test cases of ONNX have them. */
  static OnnxTensor tensor(byte[] bytes, String source) throws IOException {
    return new TensorReader(source, null).read(ProtoReader.of(bytes, source));
  }

  private OnnxModel finished() throws FormatException {
    if (!hasGraph) {
      throw error("no graph in it: this is no ONNX model");
    }
    Long opset = opsets.getOrDefault("", opsets.get("ai.onnx"));
    inputs.removeIf(input -> weights.containsKey(input.name()));
    return new OnnxModel(
        source,
        irVersion,
        producer,
        opset == null ? 1 : opset,
        Map.copyOf(opsets),
        metadata,
        List.copyOf(nodes),
        weights,
        List.copyOf(inputs),
        List.copyOf(outputs));
  }

  private void model(ProtoReader in) throws IOException {
    while (in.next()) {
      switch (in.field()) {
        case 1 -> irVersion = in.integer();
        case 2 -> producer = in.string();
        case 7 -> {
          if (hasGraph) {
            throw error("it holds two graphs");
          }
          hasGraph = true;
          graph(in.message());
        }
        case 8 -> opset(in.message());
        case 14 -> metadata(in.message());
        case 25 -> throw error("functions of the model's own are not read; inline them first");
        default -> in.skip();
      }
    }
  }

  private void opset(ProtoReader in) throws FormatException {
    String domain = "";
    long version = 0;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> domain = in.string();
        case 2 -> version = in.integer();
        default -> in.skip();
      }
    }
    count();
    opsets.put(domain, version);
  }

  private void metadata(ProtoReader in) throws FormatException {
    count();
    String[] entry = entry(in);
    metadata.put(entry[0], entry[1]);
  }

  /** Key and value of a StringStringEntryProto. */
  static String[] entry(ProtoReader in) throws FormatException {
    String[] entry = {"", ""};
    while (in.next()) {
      if (in.field() == 1 || in.field() == 2) {
        entry[in.field() - 1] = in.string();
      } else {
        in.skip();
      }
    }
    return entry;
  }

  private void graph(ProtoReader in) throws IOException {
    while (in.next()) {
      switch (in.field()) {
        case 1 -> nodes.add(node(in.message()));
        case 5 -> weight(in.message());
        case 11 -> inputs.add(value(in.message()));
        case 12 -> outputs.add(value(in.message()));
        case 15 -> throw error("sparse weights are not read");
        default -> in.skip();
      }
    }
  }

  private void weight(ProtoReader in) throws IOException {
    count();
    OnnxTensor tensor = tensors.read(in);
    if (weights.put(tensor.name(), tensor) != null) {
      throw error("two weights are named " + FormatException.quote(tensor.name()));
    }
  }

  private OnnxNode node(ProtoReader in) throws IOException {
    count();
    String name = "";
    String domain = "";
    String operator = "";
    List<String> from = new ArrayList<>();
    List<String> to = new ArrayList<>();
    Map<String, OnnxAttribute> attributes = new LinkedHashMap<>();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> from.add(name(in));
        case 2 -> to.add(name(in));
        case 3 -> name = in.string();
        case 4 -> operator = in.string();
        case 5 -> {
          OnnxAttribute attribute = attribute(in.message());
          if (attributes.put(attribute.name(), attribute) != null) {
            throw error(
                "a node has the attribute " + FormatException.quote(attribute.name()) + " twice");
          }
        }
        case 7 -> domain = in.string();
        default -> in.skip();
      }
    }
    return new OnnxNode(
        name, domain, operator, List.copyOf(from), List.copyOf(to), Map.copyOf(attributes));
  }

  private String name(ProtoReader in) throws FormatException {
    count();
    return in.string();
  }

  private OnnxAttribute attribute(ProtoReader in) throws IOException {
    count();
    String name = "";
    StringBuilder text = new StringBuilder();
    OnnxTensor tensor = null;
    LongList integers = new LongList();
    LongList numbers = new LongList();
    OnnxAttribute.Kind said = OnnxAttribute.Kind.OTHER;
    OnnxAttribute.Kind found = OnnxAttribute.Kind.OTHER;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> name = in.string();
        case 2 -> {
          numbers.add(Float.floatToRawIntBits(in.number()));
          found = OnnxAttribute.Kind.FLOAT;
        }
        case 3 -> {
          integers.add(in.integer());
          found = OnnxAttribute.Kind.INT;
        }
        case 4 -> {
          text.setLength(0);
          text.append(in.string());
          found = OnnxAttribute.Kind.STRING;
        }
        case 5 -> {
          tensor = tensors.read(in.message());
          found = OnnxAttribute.Kind.TENSOR;
        }
        case 7 -> {
          in.numbers(numbers);
          found = OnnxAttribute.Kind.FLOATS;
        }
        case 8 -> {
          in.integers(integers);
          found = OnnxAttribute.Kind.INTS;
        }
        case 9 -> {
          text.append(text.length() == 0 ? "" : ",").append(in.string());
          found = OnnxAttribute.Kind.STRINGS;
        }
        case 20 -> said = OnnxAttribute.Kind.of(in.integer());
        default -> in.skip();
      }
    }
    OnnxAttribute.Kind kind = said == OnnxAttribute.Kind.OTHER ? found : said;
    requireValue(name, kind, integers.size(), numbers.size(), tensor);
    return new OnnxAttribute(
        name, kind, integers.toArray(), floats(numbers), text.toString(), tensor);
  }

  private void requireValue(
      String name, OnnxAttribute.Kind kind, int integers, int numbers, OnnxTensor tensor)
      throws FormatException {
    boolean fits =
        switch (kind) {
          case INT -> integers == 1;
          case FLOAT -> numbers == 1;
          case TENSOR -> tensor != null;
          default -> true;
        };
    if (!fits) {
      throw error(
          "attribute " + FormatException.quote(name) + " of type " + kind + " has no such value");
    }
  }

  private static float[] floats(LongList bits) {
    long[] values = bits.toArray();
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = Float.intBitsToFloat((int) values[i]);
    }
    return floats;
  }

  private OnnxValue value(ProtoReader in) throws FormatException {
    count();
    String name = "";
    OnnxValue typed = new OnnxValue(name, null, null);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> name = in.string();
        case 2 -> typed = type(in.message());
        default -> in.skip();
      }
    }
    return new OnnxValue(name, typed.type(), typed.axes());
  }

  private OnnxValue type(ProtoReader in) throws FormatException {
    OnnxType type = null;
    List<OnnxValue.Axis> axes = null;
    while (in.next()) {
      if (in.field() != 1) {
        throw error("a value is no tensor: sequences, maps and optional values are not read");
      }
      ProtoReader tensor = in.message();
      while (tensor.next()) {
        switch (tensor.field()) {
          case 1 -> type = OnnxType.of(tensor.integer());
          case 2 -> axes = shape(tensor.message());
          default -> tensor.skip();
        }
      }
    }
    return new OnnxValue("", type, axes);
  }

  private List<OnnxValue.Axis> shape(ProtoReader in) throws FormatException {
    List<OnnxValue.Axis> axes = new ArrayList<>();
    while (in.next()) {
      if (in.field() == 1) {
        count();
        axes.add(axis(in.message()));
      } else {
        in.skip();
      }
    }
    return List.copyOf(axes);
  }

  private OnnxValue.Axis axis(ProtoReader in) throws FormatException {
    OnnxValue.Axis axis = new OnnxValue.Axis(-1, "");
    while (in.next()) {
      switch (in.field()) {
        case 1 -> axis = new OnnxValue.Axis(size(in.integer()), "");
        case 2 -> axis = new OnnxValue.Axis(-1, in.string());
        default -> in.skip();
      }
    }
    return axis;
  }

  private long size(long size) throws FormatException {
    if (size < 0 || size > Integer.MAX_VALUE) {
      throw error("an axis has the size " + size);
    }
    return size;
  }

  private void count() throws FormatException {
    if (++parts > MOST_PARTS) {
      throw error("more than " + MOST_PARTS + " nodes, names, weights and attributes, the limit");
    }
  }

  private FormatException error(String problem) {
    return new FormatException(source + ": " + problem);
  }
}
