package limbeck.engine.io.onnx;

import static limbeck.engine.io.onnx.GraphWriter.set;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import limbeck.engine.op.Op;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;

/**
 * One step of a program while it is exported: its operands by name, with their shapes for a batch
 * of one, and the nodes that it becomes.
 */
final class Exporter {
  private final GraphWriter graph;
  private final Op op;
  private final List<String> in;
  private final Shape[] shapes;
  private final DType[] types;

  Exporter(GraphWriter graph, Op op, List<String> in, Shape[] shapes, DType[] types) {
    this.graph = graph;
    this.op = op;
    this.in = in;
    this.shapes = shapes;
    this.types = types;
  }

  GraphWriter graph() {
    return graph;
  }

  Op op() {
    return op;
  }

  /** The name of an operand. */
  String in(int k) {
    return in.get(k);
  }

  /** All operands. */
  List<String> all() {
    return in;
  }

  /** How many axes an operand has. */
  int rank(int k) {
    return shapes[k].rank();
  }

  /** The size of an axis that does not depend on the batch; negative: from the end. */
  int axis(int k, int axis) {
    return shapes[k].axis(axis);
  }

  boolean isInteger(int k) {
    return types[k] == DType.I32;
  }

  /** A node of operators and inputs by name. */
  String node(String operator, String... inputs) {
    return graph.node(operator, List.of(inputs));
  }

  String with(String operator, GraphWriter.Setting setting, String... inputs) {
    return graph.node(operator, List.of(inputs), setting);
  }

  String add(String a, String b) {
    return node("Add", a, b);
  }

  String sub(String a, String b) {
    return node("Sub", a, b);
  }

  String mul(String a, String b) {
    return node("Mul", a, b);
  }

  String mul(String a, double factor) {
    return factor == 1 ? a : mul(a, graph.number(factor));
  }

  String cast(String x, OnnxType to) {
    return with("Cast", set("to", to.number()), x);
  }

  String reshape(String x, long... axes) {
    return node("Reshape", x, graph.integers(axes));
  }

  String unsqueeze(String x, long... axes) {
    return node("Unsqueeze", x, graph.integers(axes));
  }

  String transpose(String x, Integer... order) {
    return with("Transpose", set("perm", List.of(order)), x);
  }

  /** The last two axes of an operand of some rank exchanged. */
  String matrixTransposed(String x, int rank) {
    Integer[] order = new Integer[rank];
    Arrays.setAll(order, i -> i);
    order[rank - 2] = rank - 1;
    order[rank - 1] = rank - 2;
    return transpose(x, order);
  }

  /** The size of an axis when the model runs, INT64 [1]. */
  String sizeOf(String x, int axis) {
    return graph.node("Shape", List.of(x), set("start", axis), set("end", axis + 1));
  }

  /** 0, 1, … up to the size of an axis, INT64. */
  String count(String x, int axis) {
    String size = node("Squeeze", sizeOf(x, axis), graph.integers(0));
    return node("Range", graph.integer(0), size, graph.integer(1));
  }

  /** Part of an axis. */
  String slice(String x, String from, String to, long axis, long step) {
    return graph.node("Slice", List.of(x, from, to, graph.integers(axis), graph.integers(step)));
  }

  /** Which steps of [batch, time] are before each example's length: BOOL [batch, time]. */
  String valid(String x, String lengths) {
    String steps = unsqueeze(count(x, 1), 0);
    return node("Less", steps, unsqueeze(cast(lengths, OnnxType.INT64), 1));
  }

  List<String> list(String... names) {
    return new ArrayList<>(List.of(names));
  }
}
