package limbeck.kd.vision;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Architectures with names of one form.
 *
 * @param form of the names, for people
 * @param summary what these networks are, for people
 * @param known names that somebody may have meant
 * @param reader gives the plan of a name, or null if it is none of this family
 */
record Family(String form, String summary, List<String> known, Function<String, Plan> reader) {
  /**
   * How networks of one architecture are made.
   *
   * @param name the architecture's, in the one way that it is written in reports
   * @param stages of a {@link StagedNetwork}; 0 for others
   * @param parts the architectures of single outputs, by the output's name, from the first to the
   *     last; none where there is one output
   * @param maker makes one, or throws {@link IllegalArgumentException} if it does not fit
   */
  record Plan(
      String name,
      int stages,
      Map<String, Plan> parts,
      Function<Blueprint, ? extends ImageNetwork> maker) {

    /** Keeps the order. */
    Plan {
      parts = new LinkedHashMap<>(parts);
    }

    /** Of a network that can be divided. */
    static Plan staged(String name, int stages, Function<Blueprint, StagedNetwork> maker) {
      return new Plan(name, stages, Map.of(), maker);
    }

    /** A network that is to be divided, as part of another one that is planned. */
    StagedNetwork staged(Blueprint whole) {
      return (StagedNetwork) maker.apply(whole.named(name));
    }

    /**
     * Checks that networks can be divided into so many stages at least.
     *
     * @param whole what wants to do so, for the message
     * @throws IllegalArgumentException if not
     */
    Plan requireStages(String whole, int least) {
      if (stages < least) {
        String has = parts.isEmpty() ? "has " + stages : "has several outputs itself";
        throw Blueprint.misfit(
            whole, "needs a network of " + least + " stages at least; " + name + " " + has);
      }
      return this;
    }
  }
}
