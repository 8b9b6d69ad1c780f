package limbeck.autograd.verify;

import java.util.LinkedHashMap;
import java.util.Map;
import limbeck.autograd.Module;
import limbeck.engine.tensor.Tensor;

/** A model's buffers as they were, for passes that write to them. */
final class Buffers {
  private final Map<String, Tensor> now;
  private final Map<String, Tensor> before = new LinkedHashMap<>();

  Buffers(Module model) {
    now = model.state();
    now.keySet().removeAll(model.parameters().parameters().keySet());
    now.forEach((path, t) -> before.put(path, t.own()));
  }

  void restore() {
    now.forEach((path, t) -> t.copyFrom(before.get(path)));
  }
}
