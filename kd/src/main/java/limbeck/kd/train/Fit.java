package limbeck.kd.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.autograd.Streams;
import limbeck.autograd.module.Linear;
import limbeck.autograd.optim.MaxNorm;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Batch;
import limbeck.kd.Objective;
import limbeck.kd.Progress;
import limbeck.kd.TapShapes;
import limbeck.kd.data.Dataset;
import limbeck.kd.metric.Calibration;
import limbeck.kd.metric.Classification;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.PastSelf;
import limbeck.kd.recipe.Stage;
import limbeck.kd.recipe.Term;
import limbeck.kd.vision.Network;

/**
 * Training of one arm with one seed, step by step, stage by stage. Every step is a function of the
 * arm, the data, the seed and the step's number, so a run that is stopped and resumed has the bits
 * of one that was not, whatever kernels and threads took which step.
 */
public final class Fit {
  private static final String PAST = "past.";

  private final Arm arm;
  private final long seed;
  private final Network network;
  private final TeacherSet teachers;
  private final FitStages stages;
  private final Dataset train;
  private final Dataset data;
  private final Dataset validation;
  private final Curves curves;
  private final BestEpoch best = new BestEpoch();
  private final Map<String, OwnPast> past = new LinkedHashMap<>();
  private StageTraining current;
  private long step;
  private double seconds;

  /**
   * A training at its start.
   *
   * @param train the experiment's training set, whose colours inputs may be standardised by
   * @param data what this arm may see of it
   * @param validation measured after every epoch, never trained on; null if there is none
   * @param teachers those that the arm's terms name
   * @throws IllegalArgumentException if network and data do not fit, or there are no examples
   */
  public Fit(
      Arm arm, long seed, Dataset train, Dataset data, Dataset validation, TeacherSet teachers) {
    this.arm = arm;
    this.seed = seed;
    this.train = train;
    this.data = data;
    requireExamples();
    this.network = newNetwork();
    this.network.init(initialSeed(arm, seed));
    this.teachers = teachers;
    this.validation = validation;
    this.curves = new Curves(validation != null);
    this.stages = new FitStages(arm, data, seed);
    if (!stages.isEmpty()) {
      begin(stages.get(0));
    }
  }

  private Network newNetwork() {
    return arm.network().build(train, arm.training());
  }

  /**
   * Students of one seed start from the same weights, so that they differ in what they learn from
   * alone. A teacher starts elsewhere: a layer's first rows depend on seed and path, not on its
   * width, and a teacher must not share them with its student.
   */
  private static long initialSeed(Arm arm, long seed) {
    return switch (arm.role()) {
      case "student", "distilled" -> seed;
      case "teacher" -> seed ^ Streams.of("teacher");
      default -> seed ^ Streams.of(arm.id());
    };
  }

  private void requireExamples() {
    if (data.size() == 0) {
      throw new IllegalArgumentException(
          arm.id() + ": no training example is left after the selection of classes");
    }
  }

  private void begin(FitStages.Part part) {
    best.clear();
    if (part.firstStep() > 0) {
      remember(PastSelf.PREVIOUS_STAGE, part.stage());
    }
    current = training(part.stage());
  }

  private StageTraining training(Stage stage) {
    List<Objective> objectives = new ArrayList<>();
    for (Term t : stage.terms()) {
      objectives.add(fitted(t));
    }
    return new StageTraining(stage, network, objectives, teachers, seed);
  }

  private Objective fitted(Term term) {
    TapShapes own = TapShapes.of(arm.id(), network, data.example());
    String teacher = term.teacher();
    boolean itself = teacher != null && PastSelf.is(teacher);
    return term.objective().fitted(own, itself ? own : teachers.shapes(teacher));
  }

  /** Takes the network's weights for a teacher of this name, if the stage asks one. */
  private void remember(String name, Stage stage) {
    if (stage.teachers().contains(name)) {
      past.computeIfAbsent(name, x -> new OwnPast(newNetwork(), network, data.classes()))
          .remember(network);
      teachers.put(name, past.get(name));
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
  public Network network() {
    return network;
  }

  /** What was measured along the way. */
  public Curves curves() {
    return curves;
  }

  /** Steps done. */
  public long step() {
    return step;
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
    return stages.steps();
  }

  /** Whether all steps are done. */
  public boolean done() {
    return step >= steps();
  }

  /**
   * Takes one step.
   *
   * @throws ArithmeticException if the loss is no longer a number, saying where
   */
  public void advance(OpContext context) {
    FitStages.Part part = stages.get(stages.of(step));
    int epoch = part.epoch(step);
    Progress progress = new Progress(seed, epoch, part.stage().training().epochs(), step);
    Batch batch = part.batches().get(part.firstEpoch() + epoch, part.number(step)).at(progress);
    network.train(seed, step);
    current.train(seed, step);
    double share = (double) (step - part.firstStep()) / part.steps();
    double loss = current.descend(batch, share, context);
    if (!(Math.abs(loss) < Double.POSITIVE_INFINITY)) {
      throw new ArithmeticException(diverged(loss, part.firstEpoch() + epoch));
    }
    constrain(part.stage(), context);
    curves.addLoss(loss);
    step++;
    if (part.number(step) == 0) {
      endEpoch(part, context);
    }
    if (step == part.end()) {
      endStage(part);
    }
  }

  private String diverged(double loss, int epoch) {
    return arm.id()
        + ", seed "
        + seed
        + ": the loss is "
        + loss
        + " at step "
        + step
        + " (epoch "
        + (epoch + 1)
        + ")"
        + current.firstNotFinite()
        + "; a smaller learning rate may help";
  }

  private void constrain(Stage stage, OpContext context) {
    double max = stage.training().maxNorm();
    if (max > 0) {
      for (Linear layer : network.hiddenLayers()) { // logits may grow
        MaxNorm.apply(context.workers(), layer.weight(), max);
      }
    }
  }

  private void endEpoch(FitStages.Part part, OpContext context) {
    curves.endEpoch(part.batches().perEpoch());
    if (validation != null) {
      float[] logits = Evaluation.logits(network, validation, validation.classes(), context);
      int[] labels = validation.labels();
      long errors = Classification.of(logits, labels, validation.classes()).errors();
      curves.validated(errors, Calibration.of(logits, labels, validation.classes()).nll());
      if (part.stage().keep() == Stage.Keep.BEST) {
        best.offer(errors, network);
      }
    }
    remember(PastSelf.PREVIOUS_EPOCH, part.stage());
  }

  private void endStage(FitStages.Part part) {
    if (part.stage().keep() == Stage.Keep.BEST) {
      best.restoreTo(network);
    }
    if (!done()) {
      begin(stages.get(stages.of(step)));
    }
  }

  /** All that a checkpoint must hold beside the network's own state. */
  Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    if (current != null) {
      state.putAll(current.state());
    }
    state.putAll(curves.state());
    state.putAll(best.state());
    past.forEach((name, network) -> state.putAll(network.state(PAST + name + ".")));
    return state;
  }

  /**
   * Continues from a checkpoint: the network's weights come first, then this.
   *
   * @throws limbeck.engine.tensor.ShapeException if a tensor is missing or does not fit
   */
  void restore(long resumed, double secondsBefore, Map<String, Tensor> state) {
    step = resumed;
    seconds += secondsBefore;
    curves.restore(state);
    if (stages.isEmpty()) {
      return;
    }
    FitStages.Part part = stages.get(stages.of(step));
    for (String name : PastSelf.words()) {
      Map<String, Tensor> weights = StageTraining.named(PAST + name + ".", state);
      if (!weights.isEmpty()) {
        OwnPast then = new OwnPast(newNetwork(), network, data.classes());
        then.restore(weights);
        past.put(name, then);
        teachers.put(name, then);
      }
    }
    current = training(part.stage());
    current.restore(step - part.firstStep(), state);
    best.restore(state);
  }
}
