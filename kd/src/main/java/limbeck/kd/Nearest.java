package limbeck.kd;

import java.util.Collection;
import java.util.Locale;

/** The name somebody may have meant. */
public final class Nearest {
  private static final int MOST_GUESSED = 200;

  private Nearest() {}

  /**
   * {@code ; did you mean "…"?} with the name closest in edit distance, letter case aside, or
   * nothing if none is close. Where names have dots, the word after the last one will do: {@code
   * temperature} finds {@code distill.temperature}. A digit after a dot is a decimal.
   */
  public static String hint(String given, Collection<String> names) {
    String wanted = given.toLowerCase(Locale.ROOT);
    String best = null;
    int least = tolerance(wanted) + 1;
    for (String name : names) {
      if (name.length() > MOST_GUESSED) {
        continue; // of a damaged file
      }
      String lower = name.toLowerCase(Locale.ROOT);
      int whole = distance(wanted, lower);
      String word = lower.substring(lower.lastIndexOf('.') + 1);
      boolean prefixed = word.length() < lower.length() && word.matches("\\D.*");
      // a forgotten prefix costs one edit, so that the whole name wins where both are as close
      int edits = prefixed ? Math.min(whole, 1 + distance(wanted, word)) : whole;
      if (edits < least) {
        least = edits;
        best = name;
      }
    }
    return best == null ? "" : "; did you mean \"" + best + "\"?";
  }

  /**
   * {@code no architecture "…"; did you mean "…"?; there are …}: what is said where a name is none.
   *
   * @param what should have been named
   * @param names one of which may have been meant; empty: nothing is guessed
   * @param forms how names are written
   */
  public static String none(
      String what, String given, Collection<String> names, Collection<String> forms) {
    return "no "
        + what
        + " \""
        + given
        + "\""
        + hint(given, names)
        + "; there are "
        + String.join(", ", forms);
  }

  /** Edits after which a name is a guess no more: two, or half the letters of a long one. */
  private static int tolerance(String given) {
    return Math.max(2, given.length() / 2);
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
