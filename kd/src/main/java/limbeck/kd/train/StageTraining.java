package limbeck.kd.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import limbeck.autograd.Module;
import limbeck.autograd.Parameter;
import limbeck.autograd.Streams;
import limbeck.autograd.Tape;
import limbeck.autograd.Var;
import limbeck.autograd.optim.GradClip;
import limbeck.autograd.optim.Optimizer;
import limbeck.autograd.optim.Schedule;
import limbeck.engine.io.Checkpoints;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Batch;
import limbeck.kd.Network;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;
import limbeck.kd.recipe.Stage;

/**
 * What a stage of a training consists of while it goes on: its optimizer, its loss, and what the
 * objectives learn beside the network. Those parts have weights, gradients and an optimizer of
 * their own, so that the network's initial weights and layout are the same with them and without.
 */
final class StageTraining {
  private static final String NETWORK = "optimizer.";
  private static final String PART = "learned.";
  private static final String PART_OPTIMIZER = "learned-optimizer.";

  private final Stage stage;
  private final Network network;
  private final Optimizer optimizer;
  private final Schedule schedule;
  private final StageLoss loss;
  private final Map<String, Module> parts = new LinkedHashMap<>();
  private final Map<String, Optimizer> partOptimizers = new LinkedHashMap<>();
  private String firstNotFinite = "";

  /**
   * A stage at its start.
   *
   * @param objectives of its terms, fitted to their networks
   * @param seed for the initial weights of learned parts
   */
  StageTraining(
      Stage stage, Network network, List<Objective> objectives, TeacherSet teachers, long seed) {
    this.stage = stage;
    this.network = network;
    this.optimizer = stage.training().newOptimizer(network.parameters());
    this.schedule = stage.training().newSchedule();
    this.loss = new StageLoss(stage, objectives, teachers);
    for (int i = 0; i < objectives.size(); i++) {
      String term = "term" + i + ".";
      objectives.get(i).learned().forEach((name, part) -> parts.put(term + name, part));
    }
    parts.forEach(
        (name, part) -> {
          part.init(seed ^ Streams.of(name));
          partOptimizers.put(name, stage.training().newOptimizer(part.parameters()));
        });
  }

  /** Goes on with the optimizer of the stage before: its momentum or moments, and its steps. */
  void goOn(StageTraining before) {
    optimizer.restore(before.optimizer.steps(), before.optimizer.state());
  }

  /** The loss, for whoever looks at a batch without learning from it. */
  StageLoss loss() {
    return loss;
  }

  /**
   * One step.
   *
   * @param share of the stage's steps that were done, from 0 to below 1
   * @param said is told what the network says before the loss is computed, which lives as long as
   *     anybody wants; null if nobody listens
   * @return the loss before it; if it is not finite, no step was taken
   */
  double descend(Batch batch, double share, OpContext context, Consumer<Outputs> said) {
    double value;
    try (Tape tape = Tape.open(context)) {
      Outputs student = loss.student(network, batch);
      if (said != null) {
        said.accept(Outputs.detached(student.logits().value().own()));
      }
      Var l = loss.loss(student, batch, context);
      value = l.item();
      if (!(Math.abs(value) < Double.POSITIVE_INFINITY)) {
        firstNotFinite = tape.firstNotFinite(this::nameOf);
        return value;
      }
      tape.backward(l);
    }
    step(share, context);
    return value;
  }

  private void step(double share, OpContext context) {
    double rate = schedule.at(share);
    double most = stage.training().clip();
    if (most > 0) {
      GradClip.norm(network.parameters(), most);
    }
    optimizer.rate(rate);
    optimizer.step(context.workers());
    for (Optimizer o : partOptimizers.values()) {
      o.rate(rate);
      o.step(context.workers());
    }
  }

  /**
   * What {@link #descend} found to be no number first, to be put into a message; empty if it found
   * nothing.
   */
  String firstNotFinite() {
    return firstNotFinite.isEmpty() ? "" : ", first in " + firstNotFinite;
  }

  /** A parameter's path, behind the name of the learned part that it belongs to. */
  private String nameOf(Parameter p) {
    for (Map.Entry<String, Module> part : parts.entrySet()) {
      if (part.getValue().parameters() == p.store()) {
        return part.getKey() + "." + p.path();
      }
    }
    return p.path();
  }

  /** The parts in training mode, for a step. */
  void train(long seed, long step) {
    parts.values().forEach(part -> part.train(seed, step));
  }

  Stage stage() {
    return stage;
  }

  /** All that a checkpoint must hold of this, beside the network. */
  Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    optimizer.state().forEach((name, t) -> state.put(NETWORK + name, t));
    parts.forEach(
        (part, module) -> {
          module.state().forEach((name, t) -> state.put(PART + part + "." + name, t));
          partOptimizers
              .get(part)
              .state()
              .forEach((name, t) -> state.put(PART_OPTIMIZER + part + "." + name, t));
        });
    return state;
  }

  /**
   * Continues after so many steps of this stage.
   *
   * @param optimizerSteps those of the network's optimizer, which may have begun in an earlier
   *     stage
   * @throws ShapeException if a tensor is missing or does not fit
   */
  void restore(long steps, long optimizerSteps, Map<String, Tensor> state) {
    optimizer.restore(optimizerSteps, Checkpoints.part(NETWORK, state));
    parts.forEach(
        (part, module) -> {
          module.load(Checkpoints.part(PART + part + ".", state));
          partOptimizers
              .get(part)
              .restore(steps, Checkpoints.part(PART_OPTIMIZER + part + ".", state));
        });
  }
}
