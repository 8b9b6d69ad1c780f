package limbeck.kd.recipe.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.kd.Nearest;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.Cohort;
import limbeck.kd.recipe.GivenWeights;
import limbeck.kd.recipe.NetworkChoice;
import limbeck.kd.recipe.RecipeException;
import limbeck.kd.recipe.Stage;
import limbeck.kd.recipe.Start;
import limbeck.kd.recipe.Training;
import limbeck.kd.vision.Augmentations;

/** The networks of a recipe, tables {@code [networks.ID]}, each possibly like one before it. */
final class NetworkReader {
  private static final List<String> ROLES = List.of("teacher", "assistant", "student", "distilled");
  private static final String COPIES = "copies";
  private static final int LABEL = 14;
  private static final int MOST_COPIES = 999;

  private final Training standard;
  private final Path folder;
  private final Map<String, Cohort> cohorts;
  private final Map<String, Arm> arms = new LinkedHashMap<>();
  private final List<Arm> all = new ArrayList<>();
  private final DerivationReader derived = new DerivationReader();
  private final Map<String, Training> trainings = new LinkedHashMap<>();

  /**
   * A reader of networks.
   *
   * @param standard how networks are trained that do not say otherwise
   * @param folder that files of weights are relative to
   * @param cohorts by the names of their networks
   */
  NetworkReader(Training standard, Path folder, Map<String, Cohort> cohorts) {
    this.standard = standard;
    this.folder = folder;
    this.cohorts = cohorts;
  }

  /** All networks, in the order of the text. */
  List<Arm> read(Fields networks) {
    if (networks.keys().isEmpty()) {
      throw networks.wrong("at least one network expected, such as [networks.student]");
    }
    for (String id : networks.keys()) {
      if (!id.matches("[A-Za-z0-9][A-Za-z0-9_.+-]{0,39}")) {
        throw networks.wrong(id, "names of networks are letters, digits, - + _ and dots");
      }
      Fields f = networks.table(id);
      add(f, id);
      f.done();
    }
    return all;
  }

  private void add(Fields f, String id) {
    Arm arm = arm(f, id);
    List<Arm> several = several(f, arm);
    arms.put(id, arm);
    derived.above(id, several);
    for (Arm a : several) {
      if (all.stream().anyMatch(other -> other.id().equals(a.id()))) {
        throw f.wrong("there is a network " + a.id() + " already");
      }
      all.add(a);
    }
  }

  /** The copies of a network, or all specialists; itself if nothing is said of either. */
  private List<Arm> several(Fields f, Arm arm) {
    if (StartReader.several(f) && f.has(COPIES)) {
      throw f.wrong(COPIES, "specialists are several already");
    }
    List<Arm> several = StartReader.several(f) ? arm.specialists() : copies(f, arm);
    if (several.get(several.size() - 1).label().length() > LABEL) {
      throw f.wrong("label", "at most " + LABEL + " letters expected, the number behind included");
    }
    return several;
  }

  private static List<Arm> copies(Fields f, Arm arm) {
    if (!f.has(COPIES)) {
      return List.of(arm);
    }
    if (!arm.isTrained() || arm.cohort() != null) {
      throw f.wrong(COPIES, "only a network that is trained, by itself, can have copies");
    }
    return arm.copies(f.whole(COPIES, null, 1, MOST_COPIES));
  }

  private Arm arm(Fields f, String id) {
    String role = role(f, id);
    String label = label(f, id);
    String name = f.text("name", role.equals(id) ? "the " + id : "the network " + id);
    if (DerivationReader.derives(f)) {
      requireNoCohort(f, id);
      return derived.read(f, id, role, label, name);
    }
    Arm like = like(f);
    Training training = TrainingReader.read(f, like == null ? standard : trainings.get(like.id()));
    trainings.put(id, training);
    GivenWeights weights = weights(f);
    List<Stage> stages = weights != null ? List.of() : StageReader.read(f, training);
    Start start = StartReader.read(f, all);
    NetworkChoice network = network(f, like == null ? StartReader.from(start, all) : like);
    Arm.Transfer transfer = transfer(f, like);
    Augmentations augment = augment(f, like);
    Cohort cohort = cohorts.get(id);
    Arm arm;
    try {
      arm =
          new Arm(
              id, role, label, name, network, weights, stages, transfer, augment, cohort, start,
              null, null);
    } catch (RecipeException e) {
      throw f.wrong(e.getMessage());
    }
    return StartReader.checked(f, arm, all);
  }

  private Arm like(Fields f) {
    String id = f.textOrNull("like");
    if (id != null && !arms.containsKey(id)) {
      throw f.wrong(
          "like", "no network \"" + id + "\" above this one" + Nearest.hint(id, arms.keySet()));
    }
    if (id != null && !trainings.containsKey(id)) {
      throw f.wrong("like", "\"" + id + "\" is made of others and has no training of its own");
    }
    return id == null ? null : arms.get(id);
  }

  private void requireNoCohort(Fields f, String id) {
    if (cohorts.containsKey(id)) {
      throw f.wrong("is made of others, which is nothing to learn in a cohort");
    }
  }

  private static String role(Fields f, String id) {
    String usual = ROLES.stream().filter(id::startsWith).findFirst().orElse(null);
    return f.word("role", usual, ROLES);
  }

  private static String label(Fields f, String id) {
    String label = f.text("label", id.length() <= LABEL ? id : id.substring(0, LABEL));
    if (label.length() > LABEL) {
      throw f.wrong("label", "at most " + LABEL + " letters expected");
    }
    return label;
  }

  private NetworkChoice network(Fields f, Arm like) {
    String kind = f.text("network", like == null ? null : like.network().architecture().name());
    String inputs = f.text("inputs", like == null ? "plain" : like.network().inputs());
    try {
      return NetworkChoice.of(kind, inputs);
    } catch (RecipeException e) {
      throw f.wrong("network", e.getMessage());
    }
  }

  private GivenWeights weights(Fields f) {
    String file = f.textOrNull("file");
    if (file == null) {
      return null;
    }
    if (f.has("stages") || f.has("terms")) {
      throw f.wrong("file", "a network with weights from a file is not trained; no stages, terms");
    }
    return new GivenWeights(folder.resolve(file).normalize());
  }

  private static Augmentations augment(Fields f, Arm like) {
    if (!f.has("augment")) {
      return like == null ? Augmentations.NONE : like.augment();
    }
    try {
      return Augmentations.of(f.text("augment", null));
    } catch (IllegalArgumentException e) {
      throw f.wrong("augment", e.getMessage());
    }
  }

  private static Arm.Transfer transfer(Fields f, Arm like) {
    Arm.Transfer usual = like == null ? Arm.Transfer.ALL : like.transfer();
    return new Arm.Transfer(
        f.has("classes") ? f.wholes("classes") : usual.classes(),
        f.whole("heldOut", usual.heldOut(), 0, Integer.MAX_VALUE),
        f.text("expand", usual.expand()));
  }
}
