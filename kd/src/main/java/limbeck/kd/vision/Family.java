package limbeck.kd.vision;

import java.util.List;
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
   * @param maker makes one, or throws {@link IllegalArgumentException} if it does not fit
   */
  record Plan(String name, Function<Blueprint, Network> maker) {}
}
