package limbeck.engine.io.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * A graph being written: nodes one after another, each of whose outputs gets a name, and the
 * tensors they read. Small tensors that are equal are written once.
 */
final class GraphWriter {
  private static final int FLOATS = 1;
  private static final int INTEGERS = 2;
  private static final int TEXT = 3;
  private static final int LIST = 7;

  private final List<ProtoWriter> nodes = new ArrayList<>();
  private final Map<String, ProtoWriter> tensors = new LinkedHashMap<>();
  private final Map<String, String> small = new HashMap<>();
  private int next;

  /** A setting of a node. */
  record Setting(String name, Object value) {}

  static Setting set(String name, Object value) {
    return new Setting(name, value);
  }

  /** Adds a node with one output, and returns that. */
  String node(String operator, List<String> inputs, Setting... settings) {
    return nodes(operator, inputs, 1, settings)[0];
  }

  /** Adds a node with several outputs, and returns them. */
  String[] nodes(String operator, List<String> inputs, int outputs, Setting... settings) {
    ProtoWriter node = new ProtoWriter();
    inputs.forEach(name -> node.string(1, name));
    String[] names = new String[outputs];
    for (int k = 0; k < outputs; k++) {
      names[k] = "value." + next++;
      node.string(2, names[k]);
    }
    node.string(3, operator + "." + nodes.size()).string(4, operator);
    for (Setting s : settings) {
      node.message(5, attribute(s));
    }
    nodes.add(node);
    return names;
  }

  /** Adds a node that copies a value to a name. */
  void copy(String from, String to) {
    nodes.add(
        new ProtoWriter()
            .string(1, from)
            .string(2, to)
            .string(3, "Identity." + nodes.size())
            .string(4, "Identity"));
  }

  private static ProtoWriter attribute(Setting s) {
    ProtoWriter a = new ProtoWriter().string(1, s.name);
    if (s.value instanceof Double number) {
      return a.number(2, number.floatValue()).integer(20, FLOATS);
    }
    if (s.value instanceof Integer number) {
      return a.integer(3, number).integer(20, INTEGERS);
    }
    if (s.value instanceof Boolean flag) {
      return a.integer(3, flag ? 1 : 0).integer(20, INTEGERS);
    }
    if (s.value instanceof String text) {
      return a.string(4, text).integer(20, TEXT);
    }
    for (Object number : (List<?>) s.value) {
      a.integer(8, (Integer) number);
    }
    return a.integer(20, LIST);
  }

  /** A tensor under a name of its own. */
  String tensor(String name, Tensor t) {
    OnnxType type = t.dtype() == DType.I32 ? OnnxType.INT32 : OnnxType.FLOAT;
    tensors.put(name, header(name, t.shape(), type).elements(9, t));
    return name;
  }

  private static ProtoWriter header(String name, Shape shape, OnnxType type) {
    ProtoWriter tensor = new ProtoWriter();
    for (int axis : shape.toArray()) {
      tensor.integer(1, axis);
    }
    return tensor.integer(2, type.number()).string(8, name);
  }

  /** A float. */
  String number(double value) {
    String key = "float " + (float) value;
    return small.computeIfAbsent(
        key, k -> tensor("number." + small.size(), Tensor.of(Shape.of(), (float) value)));
  }

  /** Whole numbers along one axis, of type INT64, as shapes are. */
  String integers(long... values) {
    return small.computeIfAbsent(
        "long " + java.util.Arrays.toString(values), k -> longs(Shape.of(values.length), values));
  }

  /** One whole number without an axis, of type INT64. */
  String integer(long value) {
    return small.computeIfAbsent("scalar " + value, k -> longs(Shape.of(), value));
  }

  private String longs(Shape shape, long... values) {
    String name = "integers." + small.size();
    ProtoWriter tensor = header(name, shape, OnnxType.INT64);
    for (long value : values) {
      tensor.integer(7, value);
    }
    tensors.put(name, tensor);
    return name;
  }

  /** The graph as a message. */
  ProtoWriter graph(String name, List<ProtoWriter> inputs, List<ProtoWriter> outputs) {
    ProtoWriter graph = new ProtoWriter();
    nodes.forEach(n -> graph.message(1, n));
    graph.string(2, name);
    tensors.values().forEach(t -> graph.message(5, t));
    inputs.forEach(v -> graph.message(11, v));
    outputs.forEach(v -> graph.message(12, v));
    return graph;
  }

  /**
   * An input or output.
   *
   * @param axes names of free axes, sizes of others
   */
  static ProtoWriter value(String name, DType type, List<String> axes) {
    ProtoWriter shape = new ProtoWriter();
    for (String axis : axes) {
      boolean fixed = Character.isDigit(axis.charAt(0));
      ProtoWriter dim = new ProtoWriter();
      shape.message(1, fixed ? dim.integer(1, Long.parseLong(axis)) : dim.string(2, axis));
    }
    OnnxType element = type == DType.I32 ? OnnxType.INT32 : OnnxType.FLOAT;
    ProtoWriter tensor = new ProtoWriter().integer(1, element.number()).message(2, shape);
    return new ProtoWriter().string(1, name).message(2, new ProtoWriter().message(1, tensor));
  }
}
