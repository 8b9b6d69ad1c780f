package limbeck.kd.measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.kd.Experiment;
import limbeck.kd.metric.Classification;
import limbeck.kd.metric.Measure;
import limbeck.kd.metric.Regression;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.Chosen;
import limbeck.kd.recipe.Part;
import limbeck.kd.recipe.Recipe.Comparison;
import limbeck.kd.recipe.Sweep;
import limbeck.kd.train.Choice;
import limbeck.kd.train.Trained;

/**
 * All networks of an experiment and what they say about the evaluation set.
 *
 * @param experiment what was run
 * @param measured every arm with every seed
 */
public record Results(Experiment experiment, List<Measured> measured) {
  private static final double USUAL_TEMPERATURE = 4;

  /** Copies the list. */
  public Results {
    measured = List.copyOf(measured);
  }

  /** The arms that reports show: of copies that no comparison names, the first. */
  public List<Arm> shown() {
    List<Comparison> all = experiment.recipe().comparisons(experiment.settings());
    return arms().stream()
        .filter(
            a ->
                a.copy() == null
                    || a.copy().number() == 1
                    || all.stream()
                        .anyMatch(c -> c.arm().equals(a.id()) || c.baseline().equals(a.id())))
        .toList();
  }

  /** The arm that a network is of: if it was chosen among others, that which it was chosen from. */
  public Arm origin(Trained network) {
    Choice choice = network.history().choice();
    return choice == null ? network.arm() : origin(of(choice.arm(), network.seed()).trained());
  }

  /**
   * The arm that an arm stands for: of a part the whole; of one chosen among others, that which was
   * chosen with most seeds, of equal ones the first; else itself.
   */
  public Arm origin(Arm arm) {
    if (arm.derivation() instanceof Part part) {
      return origin(arm(part.arm()));
    }
    if (!(arm.derivation() instanceof Chosen)) {
      return arm;
    }
    String often = null;
    for (String id : arm.derivation().of()) {
      often =
          often == null || seedsWith(arm, id).size() > seedsWith(arm, often).size() ? id : often;
    }
    return origin(arm(often));
  }

  /** The seeds with which an arm was chosen to be a candidate. */
  public List<Long> seedsWith(Arm chosen, String candidate) {
    return of(chosen).stream()
        .map(Measured::trained)
        .filter(t -> t.history().choice() != null && t.history().choice().arm().equals(candidate))
        .map(Trained::seed)
        .toList();
  }

  /** Labels of the evaluation set. */
  public int[] labels() {
    return experiment.evaluation().labels();
  }

  /** The number of classes. */
  public int classes() {
    return experiment.evaluation().classes();
  }

  /** The networks of an arm, seed by seed. */
  public List<Measured> of(Arm arm) {
    return measured.stream().filter(m -> m.trained().arm().id().equals(arm.id())).toList();
  }

  /**
   * The network of an arm and seed.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Measured of(String arm, long seed) {
    return Measured.of(arm, seed, measured);
  }

  /** What a network gets right and wrong. */
  public Classification classification(Measured m) {
    return Classification.of(m.logits(), labels(), classes());
  }

  /** An arm's networks together; their counts are summed over seeds. */
  public Classification classification(Arm arm) {
    return of(arm).stream()
        .map(this::classification)
        .reduce(Classification::plus)
        .orElseThrow(() -> new IllegalArgumentException("no network of arm " + arm.id()));
  }

  /** How near a network's outputs are to scores. */
  public Regression regression(Measured m) {
    return Regression.of(m.logits(), experiment.evaluation().scores());
  }

  /** What networks are judged by. */
  public Measure measure() {
    return experiment.measure();
  }

  /** That measure of an arm, seed by seed. */
  public double[] values(String arm) {
    return experiment.seeds().stream().mapToDouble(seed -> value(of(arm, seed))).toArray();
  }

  private double value(Measured m) {
    return switch (measure()) {
      case ERRORS -> classification(m).errors();
      case PEARSON -> regression(m).pearson().value();
    };
  }

  /** The comparison that is the experiment's verdict. */
  public Comparison headline() {
    return experiment.recipe().comparisons(experiment.settings()).get(0);
  }

  /**
   * Teachers, then the assistants that learn from them, then all others, each as the recipe has.
   */
  public List<Arm> arms() {
    List<Arm> arms = new ArrayList<>(declared());
    arms.sort(Comparator.comparingInt(this::place)); // stable
    return arms;
  }

  private int place(Arm arm) {
    if (arm.role().equals("teacher")) {
      return 0;
    }
    return arm.role().equals("assistant") && root(arm).role().equals("teacher") ? 1 : 2;
  }

  /**
   * The arm that teaches the verdict's arm, of a chain the nearest; where nobody does, the recipe's
   * first teacher; null if there is none.
   */
  public Arm teacher() {
    String id = origin(headlineArm()).taughtBy();
    return id == null ? first("teacher") : arm(id);
  }

  /**
   * The arm at the beginning of the chain that leads to the verdict's arm: agreement and divergence
   * of all arms are with this one, so that they can be compared. Null if there is no teacher.
   */
  public Arm rootTeacher() {
    Arm teacher = teacher();
    return teacher == null ? null : root(teacher);
  }

  private Arm root(Arm arm) {
    String taughtBy = origin(arm).taughtBy();
    return taughtBy == null ? arm : root(arm(taughtBy));
  }

  /** The arm that the verdict is about. */
  public Arm headlineArm() {
    return arm(headline().arm());
  }

  /**
   * The temperature at which soft targets are looked at: that of the headline's arm; for methods
   * without one, {@value #USUAL_TEMPERATURE}.
   */
  public double shownTemperature() {
    double t = origin(headlineArm()).temperature();
    return Double.isNaN(t) ? USUAL_TEMPERATURE : t;
  }

  /**
   * The arms that the verdict is about, by role: {@code teacher}, at the beginning of the chain;
   * {@code assistant}, who taught the student, where that is another one; {@code student} and
   * {@code distilled}. In that order; empty unless there are teacher and both students, and
   * classes: it is their distributions over them that are looked at.
   */
  public Map<String, Arm> roles() {
    Arm distilled = arm(headline().arm());
    Arm baseline = arm(headline().baseline());
    Arm student = baseline.role().equals("student") ? baseline : first("student");
    Arm teacher = rootTeacher();
    Map<String, Arm> roles = new LinkedHashMap<>();
    if (classes() > 0
        && teacher != null
        && student != null
        && distilled.role().equals("distilled")) {
      roles.put("teacher", teacher);
      if (!teacher.equals(teacher())) {
        roles.put("assistant", teacher());
      }
      roles.put("student", student);
      roles.put("distilled", distilled);
    }
    return roles;
  }

  /** The role, among {@link #roles}, of the arm whose soft targets the student is taught. */
  static String targetRole(Map<String, ?> roles) {
    return roles.containsKey("assistant") ? "assistant" : "teacher";
  }

  /** Logits of {@link #roles} with the first seed. */
  Map<String, float[]> firstLogits() {
    Map<String, float[]> logits = new LinkedHashMap<>();
    long seed = experiment.seeds().get(0);
    roles().forEach((role, arm) -> logits.put(role, of(arm.id(), seed).logits()));
    return logits;
  }

  /**
   * The arm with an id.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Arm arm(String id) {
    return declared().stream()
        .filter(a -> a.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("recipe: no arm \"" + id + "\""));
  }

  /** The first student alone that stands for itself in reports; null if there is none. */
  public Arm student() {
    return first("student");
  }

  private Arm first(String role) {
    List<Sweep> sweeps = experiment.recipe().sweeps(experiment.settings());
    return declared().stream()
        .filter(a -> a.role().equals(role))
        .filter(a -> sweeps.stream().noneMatch(s -> s.aside().contains(a.id())))
        .findFirst()
        .orElse(null);
  }

  /** As they were when the experiment was checked. */
  private List<Arm> declared() {
    return experiment.recipe().arms(experiment.settings());
  }
}
