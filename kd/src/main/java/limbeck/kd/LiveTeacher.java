package limbeck.kd;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.autograd.Module;
import limbeck.autograd.Taps;
import limbeck.autograd.Var;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Tensor;

/** A teacher that looks at each batch as the student sees it: needed where inputs are augmented. */
public final class LiveTeacher implements Teacher {
  private final Module network;
  private final int classes;
  private final List<String> taps;
  private long asked;

  /** A frozen network. It is put in evaluation mode, and must not be trained while it teaches. */
  public LiveTeacher(Module network, int classes) {
    this(network, classes, List.of());
  }

  /**
   * A frozen network whose inner activations are wanted as well.
   *
   * @param taps their names
   */
  public LiveTeacher(Module network, int classes, List<String> taps) {
    this.network = network;
    this.classes = classes;
    this.taps = List.copyOf(taps);
    network.evaluate();
  }

  @Override
  public Tensor logits(Batch batch, OpContext context) {
    asked += batch.size();
    return network.infer(batch.x(), context);
  }

  @Override
  public Outputs outputs(Batch batch, OpContext context) {
    asked += batch.size();
    Taps listening = Taps.of(taps.toArray(String[]::new));
    Tensor logits =
        Module.infer(context, () -> listening.during(() -> network.forward(Var.of(batch.x()))));
    Map<String, Tensor> features = new LinkedHashMap<>();
    taps.forEach(tap -> features.put(tap, listening.get(tap).value()));
    return Outputs.detached(logits, features);
  }

  /** How many examples it was asked about so far. */
  public long asked() {
    return asked;
  }

  @Override
  public int classes() {
    return classes;
  }
}
