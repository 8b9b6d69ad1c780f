package limbeck.kd.recipe.file;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import limbeck.kd.Hyperparameter;
import limbeck.kd.Nearest;
import limbeck.kd.Objective;
import limbeck.kd.recipe.RecipeException;

/**
 * Makes an objective from a table: {@code method} names its record, in the package of this
 * project's objectives or with its own package, and further keys are the record's components. A
 * method is known by being there: nothing is registered.
 */
final class MethodReader {
  private static final String PACKAGE = "limbeck.kd.objective.";

  private MethodReader() {}

  /**
   * The objective of a table, whose other keys are left to be read.
   *
   * @throws RecipeException if there is no such method, a hyperparameter is missing or of the wrong
   *     kind, or the method refuses a value
   */
  static Objective read(Fields fields) {
    Class<?> method = method(fields);
    RecordComponent[] components = method.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = value(fields, components[i]);
    }
    try {
      return (Objective) method.getConstructor(types).newInstance(values);
    } catch (InvocationTargetException e) {
      throw fields.wrong(String.valueOf(e.getCause().getMessage()));
    } catch (ReflectiveOperationException e) {
      throw fields.wrong(method.getName() + " cannot be made: " + e);
    }
  }

  /** How a recipe names an objective's method. */
  static String name(Objective objective) {
    String full = objective.getClass().getName();
    return full.startsWith(PACKAGE) ? full.substring(PACKAGE.length()) : full;
  }

  private static Class<?> method(Fields fields) {
    String name = fields.text("method", null);
    String full = name.indexOf('.') >= 0 ? name : PACKAGE + name;
    try {
      Class<?> found = Class.forName(full);
      if (found.isRecord() && Objective.class.isAssignableFrom(found)) {
        return found;
      }
    } catch (ClassNotFoundException | LinkageError e) {
      // said below; a linkage error is a name that differs in case
    }
    throw fields.wrong(
        "method",
        "no method \"" + name + "\"" + Nearest.hint(name, Methods.names()) + "; see: methods");
  }

  private static Object value(Fields fields, RecordComponent c) {
    String key = key(fields, c.getName());
    Hyperparameter h = c.getAnnotation(Hyperparameter.class);
    boolean given = fields.has(key);
    if (!given && (h == null || h.standard().isEmpty())) {
      if (c.getType() == List.class) {
        return List.of();
      }
      throw fields.wrong("missing " + key + (h == null ? "" : " (" + h.help() + ")"));
    }
    return given ? given(fields, key, c.getType()) : standard(h.standard(), c.getType());
  }

  /** Layers of one name in both networks can be given once, as {@code tap} or {@code taps}. */
  private static String key(Fields fields, String name) {
    String both =
        switch (name) {
          case "studentTap", "teacherTap" -> "tap";
          case "studentTaps", "teacherTaps" -> "taps";
          default -> name;
        };
    return fields.has(name) || !fields.has(both) ? name : both;
  }

  private static Object given(Fields fields, String key, Class<?> type) {
    if (type == double.class) {
      return fields.real(key, null, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
    if (type == int.class) {
      return fields.whole(key, null, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    if (type == boolean.class) {
      return fields.flag(key, null);
    }
    if (type == List.class) {
      return fields.texts(key);
    }
    String text = fields.text(key, null);
    if (type.isEnum()) {
      Object found = constant(type, text);
      if (found == null) {
        throw fields.wrong(key, "one of " + String.join(", ", constants(type)) + " expected");
      }
      return found;
    }
    return text;
  }

  private static Object standard(String text, Class<?> type) {
    if (type == double.class) {
      return Double.parseDouble(text);
    }
    if (type == int.class) {
      return Integer.parseInt(text);
    }
    if (type == boolean.class) {
      return Boolean.parseBoolean(text);
    }
    if (type == List.class) {
      return Arrays.stream(text.split(",")).map(String::trim).toList();
    }
    return type.isEnum() ? constant(type, text) : text;
  }

  /** Upper or lower case and hyphens make no difference. */
  private static Object constant(Class<?> type, String text) {
    for (Object constant : type.getEnumConstants()) {
      if (plain(((Enum<?>) constant).name()).equals(plain(text))) {
        return constant;
      }
    }
    return null;
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
  }

  private static List<String> constants(Class<?> type) {
    List<String> names = new ArrayList<>();
    for (Object constant : type.getEnumConstants()) {
      names.add(word(constant));
    }
    return names;
  }

  /** How a recipe writes an enum's constant. */
  static String word(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
