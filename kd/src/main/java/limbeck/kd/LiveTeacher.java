package limbeck.kd;

import java.util.ArrayList;
import java.util.List;
import limbeck.autograd.Module;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Tensor;

/** A teacher that looks at each batch as the student sees it: needed where inputs are augmented. */
public final class LiveTeacher implements Teacher {
  private final Network network;
  private final int classes;
  private final List<String> taps;
  private long asked;

  /** A frozen network. It is put in evaluation mode, and must not be trained while it teaches. */
  public LiveTeacher(Network network, int classes) {
    this(network, classes, List.of());
  }

  /**
   * A frozen network whose inner activations are wanted as well.
   *
   * @param taps their names
   */
  public LiveTeacher(Network network, int classes, List<String> taps) {
    this.network = network;
    this.classes = classes;
    this.taps = List.copyOf(taps);
    network.evaluate();
  }

  @Override
  public Tensor logits(Batch batch, OpContext context) {
    asked += batch.size();
    return network.infer(batch.inputs(), context);
  }

  @Override
  public Outputs outputs(Batch batch, OpContext context) {
    asked += batch.size();
    List<Outputs> said = new ArrayList<>();
    Module.infer(
        context,
        () -> {
          said.add(network.outputs(batch.inputs(), taps));
          return said.get(0).logits();
        });
    return said.get(0).detached();
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
