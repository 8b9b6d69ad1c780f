package limbeck.kd.recipe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import limbeck.kd.data.Expansion;
import limbeck.kd.data.Expansions;
import limbeck.kd.vision.Augmentations;

/**
 * One network of an experiment: what it is, how it is trained, who teaches it. For one seed it is a
 * pure function of this record and the data.
 *
 * @param id unique in the recipe
 * @param role {@code teacher}, {@code assistant}, {@code student} (the matched baseline) or {@code
 *     distilled}
 * @param label at most 14 letters, for plots and tables
 * @param name noun phrase for sentences
 * @param network its kind, and what happens to values that go in
 * @param weights those it has without training; null if it is trained
 * @param stages how it is trained, one stage after another; none if it has weights
 * @param transfer which training examples it sees
 * @param augment how they are changed from epoch to epoch, beside the shifts of a stage's jitter
 * @param cohort that it learns in; null if it learns by itself
 * @param start the weights that training begins with; null if they are drawn
 * @param derivation how it comes from other arms, without training; null if it does not
 * @param copy which one of several networks that are alike; null if there is one
 */
public record Arm(
    String id,
    String role,
    String label,
    String name,
    NetworkChoice network,
    GivenWeights weights,
    List<Stage> stages,
    Transfer transfer,
    Augmentations augment,
    Cohort cohort,
    Start start,
    Derivation derivation,
    Copy copy) {

  /**
   * Which training examples an arm sees.
   *
   * @param classes those of these classes; empty: all
   * @param heldOut how many examples at the end of the training set are not shown
   * @param expand what is made of them beside, by an {@link Expansion}'s name; empty: nothing
   */
  public record Transfer(List<Integer> classes, int heldOut, String expand) {
    /** All training examples. */
    public static final Transfer ALL = new Transfer(List.of(), 0);

    /** Examples as they are. */
    public Transfer(List<Integer> classes, int heldOut) {
      this(classes, heldOut, "");
    }

    /** What the examples are a function of, beside the training set. */
    String identity() {
      String made = expand.isEmpty() ? "" : ", expand=" + Expansions.of(expand).identity();
      return "Transfer[classes=" + classes + ", heldOut=" + heldOut + made + "]";
    }
  }

  /**
   * Copies the list.
   *
   * @throws RecipeException if there are neither stages nor weights nor other arms that it comes
   *     from, or two of them, or a stage cannot go on with the optimizer of the one before, or
   *     examples are mixed and a method needs them of one class each
   */
  public Arm {
    stages = List.copyOf(stages);
    boolean elsewhere = weights != null || derivation != null && !derivation.repeatsStages();
    if (stages.isEmpty() != elsewhere) {
      throw new RecipeException(
          id + ": either stages of training or weights from a file expected, not both or neither");
    }
    Stage.requireChain(stages);
    if (augment.mixup() != null) {
      requireMixable(stages);
    }
  }

  private static void requireMixable(List<Stage> stages) {
    for (Stage s : stages) {
      for (Term t : s.terms()) {
        if (!t.objective().takesMixedLabels()) {
          throw new RecipeException(
              "augment = mixup: "
                  + t.objective().name()
                  + " needs examples of one class each, and these are mixed of two");
        }
      }
    }
  }

  /** An arm that is trained on labels alone. */
  public static Arm alone(
      String id, String role, String label, String name, String network, Training training) {
    return new ArmBuilder(NetworkChoice.of(network))
        .named(id, label, name)
        .role(role)
        .stages(List.of(Stage.alone(training)))
        .arm();
  }

  /** An arm that is made of others, without stages. */
  static Arm derived(
      String id, String role, String label, String name, NetworkChoice network, Derivation how) {
    return new ArmBuilder(network).named(id, label, name).role(role).derivation(how).arm();
  }

  /** This network, taught: trained in the same way for soft and hard terms. */
  public Arm taught(
      String newId, String newLabel, String newName, String teacher, Distillation how) {
    Stage stage = new Stage("", training(), how.terms(teacher), Stage.Keep.LAST);
    return trained(newId, "distilled", newLabel, newName, List.of(stage));
  }

  /** This network, trained otherwise. */
  public Arm trained(
      String newId, String newRole, String newLabel, String newName, List<Stage> newStages) {
    return new ArmBuilder(this)
        .named(newId, newLabel, newName)
        .role(newRole)
        .stages(newStages)
        .byItself()
        .start(null)
        .arm();
  }

  /** This arm on part of the training set. */
  public Arm on(Transfer part) {
    return new ArmBuilder(this).transfer(part).arm();
  }

  /** This arm with corrected biases. */
  public Arm corrected(String newId, String newLabel, String newName, List<Integer> classes) {
    return new ArmBuilder(this)
        .named(newId, newLabel, newName)
        .byItself()
        .derivation(new BiasCorrection(id, classes))
        .arm();
  }

  /** The first so many copies of this arm, whose labels and names are its own with their number. */
  public List<Arm> copies(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(n -> numbered(n).copy(new Copy(id, n)).arm())
        .toList();
  }

  /**
   * All specialists of the network that this arm starts from, like this one, which is one of them;
   * ids, labels and names are its own with their number.
   */
  public List<Arm> specialists() {
    Start.Specialist s = start.specialist();
    return IntStream.rangeClosed(1, s.count())
        .mapToObj(n -> new Start.Specialist(n, s.count(), s.classes()))
        .map(one -> numbered(one.number()).start(new Start(start.of(), one)).arm())
        .toList();
  }

  private ArmBuilder numbered(int n) {
    return new ArmBuilder(this).named(id + "-" + n, label + " " + n, name + " " + n);
  }

  /** Whether there is anything to train, neither given nor derived from other arms. */
  public boolean isTrained() {
    return weights == null && derivation == null;
  }

  /**
   * The first stage's training.
   *
   * @throws IllegalStateException if it has none
   */
  public Training training() {
    if (stages.isEmpty()) {
      throw new IllegalStateException(id + ": has its weights from elsewhere, no training");
    }
    return stages.get(0).training();
  }

  /** Epochs of all stages. */
  public int epochs() {
    return stages.stream().mapToInt(s -> s.training().epochs()).sum();
  }

  /** Ids of the arms that teach this one, in the order of stages and terms. */
  public List<String> teachers() {
    return stages.stream()
        .flatMap(s -> s.teachers().stream())
        .filter(t -> !PastSelf.is(t) && !t.equals(Cohort.PEERS))
        .distinct()
        .toList();
  }

  /**
   * Ids of the arms that must be finished before this one: its teachers, what it is made of, and
   * where it starts.
   */
  public List<String> needs() {
    Stream<String> made = derivation == null ? Stream.of() : derivation.of().stream();
    Stream<String> begun = start == null ? Stream.of() : Stream.of(start.of());
    return Stream.of(teachers().stream(), made, begun).flatMap(x -> x).distinct().toList();
  }

  /** Whether a training example looks different from epoch to epoch. */
  public boolean augmented() {
    return !augment.isNone()
        || stages.stream().anyMatch(s -> s.training().regularisation().jitter() > 0);
  }

  /**
   * The arm that reports compare this one with as its teacher: of several the last, which in a
   * chain is the nearest; null if nobody teaches it.
   */
  public String taughtBy() {
    List<String> teachers = teachers();
    return teachers.isEmpty() ? null : teachers.get(teachers.size() - 1);
  }

  /** The temperature of its first term that has one; NaN if none has. */
  public double temperature() {
    return stages.stream()
        .flatMap(s -> s.terms().stream())
        .map(t -> Hyperparameters.of(t.objective()).get("temperature"))
        .filter(t -> t instanceof Double)
        .mapToDouble(t -> (Double) t)
        .findFirst()
        .orElse(Double.NaN);
  }

  /**
   * Everything that determines the trained network, besides data and seed: equal maps, equal bits.
   */
  public Map<String, Object> identity() {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("network", network.identity());
    m.put("weights", weights == null ? "none" : weights.hash());
    m.put("stages", stages.toString());
    m.put("transfer", transfer.identity());
    m.put("augment", augment.toString());
    m.put("cohort", cohort == null ? "none" : cohort + " as " + id);
    if (start != null) {
      String weights = start.layers().isEmpty() ? "weights" : "layers " + start.layers();
      m.put("start", start.specialist() == null ? weights : start.specialist().toString());
    }
    m.put("correction", derivation == null ? "none" : derivation.identity());
    if (copy != null) {
      m.put("copy", copy.number() + " of a " + role);
    }
    return m;
  }
}
