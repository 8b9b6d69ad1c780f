package limbeck.kd.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import limbeck.autograd.module.Linear;
import limbeck.autograd.optim.MaxNorm;
import limbeck.engine.io.Checkpoints;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Batch;
import limbeck.kd.Network;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;
import limbeck.kd.Progress;
import limbeck.kd.TapShapes;
import limbeck.kd.data.Dataset;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.PastSelf;
import limbeck.kd.recipe.Stage;
import limbeck.kd.recipe.Term;

/**
 * Training of one arm with one seed, step by step, stage by stage. Every step is a function of the
 * arm, the data, the seed and the step's number, so a run that is stopped and resumed has the bits
 * of one that was not, whatever kernels and threads took which step.
 */
public final class Fit implements Trainee {
  private static final String MODEL = "model.";
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private final Arm arm;
  private final long seed;
  private final long drawn;
  private final long order;
  private final FitStart start;
  private final Network network;
  private final TeacherSet teachers;
  private final FitStages stages;
  private final Ahead<Batch> batches;
  private final Dataset train;
  private final Dataset data;
  private final Dataset validation;
  private final Curves curves;
  private final BestEpoch best = new BestEpoch();
  private final OwnPasts pasts;
  private StageTraining current;
  private Batch batch;
  private long step;
  private Spent spent = Spent.NOTHING;

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
    this(arm, seed, train, data, validation, teachers, FitStart.DRAWN);
  }

  Fit(
      Arm arm,
      long seed,
      Dataset train,
      Dataset data,
      Dataset validation,
      TeacherSet teachers,
      FitStart start) {
    this.arm = arm;
    this.seed = seed;
    this.train = train;
    this.data = data;
    this.start = start;
    requireExamples();
    this.network = newNetwork();
    this.drawn = ArmStream.weights(arm, seed);
    this.order = ArmStream.order(arm, seed);
    this.network.begin(drawn);
    start.begin(network);
    this.teachers = teachers;
    this.pasts = new OwnPasts(network, this::past, teachers);
    this.validation = validation;
    this.curves = new Curves(validation != null);
    this.stages = new FitStages(arm, data, start.order(data, order), order);
    this.batches = new Ahead<>(stages::batch, stages.steps(), PROCESSORS);
    if (!stages.isEmpty()) {
      begin(stages.get(0));
    }
  }

  private Network newNetwork() {
    return start.network(arm).build(train, arm.training());
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
      pasts.remember(PastSelf.PREVIOUS_STAGE, part.stage());
    }
    StageTraining before = current;
    current = training(part.stage());
    if (before != null && !part.stage().freshOptimizer()) {
      current.goOn(before);
    }
  }

  private StageTraining training(Stage stage) {
    List<Objective> objectives = new ArrayList<>();
    for (Term t : stage.terms()) {
      objectives.add(fitted(t));
    }
    return new StageTraining(stage, network, objectives, teachers, order);
  }

  private Objective fitted(Term term) {
    TapShapes own = TapShapes.of(arm.id(), network);
    String teacher = term.teacher();
    boolean itself = teacher != null && PastSelf.is(teacher);
    return term.objective().fitted(own, itself ? own : teachers.shapes(teacher));
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

  @Override
  public long step() {
    return step;
  }

  @Override
  public Spent spent() {
    return spent;
  }

  @Override
  public void add(Spent more) {
    spent = spent.plus(more);
  }

  @Override
  public double cpuSecondsAside() {
    return batches.cpuSeconds();
  }

  @Override
  public long asked() {
    return teachers.asked();
  }

  @Override
  public long steps() {
    return stages.steps();
  }

  @Override
  public void advance(OpContext context) {
    prepare();
    finish(descend(context, null), context);
  }

  /** Chooses the step's batch and random numbers. */
  void prepare() {
    FitStages.Part part = part();
    int epoch = part.epoch(step);
    Progress progress = new Progress(order, epoch, part.stage().training().epochs(), step);
    batch = batches.get(step).at(progress);
    network.train(drawn, step);
    current.train(drawn, step);
  }

  private FitStages.Part part() {
    return stages.get(stages.of(step));
  }

  /**
   * Learns from the prepared batch.
   *
   * @param said as {@link StageTraining#descend}
   * @return the loss before
   */
  double descend(OpContext context, Consumer<Outputs> said) {
    FitStages.Part part = part();
    return current.descend(batch, (double) (step - part.firstStep()) / part.steps(), context, said);
  }

  /**
   * Ends the step.
   *
   * @throws ArithmeticException if the loss is no longer a number, saying where
   */
  void finish(double loss, OpContext context) {
    FitStages.Part part = part();
    if (!(Math.abs(loss) < Double.POSITIVE_INFINITY)) {
      throw new ArithmeticException(diverged(loss, part.firstEpoch() + part.epoch(step)));
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
    double max = stage.training().regularisation().maxNorm();
    if (max > 0) {
      for (Linear layer : network.hiddenLayers()) { // logits may grow
        MaxNorm.apply(context.workers(), layer.weight(), max);
      }
    }
  }

  private void endEpoch(FitStages.Part part, OpContext context) {
    curves.endEpoch(part.batches().perEpoch());
    if (validation != null) {
      float[] outputs = Evaluation.logits(network, validation, validation.outputs(), context);
      Judged judged = Judged.of(outputs, validation);
      curves.validated(judged);
      if (part.stage().keep() == Stage.Keep.BEST) {
        best.offer(judged.cost(), network);
      }
    }
    pasts.remember(PastSelf.PREVIOUS_EPOCH, part.stage());
  }

  private void endStage(FitStages.Part part) {
    if (part.stage().keep() == Stage.Keep.BEST) {
      best.restoreTo(network);
    }
    if (!done()) {
      begin(stages.get(stages.of(step)));
    }
  }

  /** What training has left, with how it went. */
  Trained trained() {
    return new Trained(
        arm,
        seed,
        start.finished(network),
        new Trained.History(
            curves.trainLoss(), curves.validation(), curves.validationLoss(), spent, 0, null));
  }

  /** A copy of the network, for what it was at some moment. */
  OwnPast past() {
    return new OwnPast(newNetwork(), network, data.outputs());
  }

  @Override
  public Map<String, Tensor> checkpoint() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    network.state().forEach((name, t) -> state.put(MODEL + name, t));
    if (current != null) {
      state.putAll(current.state());
    }
    state.putAll(curves.state());
    state.putAll(best.state());
    state.putAll(pasts.state());
    return state;
  }

  @Override
  public void resume(long resumed, Spent before, Map<String, Tensor> state) {
    for (String name : curves.state().keySet()) {
      if (!state.containsKey(name)) {
        throw new ShapeException("tensor \"" + name + "\" is missing");
      }
    }
    network.load(Checkpoints.part(MODEL, state));
    step = resumed;
    spent = spent.plus(before);
    curves.restore(state);
    if (stages.isEmpty()) {
      return;
    }
    FitStages.Part part = stages.get(stages.of(step));
    pasts.restore(state);
    current = training(part.stage());
    current.restore(step - part.firstStep(), step - part.optimizerStep(), state);
    best.restore(state);
  }
}
