package limbeck.kd.data;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Finds expansions by name, among those of all modules. */
public final class Expansions {
  private static final List<ExpansionSource> SOURCES = load();

  private Expansions() {}

  private static List<ExpansionSource> load() {
    List<ExpansionSource> all = new ArrayList<>();
    ServiceLoader.load(ExpansionSource.class, Expansions.class.getClassLoader()).forEach(all::add);
    return List.copyOf(all);
  }

  /**
   * The expansion with this name.
   *
   * @throws IllegalArgumentException if there is none, or it is written wrongly
   */
  public static Expansion of(String name) {
    for (ExpansionSource source : SOURCES) {
      if (source.knows(name)) {
        return source.of(name);
      }
    }
    List<String> forms = SOURCES.stream().map(ExpansionSource::form).toList();
    throw new IllegalArgumentException(
        "nothing is made of examples by \""
            + name
            + "\""
            + (forms.isEmpty() ? "" : "; there are " + String.join(", ", forms)));
  }
}
