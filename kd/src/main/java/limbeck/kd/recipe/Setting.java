package limbeck.kd.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import limbeck.kd.Nearest;

/**
 * One setting of a recipe: its name, its default, what values it takes, and what it means.
 *
 * @param key dotted name, such as {@code student.rate}
 * @param kind how the text is read
 * @param standard the default, as text
 * @param low smallest allowed number
 * @param high largest allowed number
 * @param choices allowed words of a CHOICE
 * @param help one line
 */
public record Setting(
    String key,
    Kind kind,
    String standard,
    double low,
    double high,
    List<String> choices,
    String help) {
  /** What a setting's text stands for. */
  public enum Kind {
    /** A whole number. */
    WHOLE,
    /** A number. */
    REAL,
    /** true or false. */
    FLAG,
    /** One of several words. */
    CHOICE,
    /** Widths of layers, such as 784-800-10. */
    WIDTHS,
    /** Numbers separated by commas. */
    REALS,
    /** Any text. */
    TEXT
  }

  private static final Pattern WIDTHS = Pattern.compile("[1-9][0-9]{0,5}(-[1-9][0-9]{0,5})+");

  /**
   * Checks a value.
   *
   * @return the value, trimmed
   * @throws RecipeException if it is not allowed
   */
  public String checked(String value) {
    String v = value.trim();
    boolean good =
        switch (kind) {
          case WHOLE -> v.matches("-?[0-9]{1,18}") && inRange(Long.parseLong(v));
          case REAL -> inRange(number(v));
          case FLAG -> v.equals("true") || v.equals("false");
          case CHOICE -> choices.contains(v);
          case WIDTHS -> WIDTHS.matcher(v).matches();
          case TEXT -> true;
          case REALS -> !v.isEmpty() && numbers(v).stream().allMatch(this::inRange);
        };
    if (!good) {
      throw new RecipeException(
          key
              + " = \""
              + value
              + "\": "
              + expected()
              + " expected"
              + (kind == Kind.CHOICE ? Nearest.hint(v, choices) : ""));
    }
    return v;
  }

  private boolean inRange(double x) {
    return x >= low && x <= high;
  }

  private static double number(String text) {
    try {
      return text.matches("[-+0-9.eE]+") ? Double.parseDouble(text) : Double.NaN;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  static List<Double> numbers(String text) {
    List<Double> numbers = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      numbers.add(number(part.trim()));
    }
    return numbers;
  }

  /** What values are allowed, in words. */
  public String expected() {
    return switch (kind) {
      case WHOLE -> "a whole number from " + (long) low + " to " + (long) high;
      case REAL -> "a number from " + low + " to " + high;
      case FLAG -> "true or false";
      case CHOICE -> "one of " + String.join(", ", choices);
      case TEXT -> "what the recipe takes there";
      case WIDTHS -> "layer widths such as 784-800-800-10";
      case REALS -> "numbers from " + low + " to " + high + ", separated by commas,";
    };
  }
}
