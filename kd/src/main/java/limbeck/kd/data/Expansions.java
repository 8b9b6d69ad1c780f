package limbeck.kd.data;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Finds expansions by name, among those of all modules. */
public final class Expansions {
  private Expansions() {}

  /**
   * The expansion with this name.
   *
   * @throws IllegalArgumentException if there is none, or it is written wrongly
   */
  public static Expansion of(String name) {
    List<String> forms = new ArrayList<>();
    for (ExpansionSource source :
        ServiceLoader.load(ExpansionSource.class, Expansions.class.getClassLoader())) {
      if (source.knows(name)) {
        return source.of(name);
      }
      forms.add(source.form());
    }
    throw new IllegalArgumentException(
        "nothing is made of examples by \""
            + name
            + "\""
            + (forms.isEmpty() ? "" : "; there are " + String.join(", ", forms)));
  }
}
