package limbeck.kd;

import limbeck.autograd.Module;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Tensor;

/** A teacher that looks at each batch as the student sees it: needed where inputs are augmented. */
public final class LiveTeacher implements Teacher {
  private final Module network;
  private final int classes;

  /** A frozen network. It is put in evaluation mode, and must not be trained while it teaches. */
  public LiveTeacher(Module network, int classes) {
    this.network = network;
    this.classes = classes;
    network.evaluate();
  }

  @Override
  public Tensor logits(Batch batch, OpContext context) {
    return network.infer(batch.x(), context);
  }

  @Override
  public int classes() {
    return classes;
  }
}
