package limbeck.kd.recipe;

import java.util.Collection;

/** The name somebody may have meant. */
public final class Nearest {
  private Nearest() {}

  /**
   * {@code ; did you mean "…"?} with the name closest in edit distance, or nothing if none is
   * close.
   */
  public static String hint(String given, Collection<String> names) {
    String best = null;
    int least = Math.max(2, given.length() / 2) + 1;
    for (String name : names) {
      int distance = distance(given, name);
      if (distance < least) {
        least = distance;
        best = name;
      }
    }
    return best == null ? "" : "; did you mean \"" + best + "\"?";
  }

  /** Levenshtein's distance. */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitute = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substitute, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
