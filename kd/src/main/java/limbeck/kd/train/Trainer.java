package limbeck.kd.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import limbeck.engine.io.Json;
import limbeck.engine.io.WeightHash;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.CachedTeacher;
import limbeck.kd.Experiment;
import limbeck.kd.LiveTeacher;
import limbeck.kd.StoppedException;
import limbeck.kd.TapShapes;
import limbeck.kd.Teacher;
import limbeck.kd.data.Dataset;
import limbeck.kd.recipe.Arm;
import limbeck.kd.vision.Network;

/**
 * Trains every arm of an experiment with every seed, several at once, resuming what a folder
 * already holds.
 */
public final class Trainer {
  /** The property that says after how many seconds of training each checkpoint is written. */
  public static final String CHECKPOINT_SECONDS = "limbeck.checkpoint.seconds";

  private static final double CHECKPOINT_SECONDS_USUAL = 15;

  private final Experiment experiment;
  private final List<Arm> arms;
  private final RunFolder folder;
  private final Listener listener;
  private final Map<String, Trained> results = new ConcurrentHashMap<>();
  private final Map<String, Long> multiplyAdds = new ConcurrentHashMap<>();
  private final TaskGraph graph;
  private final long checkpointNanos;

  /** A trainer for an experiment, in its folder. */
  public Trainer(Experiment experiment, RunFolder folder, Listener listener) {
    this.experiment = experiment;
    this.arms = experiment.arms();
    this.folder = folder;
    this.listener = listener;
    this.graph = new TaskGraph(tasks());
    this.checkpointNanos = checkpointNanos(System.getProperty(CHECKPOINT_SECONDS));
  }

  private static long checkpointNanos(String seconds) {
    double value;
    try {
      value = seconds == null ? CHECKPOINT_SECONDS_USUAL : Double.parseDouble(seconds);
    } catch (NumberFormatException e) {
      value = Double.NaN;
    }
    if (!(value >= 0 && value <= 1e6)) {
      throw new IllegalArgumentException(
          "property "
              + CHECKPOINT_SECONDS
              + " must be a number from 0 to 1000000, was \""
              + seconds
              + "\"");
    }
    return (long) (value * 1e9);
  }

  private List<TaskGraph.Task> tasks() {
    List<TaskGraph.Task> tasks = new ArrayList<>();
    for (Arm arm : arms) {
      for (long seed : experiment.seeds()) {
        List<String> after = new ArrayList<>();
        arm.teachers().forEach(id -> after.add(name(id, seed)));
        if (arm.correction() != null) {
          after.add(name(arm.correction().of(), seed));
        }
        tasks.add(new TaskGraph.Task(name(arm.id(), seed), after, () -> train(arm, seed)));
      }
    }
    return tasks;
  }

  private static String name(String arm, long seed) {
    return arm + "/" + seed;
  }

  /** Asks the run to save and stop: {@link #run} then ends with a {@link StoppedException}. */
  public void stop() {
    graph.stop();
  }

  /** Whether it was asked to stop. */
  public boolean stopping() {
    return graph.stopping();
  }

  /**
   * Runs to the end.
   *
   * @param threads trainings at once
   * @return finished networks, arm by arm, seed by seed
   * @throws StoppedException if it was asked to stop
   * @throws Exception whatever a training threw
   */
  public List<Trained> run(int threads) throws Exception {
    double work = 0;
    for (Arm arm : arms) {
      work += experiment.seeds().size() * work(arm);
    }
    listener.planned(work);
    graph.run(threads);
    List<Trained> all = new ArrayList<>();
    for (Arm arm : arms) {
      for (long seed : experiment.seeds()) {
        Trained t = results.get(name(arm.id(), seed));
        if (t == null) {
          throw new StoppedException();
        }
        all.add(t);
      }
    }
    return all;
  }

  /** Multiply-adds of an arm's whole training: forward and two backward products. */
  private double work(Arm arm) {
    return arm.isTrained()
        ? 3.0 * multiplyAdds(arm) * experiment.shown(arm).size() * arm.epochs()
        : 0;
  }

  private long multiplyAdds(Arm arm) {
    return multiplyAdds.computeIfAbsent(
        arm.id(),
        id -> {
          Network any = network(arm);
          any.init(0); // counting takes a pass
          return any.multiplyAdds();
        });
  }

  /** A network of an arm's kind, without dropout, not trained yet. */
  private Network network(Arm arm) {
    return arm.network().build(experiment.train(), null);
  }

  private Object train(Arm arm, long seed) throws Exception {
    String validation = experiment.validation() == null ? "none" : experiment.validation().digest();
    String identity = ArmKey.of(arm, arms, experiment.train().digest(), validation, seed);
    Trained found = folder.find(arm, seed, identity, () -> network(arm));
    Trained trained = found != null ? found : make(arm, seed, identity);
    if (found == null || !Files.exists(folder.model(arm, seed))) {
      folder.keep(trained, identity, experiment.train(), facts());
    }
    results.put(name(arm.id(), seed), trained);
    listener.finished(trained, found != null, work(arm));
    return null;
  }

  private Trained make(Arm arm, long seed, String identity) throws Exception {
    if (arm.weights() != null) {
      return given(arm, seed);
    }
    return arm.correction() != null ? correct(arm, seed) : fit(arm, seed, identity);
  }

  private Trained given(Arm arm, long seed) throws IOException {
    Network network = network(arm);
    arm.weights().loadInto(network);
    return new Trained(arm, seed, network, Trained.History.NONE);
  }

  private Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("limbeck.recipe", experiment.recipe().name());
    facts.put("limbeck.settings", Json.write(experiment.settings().values()));
    facts.put("limbeck.data", experiment.train().digest());
    return facts;
  }

  private Trained fit(Arm arm, long seed, String identity) throws Exception {
    Crew crew = new Crew(graph);
    Dataset data = experiment.shown(arm);
    Fit fit =
        new Fit(
            arm,
            seed,
            experiment.train(),
            data,
            experiment.validation(),
            teachers(arm, seed, data, crew));
    Path file = folder.checkpoint(arm, seed);
    FitFile.resume(fit, identity, file);
    double each = fit.steps() == 0 ? 0 : work(arm) / fit.steps();
    listener.started(arm, seed, fit.step(), fit.steps(), each * fit.step());
    long last = System.nanoTime();
    while (!fit.done()) {
      fit.advance(crew.context());
      listener.advanced(fit, each);
      long now = System.nanoTime();
      boolean stopping = graph.stopping();
      if (stopping || now - last > checkpointNanos) {
        fit.addSeconds((now - last) * 1e-9);
        last = now;
        FitFile.save(fit, identity, file);
      }
      if (stopping) {
        throw new StoppedException();
      }
    }
    fit.addSeconds((System.nanoTime() - last) * 1e-9);
    requireFinite(fit);
    return new Trained(
        arm,
        seed,
        fit.network(),
        new Trained.History(
            fit.curves().trainLoss(),
            fit.curves().validationErrors(),
            fit.curves().validationNll(),
            fit.seconds(),
            0));
  }

  /** The last step is followed by no loss that would show that it went too far. */
  static void requireFinite(Fit fit) {
    for (Map.Entry<String, Tensor> e : fit.network().state().entrySet()) {
      Tensor t = e.getValue();
      for (int i = 0; i < t.size(); i++) {
        if (!(Math.abs(t.get(i)) < Double.POSITIVE_INFINITY)) {
          throw new ArithmeticException(
              fit.arm().id()
                  + ", seed "
                  + fit.seed()
                  + ": "
                  + e.getKey()
                  + " is not finite after the last step; a smaller learning rate may help");
        }
      }
    }
  }

  private TeacherSet teachers(Arm arm, long seed, Dataset data, Crew crew) throws IOException {
    TeacherSet teachers = new TeacherSet();
    for (String id : arm.teachers()) {
      Trained t = results.get(name(id, seed));
      Network network = frozen(t);
      TapShapes shapes = TapShapes.of(id, network, data.example());
      teachers.with(id, teacher(arm, t, network, data, crew), shapes);
    }
    return teachers;
  }

  /**
   * A teacher of an arm: its logits, computed once, where they are all that is asked and the
   * student sees its inputs unchanged.
   */
  private Teacher teacher(Arm arm, Trained t, Network network, Dataset data, Crew crew)
      throws IOException {
    List<String> taps = arm.teacherTaps(t.arm().id());
    return arm.augmented() || !taps.isEmpty()
        ? new LiveTeacher(network, data.classes(), taps)
        : cached(t, t.seed(), data, crew.context());
  }

  /** A network of its own: the teacher's may be read by several students at once. */
  private Network frozen(Trained t) {
    Network network = network(t.arm());
    network.load(t.network().state());
    return network;
  }

  private CachedTeacher cached(Trained t, long seed, Dataset data, OpContext context)
      throws IOException {
    Path file = folder.teacherCache(t.arm(), seed, data);
    Network network = frozen(t);
    String hash = WeightHash.of(network.state());
    if (Files.exists(file)) {
      try {
        return CachedTeacher.load(file, data.digest(), hash);
      } catch (IOException e) {
        listener.note(e.getMessage() + "; computing the teacher's logits again");
      }
    }
    float[] logits = Evaluation.logits(network, data, data.classes(), context);
    CachedTeacher teacher =
        new CachedTeacher(Tensor.of(Shape.of(data.size(), data.classes()), logits));
    teacher.save(file, data.digest(), hash);
    return teacher;
  }

  private Trained correct(Arm arm, long seed) {
    Trained base = results.get(name(arm.correction().of(), seed));
    Network network = frozen(base);
    Dataset held = experiment.heldOut(arm);
    float[] logits = Evaluation.logits(network, held, held.classes(), new Crew(graph).context());
    double offset =
        BiasSearch.best(logits, held.labels(), held.classes(), arm.correction().classes());
    BiasSearch.apply(network, arm.correction().classes(), offset);
    listener.note(
        arm.id()
            + ", seed "
            + seed
            + ": offset "
            + offset
            + " on the biases of "
            + arm.correction().classes());
    Trained.History h = base.history();
    return new Trained(
        arm,
        seed,
        network,
        new Trained.History(h.trainLoss(), h.validationErrors(), h.validationNll(), 0, offset));
  }
}
