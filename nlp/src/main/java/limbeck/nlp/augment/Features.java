package limbeck.nlp.augment;

import java.util.List;
import java.util.Locale;

/**
 * What a tagger looks at in order to tag a word: the word, its ends and its form, its neighbours,
 * and the tags that were given to the two words before.
 */
final class Features {
  /** How many there are for each word. */
  static final int COUNT = 15;

  private static final String OUTSIDE = "\u0001";
  private static final int LONGEST_SUFFIX = 4;

  private Features() {}

  /** The features of a word; {@code before} are the tags so far. */
  static String[] of(List<String> words, int at, String[] before) {
    String word = words.get(at);
    String lower = word.toLowerCase(Locale.ROOT);
    String previous = at > 0 ? before[at - 1] : OUTSIDE;
    String second = at > 1 ? before[at - 2] : OUTSIDE;
    String next = neighbour(words, at + 1);
    String last = neighbour(words, at - 1);
    String[] f = new String[COUNT];
    int n = 0;
    f[n++] = "w" + lower;
    for (int k = 1; k <= LONGEST_SUFFIX; k++) {
      f[n++] = "s" + end(lower, k);
    }
    f[n++] = "b" + lower.substring(0, lower.offsetByCodePoints(0, 1));
    f[n++] = "f" + form(word);
    f[n++] = "p" + previous;
    f[n++] = "q" + previous + OUTSIDE + second;
    f[n++] = "t" + previous + OUTSIDE + lower;
    f[n++] = "l" + last;
    f[n++] = "m" + end(last, 3);
    f[n++] = "n" + next;
    f[n++] = "o" + end(next, 3);
    f[n] = "c"; // always there
    return f;
  }

  private static String neighbour(List<String> words, int at) {
    return at < 0 || at >= words.size() ? OUTSIDE : words.get(at).toLowerCase(Locale.ROOT);
  }

  private static String end(String word, int length) {
    return word.length() <= length ? word : word.substring(word.length() - length);
  }

  /** Which kinds of letters there are: upper case, digits, hyphens. */
  private static String form(String word) {
    boolean upper = false;
    boolean digit = false;
    boolean hyphen = false;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      upper |= c >= 'A' && c <= 'Z';
      digit |= c >= '0' && c <= '9';
      hyphen |= c == '-';
    }
    return (upper ? "U" : "") + (digit ? "D" : "") + (hyphen ? "H" : "");
  }
}
