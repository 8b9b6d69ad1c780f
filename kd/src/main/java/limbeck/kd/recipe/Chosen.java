package limbeck.kd.recipe;

import java.util.List;

/**
 * For each seed, that one of some networks which makes the fewest errors on validation data; of
 * equal ones that with the lower negative log-likelihood there, then the first. With it the best
 * path through assistants is found step by step, each size taught by the best of the larger ones
 * (Mirzadeh et al. 2020, arXiv:1902.03393, algorithm 3).
 *
 * @param of ids of the candidates, in the order of preference
 */
public record Chosen(List<String> of) implements Derivation {
  /** Copies the list. */
  public Chosen {
    of = List.copyOf(of);
  }

  /**
   * An arm that is one of others.
   *
   * @param among at least one, of one architecture and with the same inputs
   * @throws RecipeException if they are not
   */
  public static Arm arm(String id, String role, String label, String name, List<Arm> among) {
    Derivation.requireDifferent(among);
    NetworkChoice first = among.get(0).network();
    for (Arm a : among) {
      if (!a.network().equals(first)) {
        throw new RecipeException(
            "networks of one architecture and the same inputs expected, but "
                + among.get(0).id()
                + " is "
                + first
                + " and "
                + a.id()
                + " is "
                + a.network());
      }
    }
    List<String> ids = among.stream().map(Arm::id).toList();
    return Arm.derived(id, role, label, name, first, new Chosen(ids));
  }

  @Override
  public String identity() {
    return "chosen";
  }
}
