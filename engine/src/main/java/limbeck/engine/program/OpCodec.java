package limbeck.engine.program;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.io.FormatException;
import limbeck.engine.op.Add;
import limbeck.engine.op.Gelu;
import limbeck.engine.op.Linear;
import limbeck.engine.op.LogSoftmax;
import limbeck.engine.op.MatMul;
import limbeck.engine.op.Mul;
import limbeck.engine.op.Op;
import limbeck.engine.op.Relu;
import limbeck.engine.op.Reshape;
import limbeck.engine.op.Scale;
import limbeck.engine.op.Sigmoid;
import limbeck.engine.op.Softmax;
import limbeck.engine.op.Sub;
import limbeck.engine.op.Tanh;

/**
 * Ops as JSON objects: the op's name under {@code op}, and its settings beside it. Only ops of
 * inference are stored.
 */
final class OpCodec {
  private OpCodec() {}

  /**
   * The settings of an op by name.
   *
   * @throws IllegalArgumentException if the op cannot be stored: a loss, a custom op, dropout
   */
  static Map<String, Object> write(Op op) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("op", op.spec().name());
    if (op instanceof Scale s) {
      json.put("factor", s.factor());
    } else if (op instanceof Softmax s) {
      json.put("temperature", s.temperature());
    } else if (op instanceof LogSoftmax s) {
      json.put("temperature", s.temperature());
    } else if (op instanceof MatMul m) {
      json.put("transA", m.transA());
      json.put("transB", m.transB());
    } else if (op instanceof Reshape r) {
      json.put("axes", r.axes());
    } else if (!op.equals(plain(op.spec().name()))) { // a custom op may have any name
      throw new IllegalArgumentException(
          "program: op "
              + op.spec().name()
              + " cannot be saved; only built-in ops of inference can");
    }
    return json;
  }

  /** The op that {@link #write} described. */
  static Op read(Map<String, Object> json, String where) throws FormatException {
    String name = Field.string(json, "op", where);
    String here = where + " (op " + FormatException.quote(name) + ")";
    try {
      return switch (name) {
        case "scale" -> new Scale(Field.number(json, "factor", here));
        case "softmax" -> new Softmax(Field.number(json, "temperature", here));
        case "logSoftmax" -> new LogSoftmax(Field.number(json, "temperature", here));
        case "matmul" ->
            new MatMul(Field.flag(json, "transA", here), Field.flag(json, "transB", here));
        case "reshape" -> new Reshape(axes(json, here));
        default -> {
          Op op = plain(name);
          if (op == null) {
            throw new FormatException(
                where + ": this version knows no op " + FormatException.quote(name));
          }
          yield op;
        }
      };
    } catch (IllegalArgumentException e) {
      throw new FormatException(here + ": " + e.getMessage(), e);
    }
  }

  private static List<Integer> axes(Map<String, Object> json, String where) throws FormatException {
    List<Integer> axes = new ArrayList<>();
    for (Object axis : Field.list(json, "axes", where)) {
      axes.add(Field.integer(axis, "axes", where));
    }
    return axes;
  }

  /** An op without settings, or null. */
  private static Op plain(String name) {
    return switch (name) {
      case "add" -> new Add();
      case "sub" -> new Sub();
      case "mul" -> new Mul();
      case "relu" -> new Relu();
      case "tanh" -> new Tanh();
      case "sigmoid" -> new Sigmoid();
      case "gelu" -> new Gelu();
      case "linear" -> new Linear();
      default -> null;
    };
  }
}
