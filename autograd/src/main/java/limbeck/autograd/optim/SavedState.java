package limbeck.autograd.optim;

import java.util.Map;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/** State from a checkpoint on its way back. */
final class SavedState {
  private SavedState() {}

  /**
   * Copies tensors by name.
   *
   * @param who the message begins with
   * @throws ShapeException if one is missing, unknown, or has another size or type; then nothing
   *     has changed
   */
  static void restore(String who, Map<String, Tensor> given, Map<String, Tensor> own) {
    own.forEach((name, t) -> check(who, name, t, given.get(name)));
    for (String name : given.keySet()) {
      if (!own.containsKey(name)) {
        throw new ShapeException(who + ": it has no state \"" + name + "\"");
      }
    }
    own.forEach((name, t) -> t.copyFrom(given.get(name)));
  }

  private static void check(String who, String name, Tensor needed, Tensor given) {
    if (given == null || given.size() != needed.size() || given.dtype() != needed.dtype()) {
      String is = given == null ? "missing" : given.dtype() + "" + given.shape();
      throw new ShapeException(
          who
              + ": state \""
              + name
              + "\" is "
              + is
              + ", "
              + needed.dtype()
              + needed.shape()
              + " needed");
    }
  }
}
