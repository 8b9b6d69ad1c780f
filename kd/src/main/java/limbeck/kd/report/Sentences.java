package limbeck.kd.report;

import java.util.List;
import java.util.Locale;

/** Pieces of sentences. */
public final class Sentences {
  private Sentences() {}

  /** Returns the text with a capital letter at its start. */
  public static String capital(String text) {
    int first = text.isEmpty() ? 0 : text.offsetByCodePoints(0, 1);
    return text.substring(0, first).toUpperCase(Locale.ROOT) + text.substring(first);
  }

  /** Returns one; one and another; one, another and a third. */
  public static String list(List<String> items) {
    int last = items.size() - 1;
    return last < 1
        ? String.join("", items)
        : String.join(", ", items.subList(0, last)) + " and " + items.get(last);
  }
}
