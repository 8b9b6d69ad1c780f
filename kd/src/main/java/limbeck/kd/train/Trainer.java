package limbeck.kd.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import limbeck.engine.io.Json;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Experiment;
import limbeck.kd.Network;
import limbeck.kd.StoppedException;
import limbeck.kd.data.Dataset;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.Cohort;

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
  private final Map<String, Network> given = new HashMap<>();
  private final ArmNetworks networks;
  private final ArmTeachers teachers;
  private final ArmFits fits;
  private final DerivedArms derived;
  private final TaskGraph graph;
  private final long checkpointNanos;

  /** A trainer for an experiment, in its folder. */
  public Trainer(Experiment experiment, RunFolder folder, Listener listener) {
    this.experiment = experiment;
    this.arms = experiment.arms();
    this.folder = folder;
    this.listener = listener;
    this.networks = new ArmNetworks(experiment);
    this.teachers = new ArmTeachers(networks, folder, listener, results);
    this.fits = new ArmFits(networks, teachers, results);
    this.derived = new DerivedArms(networks, fits, results, listener);
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
        arm.needs().forEach(id -> after.add(name(id, seed)));
        if (arm.cohort() != null) {
          afterCohort(arm, seed, after);
        }
        tasks.add(new TaskGraph.Task(name(arm.id(), seed), after, () -> train(arm, seed)));
      }
    }
    return tasks;
  }

  /** The first of a cohort waits for all that teach it, the others wait for the first. */
  private void afterCohort(Arm arm, long seed, List<String> after) {
    List<Arm> members = members(arm.cohort());
    after.clear();
    if (arm.equals(members.get(0))) {
      members.forEach(m -> m.needs().forEach(id -> after.add(name(id, seed))));
    } else {
      after.add(name(members.get(0).id(), seed));
    }
  }

  /** What results are kept under. */
  static String name(String arm, long seed) {
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
      work += experiment.seeds().size() * networks.work(arm);
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

  private Object train(Arm arm, long seed) throws Exception {
    if (arm.cohort() != null) {
      if (arm.equals(members(arm.cohort()).get(0))) {
        trainTogether(arm, seed);
      }
      return null; // the first has trained the others
    }
    String identity = identity(arm, seed);
    Trained found = folder.find(arm, seed, identity, () -> networks.of(arm));
    if (arm.weights() != null) {
      done(given(arm, seed), found != null);
      return null;
    }
    done(found != null ? found : make(arm, seed, identity), found != null);
    return null;
  }

  private String identity(Arm arm, long seed) {
    String validation = experiment.validation() == null ? "none" : experiment.validation().digest();
    return ArmKey.of(arm, arms, experiment.train().digest(), validation, seed);
  }

  private void done(Trained t, boolean reused) throws IOException {
    boolean kept = t.arm().derivation() == null || t.arm().derivation().isKept();
    if (kept && (!reused || !Files.exists(folder.model(t.arm(), t.seed())))) {
      folder.keep(t, identity(t.arm(), t.seed()), experiment.train(), facts());
    }
    t.network().parameters().releaseGradients(); // it is kept to the end of the run
    Path file = folder.model(t.arm(), t.seed());
    long bytes = Files.exists(file) ? Files.size(file) : 0;
    results.put(name(t.arm().id(), t.seed()), t.written(bytes));
    folder.progress();
    listener.finished(t, reused, networks.work(t.arm()));
  }

  private Trained make(Arm arm, long seed, String identity) throws Exception {
    return arm.derivation() != null
        ? derived.make(arm, seed, new Crew(graph))
        : fit(arm, seed, identity);
  }

  /** One network for all seeds: nobody trains it, and it may be large. */
  private synchronized Trained given(Arm arm, long seed) throws IOException {
    Network network = given.get(arm.id());
    if (network == null) {
      network = networks.of(arm);
      arm.weights().loadInto(network);
      given.put(arm.id(), network);
    }
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
    Fit fit = fits.of(arm, seed, crew);
    train(fit, List.of(fit), identity, crew);
    return fit.trained();
  }

  /** Trains all networks of a cohort, unless all are there. */
  private void trainTogether(Arm first, long seed) throws Exception {
    List<Arm> members = members(first.cohort());
    List<Trained> found = new ArrayList<>();
    for (Arm arm : members) {
      Trained t = folder.find(arm, seed, identity(arm, seed), () -> networks.of(arm));
      if (t != null) {
        found.add(t);
      }
    }
    boolean reused = found.size() == members.size();
    List<Trained> trained = reused ? found : fitTogether(members, seed);
    for (Trained t : trained) {
      done(t, reused);
    }
  }

  private List<Arm> members(Cohort cohort) {
    return arms.stream().filter(a -> cohort.equals(a.cohort())).toList();
  }

  private List<Trained> fitTogether(List<Arm> members, long seed) throws Exception {
    Crew crew = new Crew(graph);
    List<Fit> together = new ArrayList<>();
    List<Peers> peers = new ArrayList<>();
    for (Arm arm : members) {
      Dataset data = experiment.shown(arm);
      Peers others = new Peers(arm.cohort(), data.outputs());
      TeacherSet taught = teachers.of(arm, seed, data, crew).with(Cohort.PEERS, others);
      together.add(fits.of(arm, seed, taught));
      peers.add(others);
    }
    CohortFit all =
        new CohortFit(members.get(0).cohort(), together, peers, () -> graph.running() == 1);
    train(all, together, identity(members.get(0), seed), crew);
    return together.stream().map(Fit::trained).toList();
  }

  /** Goes on from the checkpoint to the end. */
  private void train(Trainee all, List<Fit> parts, String identity, Crew crew) throws Exception {
    Arm arm = parts.get(0).arm();
    Path file = folder.checkpoint(arm, parts.get(0).seed());
    FitFile.resume(all, identity, file);
    double[] each = new double[parts.size()];
    for (int i = 0; i < each.length; i++) {
      Fit f = parts.get(i);
      each[i] = f.steps() == 0 ? 0 : networks.work(f.arm()) / f.steps();
      listener.started(f.arm(), f.seed(), f.step(), f.steps(), each[i] * f.step());
    }
    long last = System.nanoTime();
    Meter meter = new Meter(all, crew);
    while (!all.done()) {
      all.advance(crew.context());
      for (int i = 0; i < each.length; i++) {
        listener.advanced(parts.get(i), each[i]);
      }
      long now = System.nanoTime();
      boolean stopping = graph.stopping();
      if (stopping || now - last > checkpointNanos) {
        last = now;
        meter.take();
        FitFile.save(all, identity, file);
        folder.progress();
      }
      if (stopping) {
        throw new StoppedException();
      }
    }
    meter.take();
    parts.forEach(Trainer::requireFinite);
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
}
