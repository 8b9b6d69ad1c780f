package limbeck.kd.recipe;

import java.util.List;
import limbeck.kd.Architecture;
import limbeck.kd.Architectures;
import limbeck.kd.LogitMean;

/**
 * Several networks that speak as one: measured, saved and asked like any other.
 *
 * @param of ids of the members, in the order in which they are combined
 * @param mean how they are combined
 */
public record EnsembleOf(List<String> of, LogitMean mean) implements Derivation {
  /** Copies the list. */
  public EnsembleOf {
    of = List.copyOf(of);
  }

  /**
   * An arm that is the mean of others.
   *
   * @param members at least one, with the same inputs
   * @throws RecipeException if they are not, or one is an ensemble itself
   */
  public static Arm arm(
      String id, String role, String label, String name, List<Arm> members, LogitMean mean) {
    Derivation.requireDifferent(members);
    String inputs = members.get(0).network().inputs();
    for (Arm a : members) {
      if (!a.network().inputs().equals(inputs)) {
        throw new RecipeException(
            "members with the same inputs expected, but those of "
                + members.get(0).id()
                + " are "
                + inputs
                + " and those of "
                + a.id()
                + " are "
                + a.network().inputs());
      }
    }
    Architecture all =
        Architectures.ensemble(
            members.stream().map(a -> a.network().architecture()).toList(), mean);
    List<String> ids = members.stream().map(Arm::id).toList();
    return Arm.derived(
        id, role, label, name, new NetworkChoice(all, inputs), new EnsembleOf(ids, mean));
  }

  /** The mean is in the network's name. */
  @Override
  public String identity() {
    return "ensemble";
  }
}
