package limbeck.engine.program;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import limbeck.engine.io.FormatException;
import limbeck.engine.op.Op;

/**
 * Ops as JSON objects: the op's name under {@code op}, and its settings beside it. Only ops of
 * inference are stored: those that {@link OpReaders} knows.
 */
final class OpCodec {
  private OpCodec() {}

  /**
   * The settings of an op by name.
   *
   * @throws IllegalArgumentException if the op cannot be stored: a loss, a custom op, dropout
   */
  static Map<String, Object> write(Op op) {
    String name = op.spec().name();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("op", name);
    new TreeMap<>(op.settings()).forEach((key, value) -> json.put(key, written(value)));
    if (!comesBack(op, name, json)) { // a custom op may have any name
      throw new IllegalArgumentException(
          "program: op " + name + " cannot be saved; only built-in ops of inference can");
    }
    return json;
  }

  /** JSON has no infinite numbers: they are written by name, and {@link Field} reads them so. */
  private static Object written(Object setting) {
    return setting instanceof Double d && d.isInfinite() ? d.toString() : setting;
  }

  private static boolean comesBack(Op op, String name, Map<String, Object> json) {
    try {
      return op.equals(OpReaders.read(name, new OpSettings(json, name)));
    } catch (FormatException | IllegalArgumentException e) {
      return false;
    }
  }

  /** The op that {@link #write} described. */
  static Op read(Map<String, Object> json, String where) throws FormatException {
    String name = Field.string(json, "op", where);
    String here = where + " (op " + FormatException.quote(name) + ")";
    Op op;
    try {
      op = OpReaders.read(name, new OpSettings(json, here));
    } catch (IllegalArgumentException e) {
      throw new FormatException(here + ": " + e.getMessage(), e);
    }
    if (op == null) {
      throw new FormatException(
          where + ": this version knows no op " + FormatException.quote(name));
    }
    return op;
  }
}
