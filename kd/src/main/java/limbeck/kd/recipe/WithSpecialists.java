package limbeck.kd.recipe;

import java.util.List;
import java.util.stream.Stream;
import limbeck.kd.Architecture;

/**
 * A network with its specialists, asked as one: of each example the specialists for what it finds
 * likely, see {@link limbeck.kd.specialist.AskSpecialists}.
 *
 * @param generalist id of the arm that the specialists started from
 * @param specialists ids of their arms, in the order of their numbers
 * @param likeliest how many of the generalist's likeliest classes call specialists
 */
public record WithSpecialists(String generalist, List<String> specialists, int likeliest)
    implements Derivation {
  /** Copies the list. */
  public WithSpecialists {
    specialists = List.copyOf(specialists);
  }

  /**
   * An arm that is a network with its specialists.
   *
   * @param specialists all of them that a network has
   * @param likeliest how many of the generalist's likeliest classes call specialists
   * @throws RecipeException if they are not all the specialists of one network
   */
  public static Arm arm(
      String id, String role, String label, String name, List<Arm> specialists, int likeliest) {
    Start first = specialists.isEmpty() ? null : specialists.get(0).start();
    if (first != null
        && first.specialist() != null
        && first.specialist().count() != specialists.size()) {
      throw new RecipeException(
          "all "
              + first.specialist().count()
              + " specialists of "
              + first.of()
              + " expected, not "
              + specialists.size());
    }
    Derivation.requireDifferent(specialists);
    for (int i = 0; i < specialists.size(); i++) {
      requireSpecialist(specialists, i);
    }
    NetworkChoice one = specialists.get(0).network();
    Architecture all = one.architecture().withSpecialists(specialists.size(), likeliest);
    List<String> ids = specialists.stream().map(Arm::id).toList();
    return Arm.derived(
        id,
        role,
        label,
        name,
        new NetworkChoice(all, one.inputs()),
        new WithSpecialists(first.of(), ids, likeliest));
  }

  private static void requireSpecialist(List<Arm> arms, int i) {
    Start start = arms.get(i).start();
    Start first = arms.get(0).start();
    if (start == null || start.specialist() == null) {
      throw new RecipeException(arms.get(i).id() + " is no specialist");
    }
    Start.Specialist s = first.specialist();
    Start expected = new Start(first.of(), new Start.Specialist(i + 1, s.count(), s.classes()));
    if (!start.equals(expected)) {
      throw new RecipeException(
          expected.describe()
              + " expected in place "
              + (i + 1)
              + ", but "
              + arms.get(i).id()
              + " is "
              + start.describe());
    }
  }

  @Override
  public List<String> of() {
    return Stream.concat(Stream.of(generalist), specialists.stream()).toList();
  }

  /** A file cannot hold an op that searches, see {@link limbeck.engine.op.CustomOp}. */
  @Override
  public boolean isKept() {
    return false;
  }

  /** How many classes call specialists is in the network's name. */
  @Override
  public String identity() {
    return "with specialists";
  }
}
