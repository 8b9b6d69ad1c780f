package limbeck.engine.io.onnx;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import limbeck.engine.tensor.Tensor;

/**
 * Names for the constants of a program: those of the weights, and numbers for what was computed.
 */
final class ConstantNames {
  private final Map<Tensor, String> names;
  private final Set<String> given = new HashSet<>();
  private int next;

  /** Names, with those of weights by identity of their tensors. */
  ConstantNames(Map<Tensor, String> names) {
    this.names = names;
    given.addAll(names.values());
  }

  /** A name that no other constant has. */
  String next(Tensor t) {
    String name = names.get(t);
    while (name == null) {
      String made = "constant." + next++;
      name = given.add(made) ? made : null;
    }
    return name;
  }
}
