package limbeck.kd.recipe.file;

import java.util.List;
import limbeck.kd.Nearest;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.RecipeException;
import limbeck.kd.recipe.Start;

/**
 * Where a network's training starts: {@code start = "ID"}, from the weights of another network;
 * with {@code specialist = { count = 3, classes = 4 }} as its specialists, of which the table
 * declares all, with their numbers behind its name; with a {@code number} as well, one of them;
 * with {@code startLayers = [0, 2]} from some of its layers.
 */
final class StartReader {
  private static final String START = "start";
  private static final String SPECIALIST = "specialist";
  private static final String LAYERS = "startLayers";
  private static final int MOST = 999;

  private StartReader() {}

  /** The start; null for drawn weights. Of several specialists, that of the first. */
  static Start read(Fields f, List<Arm> above) {
    if (!f.has(START)) {
      if (f.has(SPECIALIST)) {
        throw f.wrong(SPECIALIST, "start = \"ID\" expected beside it: of which network?");
      }
      if (f.has(LAYERS)) {
        throw f.wrong(LAYERS, "start = \"ID\" expected beside it: of which network?");
      }
      return null;
    }
    String of = f.text(START, null);
    if (above.stream().noneMatch(a -> a.id().equals(of))) {
      List<String> ids = above.stream().map(Arm::id).toList();
      throw f.wrong(START, "no network \"" + of + "\" above this one" + Nearest.hint(of, ids));
    }
    List<Integer> layers = f.has(LAYERS) ? f.wholes(LAYERS) : List.of();
    try {
      return new Start(of, f.has(SPECIALIST) ? specialist(f.table(SPECIALIST)) : null, layers);
    } catch (RecipeException e) {
      throw f.wrong(e.getMessage());
    }
  }

  private static Start.Specialist specialist(Fields f) {
    int count = f.whole("count", null, 1, MOST);
    int number = f.whole("number", 1, 1, count);
    int classes = f.whole("classes", null, 1, Integer.MAX_VALUE);
    f.done();
    return new Start.Specialist(number, count, classes);
  }

  /** Whether the table declares all specialists of a network. */
  static boolean several(Fields f) {
    return f.has(SPECIALIST) && !f.table(SPECIALIST).has("number");
  }

  /** The network that a table's starts from; null if it starts from none. */
  static Arm from(Start start, List<Arm> above) {
    return start == null
        ? null
        : above.stream().filter(a -> a.id().equals(start.of())).findFirst().orElseThrow();
  }

  /**
   * A network that can start where it does.
   *
   * @throws limbeck.kd.recipe.RecipeException if it cannot, naming the key
   */
  static Arm checked(Fields f, Arm arm, List<Arm> above) {
    Arm from = from(arm.start(), above);
    if (from == null) {
      return arm;
    }
    if (arm.weights() != null) {
      throw f.wrong(START, "a network with weights from a file is not trained");
    }
    if (arm.start().layers().isEmpty() && !from.network().equals(arm.network())) {
      throw f.wrong(START, misfit(from, arm));
    }
    if (arm.start().specialist() != null) {
      checkSpecialist(f, arm, from);
    }
    return arm;
  }

  private static String misfit(Arm from, Arm arm) {
    return from.id()
        + " is "
        + from.network().architecture().name()
        + " with "
        + from.network().inputs()
        + " inputs, this is "
        + arm.network().architecture().name()
        + " with "
        + arm.network().inputs()
        + " ones; leave out network and inputs, and it is of the same kind; or say which layers it"
        + " starts from: startLayers";
  }

  private static void checkSpecialist(Fields f, Arm arm, Arm from) {
    if (from.start() != null && from.start().specialist() != null) {
      throw f.wrong(START, from.id() + " is a specialist itself");
    }
    try {
      arm.network().ofClasses(arm.start().specialist().classes() + 1);
    } catch (IllegalArgumentException e) {
      throw f.wrong(SPECIALIST, e.getMessage());
    }
    if (!arm.teachers().isEmpty()) {
      throw f.wrong(
          SPECIALIST, "a specialist learns from labels: its dustbin is no class of a teacher's");
    }
    if (arm.augment().mixup() != null) {
      throw f.wrong("augment", "mixup would mix a specialist's examples with any others");
    }
    if (arm.cohort() != null) {
      throw f.wrong(SPECIALIST, "a specialist learns by itself, in no cohort");
    }
  }
}
