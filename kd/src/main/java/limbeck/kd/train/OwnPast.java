package limbeck.kd.train;

import java.util.LinkedHashMap;
import java.util.Map;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Batch;
import limbeck.kd.LiveTeacher;
import limbeck.kd.Network;
import limbeck.kd.Outputs;
import limbeck.kd.Teacher;

/**
 * A network as it was some time ago, as its own teacher: see {@link limbeck.kd.recipe.PastSelf}. A
 * copy with weights of its own, which are part of the checkpoint.
 */
final class OwnPast implements Teacher {
  private final Network copy;
  private final LiveTeacher teacher;

  /**
   * A past of a network.
   *
   * @param copy another network of its kind, which this one's weights are kept in
   */
  OwnPast(Network copy, Network now, int classes) {
    this.copy = copy;
    remember(now);
    this.teacher = new LiveTeacher(copy, classes);
  }

  /** Takes the network's weights of this moment. */
  void remember(Network now) {
    copy.load(now.state());
  }

  /** Takes weights out of a checkpoint. */
  void restore(Map<String, Tensor> weights) {
    copy.load(weights);
  }

  @Override
  public Tensor logits(Batch batch, OpContext context) {
    return teacher.logits(batch, context);
  }

  @Override
  public Outputs outputs(Batch batch, OpContext context) {
    return teacher.outputs(batch, context);
  }

  /** How many examples it was asked about. */
  long asked() {
    return teacher.asked();
  }

  @Override
  public int classes() {
    return teacher.classes();
  }

  Map<String, Tensor> state(String prefix) {
    Map<String, Tensor> state = new LinkedHashMap<>();
    copy.state().forEach((name, t) -> state.put(prefix + name, t));
    return state;
  }
}
