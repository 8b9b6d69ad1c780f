package limbeck.kd.recipe.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.kd.LogitMean;
import limbeck.kd.Nearest;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.Chosen;
import limbeck.kd.recipe.EnsembleOf;
import limbeck.kd.recipe.Part;
import limbeck.kd.recipe.WithSpecialists;

/**
 * Networks that come from others: keys {@code choose}, {@code ensemble}, {@code correct}, {@code
 * part} and {@code specialists}. Others are named one by one in a list; a network with copies, or a
 * table that declares specialists, stands for all of them.
 */
final class DerivationReader {
  private static final String CHOOSE = "choose";
  private static final String ENSEMBLE = "ensemble";
  private static final String CORRECT = "correct";
  private static final String PART = "part";
  private static final String SPECIALISTS = "specialists";
  private static final List<String> KEYS = List.of(CHOOSE, ENSEMBLE, CORRECT, PART, SPECIALISTS);
  private static final int MOST_CLASSES = 9999;

  private final Map<String, List<Arm>> named = new LinkedHashMap<>();

  /** Notes what is above, by what it is called: one network, or copies of one. */
  void above(String name, List<Arm> arms) {
    named.put(name, arms);
    arms.forEach(a -> named.put(a.id(), List.of(a)));
  }

  /** Whether a network is made of others, so that it has no keys of training. */
  static boolean derives(Fields f) {
    return KEYS.stream().anyMatch(f::has);
  }

  /** Such a network. */
  Arm read(Fields f, String id, String role, String label, String name) {
    List<String> keys = KEYS.stream().filter(f::has).toList();
    if (keys.size() > 1) {
      throw f.wrong(keys.get(1), "a network with \"" + keys.get(0) + "\" cannot have this as well");
    }
    String key = keys.get(0);
    List<Arm> others = others(f, key);
    if (key.equals(CORRECT)) {
      return corrected(f, id, role, label, name, others);
    }
    if (key.equals(PART)) {
      return part(f, id, role, label, name, others);
    }
    if (key.equals(SPECIALISTS)) {
      return withSpecialists(f, id, role, label, name, others);
    }
    LogitMean mean = key.equals(ENSEMBLE) ? mean(f) : null;
    try {
      return mean == null
          ? Chosen.arm(id, role, label, name, others)
          : EnsembleOf.arm(id, role, label, name, others, mean);
    } catch (IllegalArgumentException e) {
      throw f.wrong(key, e.getMessage());
    }
  }

  private static Arm corrected(
      Fields f, String id, String role, String label, String name, List<Arm> others) {
    if (others.size() != 1 || others.get(0).copy() != null) {
      throw f.wrong(CORRECT, "one network without copies expected");
    }
    Arm base = others.get(0);
    if (!base.role().equals(role)) {
      throw f.wrong("role", "that of " + base.id() + " expected, " + base.role());
    }
    return base.corrected(id, label, name, f.wholes("biases"));
  }

  private static Arm part(
      Fields f, String id, String role, String label, String name, List<Arm> others) {
    if (others.size() != 1) {
      throw f.wrong(PART, "one network expected, not " + others.size());
    }
    String output = f.text("output", null);
    try {
      return Part.arm(id, role, label, name, others.get(0), output);
    } catch (IllegalArgumentException e) {
      throw f.wrong("output", e.getMessage());
    }
  }

  private static Arm withSpecialists(
      Fields f, String id, String role, String label, String name, List<Arm> others) {
    int likeliest = f.whole("likeliest", 1, 1, MOST_CLASSES);
    try {
      return WithSpecialists.arm(id, role, label, name, others, likeliest);
    } catch (IllegalArgumentException e) {
      throw f.wrong(SPECIALISTS, e.getMessage());
    }
  }

  private static LogitMean mean(Fields f) {
    boolean geometric =
        f.word("mean", "arithmetic", List.of("arithmetic", "geometric")).equals("geometric");
    if (geometric && f.has("temperature")) {
      throw f.wrong("temperature", "means nothing to a geometric mean; leave it out");
    }
    return geometric
        ? LogitMean.GEOMETRIC
        : LogitMean.arithmetic(f.real("temperature", 1.0, 0.01, 1000));
  }

  private List<Arm> others(Fields f, String key) {
    List<Arm> all = new ArrayList<>();
    List<String> names = f.any(key) instanceof String s ? List.of(s) : f.texts(key);
    for (String name : names) {
      if (!named.containsKey(name)) {
        throw f.wrong(
            key, "no network \"" + name + "\" above this one" + Nearest.hint(name, named.keySet()));
      }
      all.addAll(named.get(name));
    }
    return all;
  }
}
