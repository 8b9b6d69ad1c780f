package limbeck.nlp.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text as GPT-2 does before byte-pair encoding (Radford et al. 2019), losing nothing: the
 * endings 's 't 're 've 'm 'll 'd; runs of letters, of numbers, of other signs, each with one space
 * before it if there is one; and runs of space, of which the last space goes to the word behind it.
 */
final class ByteLevelWords {
  private static final List<String> ENDINGS = List.of("'s", "'t", "'re", "'ve", "'m", "'ll", "'d");

  private static final int SPACE = 0;
  private static final int LETTER = 1;
  private static final int NUMBER = 2;
  private static final int SIGN = 3;

  private ByteLevelWords() {}

  /** The parts of a text, which together are the text. */
  static List<String> of(String text) {
    List<String> words = new ArrayList<>();
    for (int from = 0; from < text.length(); ) {
      int to = end(text, from);
      words.add(text.substring(from, to));
      from = to;
    }
    return words;
  }

  private static int end(String text, int from) {
    for (String ending : ENDINGS) {
      if (text.startsWith(ending, from)) {
        return from + ending.length();
      }
    }
    boolean spaced = text.charAt(from) == ' ' && from + 1 < text.length();
    int first = spaced ? from + 1 : from;
    int kind = kind(text.codePointAt(first));
    return kind == SPACE ? endOfSpace(text, from) : endOfRun(text, first, kind);
  }

  private static int endOfRun(String text, int from, int kind) {
    int i = from;
    while (i < text.length() && kind(text.codePointAt(i)) == kind) {
      i += Character.charCount(text.codePointAt(i));
    }
    return i;
  }

  /** Space up to the last one before something else, unless that is the only one. */
  private static int endOfSpace(String text, int from) {
    int end = endOfRun(text, from, SPACE);
    return end == text.length() || end == from + 1 ? end : end - 1;
  }

  private static int kind(int c) {
    if (c >= '\t' && c <= '\r' || c == ' ' || c == 0x85) {
      return SPACE;
    }
    int category = Unicode.category(c);
    if (category == Unicode.LETTER) {
      return LETTER;
    }
    if (category == Unicode.NUMBER) {
      return NUMBER;
    }
    return category == Unicode.SEPARATOR ? SPACE : SIGN;
  }
}
