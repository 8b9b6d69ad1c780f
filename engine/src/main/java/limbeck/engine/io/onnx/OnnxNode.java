package limbeck.engine.io.onnx;

import java.util.List;
import java.util.Map;

/**
 * A node of an ONNX graph.
 *
 * @param name may be empty
 * @param domain of its operator; empty for ONNX's own
 * @param operator its type: {@code MatMul}
 * @param inputs names of values; an empty one is an optional input left out
 * @param outputs names of values; an empty one is not wanted
 * @param attributes by name
 */
public record OnnxNode(
    String name,
    String domain,
    String operator,
    List<String> inputs,
    List<String> outputs,
    Map<String, OnnxAttribute> attributes) {

  /** The operator with its domain, if that is not ONNX's own. */
  String qualified() {
    return domain.isEmpty() || domain.equals("ai.onnx") ? operator : domain + ":" + operator;
  }

  /** The node in messages: {@code node "conv1" (Conv)}. */
  String describe() {
    String which = name.isEmpty() && !outputs.isEmpty() ? outputs.get(0) : name;
    return "node " + limbeck.engine.io.FormatException.quote(which) + " (" + qualified() + ")";
  }
}
