package limbeck.kd.recipe;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.kd.Nearest;

/** The settings of a run: a checked value for every key that the recipe declares. Immutable. */
public final class Settings {
  private final Map<String, Setting> declared;
  private final Map<String, String> values;

  private Settings(Map<String, Setting> declared, Map<String, String> values) {
    this.declared = declared;
    this.values = values;
  }

  /** Declares settings one by one. */
  public static final class Builder {
    private final Map<String, Setting> declared = new LinkedHashMap<>();

    /** Nothing declared yet. */
    public Builder() {}

    private Builder add(Setting s) {
      s.checked(s.standard());
      declared.put(s.key(), s);
      return this;
    }

    /** A whole number. */
    public Builder whole(String key, long standard, long low, long high, String help) {
      return add(
          new Setting(
              key, Setting.Kind.WHOLE, Long.toString(standard), low, high, List.of(), help));
    }

    /** A number. */
    public Builder real(String key, String standard, double low, double high, String help) {
      return add(new Setting(key, Setting.Kind.REAL, standard, low, high, List.of(), help));
    }

    /** Numbers separated by commas. */
    public Builder reals(String key, String standard, double low, double high, String help) {
      return add(new Setting(key, Setting.Kind.REALS, standard, low, high, List.of(), help));
    }

    /** Any text: whoever reads it checks it. */
    public Builder text(String key, String standard, String help) {
      return add(new Setting(key, Setting.Kind.TEXT, standard, 0, 0, List.of(), help));
    }

    /** true or false. */
    public Builder flag(String key, boolean standard, String help) {
      return add(
          new Setting(key, Setting.Kind.FLAG, Boolean.toString(standard), 0, 0, List.of(), help));
    }

    /** One of several words. */
    public Builder choice(String key, String standard, List<String> choices, String help) {
      return add(new Setting(key, Setting.Kind.CHOICE, standard, 0, 0, choices, help));
    }

    /** Widths of a network's layers. */
    public Builder widths(String key, String standard, String help) {
      return add(new Setting(key, Setting.Kind.WIDTHS, standard, 0, 0, List.of(), help));
    }

    /** All declared settings at their defaults. */
    public Settings build() {
      Map<String, String> values = new LinkedHashMap<>();
      declared.forEach((key, s) -> values.put(key, s.checked(s.standard())));
      return new Settings(new LinkedHashMap<>(declared), values);
    }
  }

  /**
   * These settings with one changed.
   *
   * @throws RecipeException if the key is unknown or the value not allowed
   */
  public Settings with(String key, String value) {
    Setting s = declared.get(key);
    if (s == null) {
      throw new RecipeException(
          "unknown setting \"" + key + "\"" + Nearest.hint(key, declared.keySet()));
    }
    Map<String, String> changed = new LinkedHashMap<>(values);
    changed.put(key, s.checked(value));
    return new Settings(declared, changed);
  }

  /**
   * These settings with several changed, each given as {@code key=value}.
   *
   * @throws RecipeException if one has no equals sign, an unknown key or a value that is not
   *     allowed
   */
  public Settings with(Collection<String> assignments) {
    Settings result = this;
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      if (equals < 1) {
        throw new RecipeException(
            "\"" + assignment + "\": key=value expected, for example student.rate=0.1");
      }
      result =
          result.with(assignment.substring(0, equals).trim(), assignment.substring(equals + 1));
    }
    return result;
  }

  /** Whether there is such a setting. */
  public boolean has(String key) {
    return declared.containsKey(key);
  }

  /** The declarations, in order. */
  public Collection<Setting> declared() {
    return declared.values();
  }

  /** All values by key, in order of declaration. */
  public Map<String, String> values() {
    return new LinkedHashMap<>(values);
  }

  /** A value as text. */
  public String text(String key) {
    String value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException("settings: " + key + " is not declared");
    }
    return value;
  }

  /** A whole number. */
  public int whole(String key) {
    return Math.toIntExact(Long.parseLong(text(key)));
  }

  /** A number. */
  public double real(String key) {
    return Double.parseDouble(text(key));
  }

  /** true or false. */
  public boolean flag(String key) {
    return text(key).equals("true");
  }

  /** Several numbers. */
  public List<Double> reals(String key) {
    return Setting.numbers(text(key));
  }

  /** Widths of layers. */
  public int[] widths(String key) {
    return Arrays.stream(text(key).split("-")).mapToInt(Integer::parseInt).toArray();
  }
}
