package limbeck.kd.train;

import java.util.ArrayList;
import java.util.List;
import limbeck.autograd.Streams;
import limbeck.autograd.Tape;
import limbeck.autograd.Var;
import limbeck.autograd.module.Linear;
import limbeck.autograd.optim.MaxNorm;
import limbeck.autograd.optim.Optimizer;
import limbeck.autograd.optim.Schedule;
import limbeck.engine.op.OpContext;
import limbeck.kd.Batch;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;
import limbeck.kd.Teacher;
import limbeck.kd.data.Dataset;
import limbeck.kd.metric.Calibration;
import limbeck.kd.metric.Classification;
import limbeck.kd.objective.HardLabels;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.Distillation;
import limbeck.kd.recipe.Training;
import limbeck.kd.vision.Mlp;

/**
 * Training of one arm with one seed, step by step. Every step is a function of the arm, the data,
 * the seed and the step's number, so a run that is stopped and resumed has the bits of one that was
 * not, whatever kernels and threads took which step.
 */
public final class Fit {
  private final Arm arm;
  private final long seed;
  private final Mlp network;
  private final Teacher teacher;
  private final Objective objective;
  private final Optimizer optimizer;
  private final Schedule schedule;
  private final Batches batches;
  private final Dataset validation;
  private final Curves curves;
  private long step;
  private double seconds;

  /**
   * A training at its start.
   *
   * @param data what this arm may see
   * @param validation measured after every epoch, never trained on; null if there is none
   * @param teacher null if the arm asks none
   */
  public Fit(Arm arm, long seed, Dataset data, Dataset validation, Teacher teacher) {
    Training t = arm.training();
    this.arm = arm;
    this.seed = seed;
    this.network = new Mlp(arm.widths(), t.inputDropout(), t.hiddenDropout());
    this.network.init(initialSeed(arm, seed));
    this.teacher = teacher;
    Distillation d = arm.distillation();
    this.objective = d == null ? new HardLabels() : d.objective();
    this.optimizer = t.newOptimizer(network.parameters());
    this.schedule = t.newSchedule();
    this.batches = new Batches(data, t.batch(), seed, t.jitter());
    this.validation = validation;
    this.curves = new Curves(validation != null);
    checkFits(data);
  }

  /**
   * Students of one seed start from the same weights, so that they differ in what they learn from
   * alone. A teacher starts elsewhere: a layer's first rows depend on seed and path, not on its
   * width, and a teacher must not share them with its student.
   */
  private static long initialSeed(Arm arm, long seed) {
    return arm.role().equals("teacher") ? seed ^ Streams.of("teacher") : seed;
  }

  private void checkFits(Dataset data) {
    int[] w = arm.widths();
    int inputs = data.example().size();
    if (w[0] != inputs || w[w.length - 1] != data.classes()) {
      throw new IllegalArgumentException(
          arm.id()
              + ": network "
              + network.name()
              + " does not fit "
              + data.name()
              + " with "
              + inputs
              + " inputs and "
              + data.classes()
              + " classes");
    }
    if (data.size() == 0) {
      throw new IllegalArgumentException(
          arm.id() + ": no training example is left after the selection of classes");
    }
  }

  /** The arm. */
  public Arm arm() {
    return arm;
  }

  /** The seed. */
  public long seed() {
    return seed;
  }

  /** The network, in whatever state training has reached. */
  public Mlp network() {
    return network;
  }

  Optimizer optimizer() {
    return optimizer;
  }

  /** What was measured along the way. */
  public Curves curves() {
    return curves;
  }

  /** Steps done. */
  public long step() {
    return step;
  }

  void step(long resumed) {
    step = resumed;
  }

  /** Seconds of training so far, over all sessions. */
  public double seconds() {
    return seconds;
  }

  void addSeconds(double more) {
    seconds += more;
  }

  /** Steps of the whole training. */
  public long steps() {
    return (long) batches.perEpoch() * arm.training().epochs();
  }

  /** Whether all steps are done. */
  public boolean done() {
    return step >= steps();
  }

  /**
   * Takes one step.
   *
   * @throws ArithmeticException if the loss is no longer a number
   */
  public void advance(OpContext context) {
    int epoch = (int) (step / batches.perEpoch());
    Batch batch = batches.get(epoch, (int) (step % batches.perEpoch()));
    network.train(seed, step);
    optimizer.rate(schedule.at((double) step / steps()));
    double loss = descend(batch, context);
    if (!(Math.abs(loss) < Double.POSITIVE_INFINITY)) {
      throw new ArithmeticException(
          arm.id()
              + ", seed "
              + seed
              + ": the loss is "
              + loss
              + " at step "
              + step
              + " (epoch "
              + (epoch + 1)
              + "); a smaller learning rate may help");
    }
    constrain(context);
    curves.addLoss(loss);
    step++;
    if (step % batches.perEpoch() == 0) {
      endEpoch(context);
    }
  }

  private double descend(Batch batch, OpContext context) {
    double loss;
    try (Tape tape = Tape.open(context)) {
      Outputs student = new Outputs(network.forward(Var.of(batch.x())));
      Outputs taught = teacher == null ? null : Outputs.detached(teacher.logits(batch, context));
      Var l = objective.loss(student, taught, batch);
      tape.backward(l);
      loss = l.item();
    }
    optimizer.step(context.workers());
    return loss;
  }

  private void constrain(OpContext context) {
    double max = arm.training().maxNorm();
    if (max > 0) {
      List<Linear> layers = new ArrayList<>(network.layers());
      layers.remove(layers.size() - 1); // the constraint is on hidden units; logits may grow
      for (Linear layer : layers) {
        MaxNorm.apply(context.workers(), layer.weight(), max);
      }
    }
  }

  private void endEpoch(OpContext context) {
    curves.endEpoch(batches.perEpoch());
    if (validation != null) {
      float[] logits = Evaluation.logits(network, validation, validation.classes(), context);
      int[] labels = validation.labels();
      curves.validated(
          Classification.of(logits, labels, validation.classes()).errors(),
          Calibration.of(logits, labels, validation.classes()).nll());
    }
  }
}
