package limbeck.kd.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.io.Checkpoints;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Batch;
import limbeck.kd.Outputs;
import limbeck.kd.Teacher;
import limbeck.kd.recipe.Cohort;

/**
 * The other networks of a cohort as a teacher of one of them: what each says, as {@linkplain
 * Outputs#others several}. Asked in training mode, as they learn; stale ones in evaluation mode.
 */
final class Peers implements Teacher {
  private static final String STALE = "stale.";

  private final Cohort cohort;
  private final int classes;
  private List<Fit> others = List.of();
  private List<Integer> numbers = List.of();
  private Outputs[] said = {};
  private final List<OwnPast> copies = new ArrayList<>();

  Peers(Cohort cohort, int classes) {
    this.cohort = cohort;
    this.classes = classes;
  }

  /** The cohort is complete: this is what number {@code own} hears. */
  void join(int own, List<Fit> all) {
    numbers = new ArrayList<>();
    others = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (i != own) {
        numbers.add(i);
        others.add(all.get(i));
        if (cohort.stale() > 0) {
          copies.add(all.get(i).past());
        }
      }
    }
    said = new Outputs[all.size()];
  }

  /** A step begins. */
  void begin(long step) {
    if (cohort.stale() > 0 && step % cohort.stale() == 0) {
      for (int i = 0; i < copies.size(); i++) {
        copies.get(i).remember(others.get(i).network());
      }
    }
  }

  /** A network of the cohort says something before it learns. */
  void hear(int number, Outputs outputs) {
    said[number] = outputs;
  }

  @Override
  public Outputs outputs(Batch batch, OpContext context) {
    List<Outputs> each = new ArrayList<>();
    for (int i = 0; i < others.size(); i++) {
      each.add(one(i, batch, context));
    }
    return Outputs.together(each);
  }

  private Outputs one(int i, Batch batch, OpContext context) {
    if (cohort.stale() > 0) {
      return copies.get(i).outputs(batch, context);
    }
    if (cohort.update() == Cohort.Update.SIMULTANEOUS) {
      return said[numbers.get(i)];
    }
    return Outputs.detached(others.get(i).network().infer(batch.inputs(), context));
  }

  @Override
  public Tensor logits(Batch batch, OpContext context) {
    return outputs(batch, context).logits().value();
  }

  @Override
  public int classes() {
    return classes;
  }

  Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    for (int i = 0; i < copies.size(); i++) {
      state.putAll(copies.get(i).state(STALE + i + "."));
    }
    return state;
  }

  void restore(Map<String, Tensor> state) {
    for (int i = 0; i < copies.size(); i++) {
      copies.get(i).restore(Checkpoints.part(STALE + i + ".", state));
    }
  }
}
