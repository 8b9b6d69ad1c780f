package limbeck.kd.recipe.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import limbeck.kd.recipe.RecipeException;
import limbeck.kd.recipe.Sweep;

/**
 * Writes sweeps out: a recipe's document with one network per value instead of each network of a
 * sweep, in its place, and with the comparisons and cohorts of these networks, also one per value.
 * What reads the document afterwards needs not know of sweeps, and lines stay those of the text.
 *
 * <p>In a copy {@code {units}} is the value: the number itself where it is all of a string, else
 * its digits. Names of networks of the same sweep, such as a teacher's, mean their copies of the
 * same value; networks of another sweep have to be named with their value. Comparisons of the main
 * values come first, so that the first of the recipe stays the first.
 */
final class SweepExpansion {
  /** Keys whose values name networks. */
  private static final Set<String> REFERENCES =
      Set.of("like", "teacher", "correct", "choose", "ensemble", "arm", "baseline", "networks");

  private static final Pattern PLACE = Pattern.compile("\\{([A-Za-z][A-Za-z0-9]*)\\}");

  private final TomlTree tree;
  private final List<Sweep> sweeps;
  private final Map<String, Integer> lines;

  /** The value of a sweep that a table is copied for; of none outside of sweeps. */
  private record Copy(Sweep sweep, double value) {
    static final Copy NONE = new Copy(null, 0);
  }

  private SweepExpansion(TomlTree tree, List<Sweep> sweeps) {
    this.tree = tree;
    this.sweeps = sweeps;
    this.lines = new LinkedHashMap<>(tree.lines());
  }

  /**
   * The document without placeholders; the same if it has no sweeps.
   *
   * @throws RecipeException if a sweep or a name in it makes no sense
   */
  static TomlTree of(TomlTree tree) {
    List<Sweep> sweeps = SweepReader.read(tree.fields());
    return sweeps.isEmpty() ? tree : new SweepExpansion(tree, sweeps).expanded();
  }

  /** Whether a text is nothing but a place for a value. */
  static boolean isPlace(String text) {
    return PLACE.matcher(text).matches();
  }

  private TomlTree expanded() {
    Map<String, Object> root = new LinkedHashMap<>(tree.root());
    root.computeIfPresent("networks", (k, v) -> networks((Map<?, ?>) v));
    root.computeIfPresent("cohorts", (k, v) -> v instanceof List<?> list ? cohorts(list) : v);
    root.computeIfPresent("comparisons", (k, v) -> v instanceof List<?> l ? comparisons(l) : v);
    return new TomlTree(tree.name(), root, lines);
  }

  private Map<String, Object> networks(Map<?, ?> tables) {
    Map<String, Object> all = new LinkedHashMap<>();
    tables.forEach(
        (key, table) -> {
          String id = (String) key;
          String path = "networks." + id;
          Sweep sweep = sweepOf(id);
          if (sweep == null) {
            all.put(id, copy(table, path, "", Copy.NONE));
            return;
          }
          for (double value : sweep.values()) {
            all.put(sweep.arm(id, value), copy(table, path, "", new Copy(sweep, value)));
            copyLines(path, "networks." + sweep.arm(id, value));
          }
        });
    return all;
  }

  private List<Object> cohorts(List<?> tables) {
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      Object ids = tables.get(i) instanceof Map<?, ?> map ? map.get("networks") : null;
      Stream<?> names = ids instanceof List<?> list ? list.stream() : Stream.empty();
      Sweep sweep = common("cohorts[" + i + "]", "networks", names.map(String::valueOf).toList());
      for (Copy copy : copies(sweep)) {
        add(all, "cohorts", tables.get(i), i, copy);
      }
    }
    return all;
  }

  private List<Object> comparisons(List<?> tables) {
    List<Object> all = new ArrayList<>();
    for (boolean main : new boolean[] {true, false}) {
      for (int i = 0; i < tables.size(); i++) {
        Sweep sweep = tables.get(i) instanceof Map<?, ?> map ? compared(map, i) : null;
        for (Copy copy : copies(sweep)) {
          if (main == (sweep == null || copy.value() == sweep.main())) {
            add(all, "comparisons", tables.get(i), i, copy);
          }
        }
      }
    }
    return all;
  }

  private Sweep compared(Map<?, ?> table, int i) {
    List<String> names = Stream.of("arm", "baseline").map(k -> "" + table.get(k)).toList();
    return common("comparisons[" + i + "]", "baseline", names);
  }

  /** The sweep that networks are in, those apart that are in none; null if all are in none. */
  private Sweep common(String path, String key, List<String> names) {
    List<Sweep> found =
        names.stream().map(this::sweepOf).filter(s -> s != null).distinct().toList();
    if (found.size() > 1) {
      String of = found.get(0).parameter() + " and of " + found.get(1).parameter();
      throw wrong(path + "." + key, "networks of two sweeps, of " + of + ": name one by its value");
    }
    return found.isEmpty() ? null : found.get(0);
  }

  private static List<Copy> copies(Sweep sweep) {
    return sweep == null
        ? List.of(Copy.NONE)
        : sweep.values().stream().map(v -> new Copy(sweep, v)).toList();
  }

  private void add(List<Object> all, String key, Object table, int from, Copy copy) {
    copyLines(key + "[" + from + "]", key + "[" + all.size() + "]");
    all.add(copy(table, key + "[" + from + "]", "", copy));
  }

  /** What was at a path is now at another as well. */
  private void copyLines(String from, String to) {
    tree.lines()
        .forEach(
            (path, line) -> {
              String rest = path.startsWith(from) ? path.substring(from.length()) : null;
              if (rest != null && (rest.isEmpty() || rest.matches("[.\\[].*"))) {
                lines.put(to + rest, line);
              }
            });
  }

  private Object copy(Object value, String path, String key, Copy copy) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> all = new LinkedHashMap<>();
      map.forEach((k, v) -> all.put(k, copy(v, path + "." + k, (String) k, copy)));
      return all;
    }
    if (value instanceof List<?> list) {
      List<Object> all = new ArrayList<>();
      for (int i = 0; i < list.size(); i++) {
        all.add(copy(list.get(i), path + "[" + i + "]", key, copy));
      }
      return all;
    }
    Object filled = value instanceof String text ? filled(text, path, copy) : value;
    return filled instanceof String name && REFERENCES.contains(key)
        ? reference(name, path, copy)
        : filled;
  }

  private Object filled(String text, String path, Copy copy) {
    Matcher place = PLACE.matcher(text);
    StringBuilder out = new StringBuilder();
    while (place.find()) {
      checkPlace(place.group(1), path, copy);
      if (copy.sweep() != null) {
        if (place.group().equals(text)) {
          return number(copy.value());
        }
        place.appendReplacement(out, Sweep.text(copy.value()));
      }
    }
    return place.appendTail(out).toString();
  }

  private static Object number(double value) {
    return value == (long) value ? (Object) (long) value : (Object) value;
  }

  private void checkPlace(String word, String path, Copy copy) {
    if (copy.sweep() != null && !word.equals(copy.sweep().parameter())) {
      String meant = copy.sweep().parameter();
      throw wrong(path, "{" + word + "} means nothing here; {" + meant + "} is the value");
    }
    for (Sweep sweep : sweeps) {
      if (copy.sweep() == null && word.equals(sweep.parameter())) {
        throw wrong(
            path, "{" + word + "} has a value in " + String.join(", ", sweep.networks()) + " only");
      }
    }
  }

  private String reference(String name, String path, Copy copy) {
    Sweep sweep = sweepOf(name);
    if (sweep == null) {
      return name;
    }
    if (sweep.equals(copy.sweep())) {
      return sweep.arm(name, copy.value());
    }
    throw wrong(
        path,
        name
            + " is there once for each value of "
            + sweep.parameter()
            + "; name one of "
            + String.join(", ", sweep.arms(name)));
  }

  private Sweep sweepOf(String network) {
    return sweeps.stream().filter(s -> s.networks().contains(network)).findFirst().orElse(null);
  }

  private RecipeException wrong(String path, String what) {
    return new RecipeException(tree.place(path) + ": " + path + ": " + what);
  }
}
