package limbeck.nlp.elmo;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Words as symbols: the bytes of their UTF-8 form between a symbol that begins and one that ends
 * them, filled up. Sentences begin and end with words of one symbol of their own. The symbols are
 * those of Peters et al. 2018, with 0 for words that fill up sentences.
 */
final class Spelling {
  /** How many symbols there are. */
  static final int SYMBOLS = 262;

  private static final int BEGIN_SENTENCE = 257;
  private static final int END_SENTENCE = 258;
  private static final int BEGIN = 259;
  private static final int END = 260;
  private static final int FILL = 261;

  private Spelling() {}

  /** Writes a word's symbols. */
  static void word(String word, int[] to, int at, int letters) {
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    int n = Math.min(bytes.length, letters - 2);
    to[at] = BEGIN;
    for (int i = 0; i < n; i++) {
      to[at + 1 + i] = (bytes[i] & 0xff) + 1;
    }
    to[at + 1 + n] = END;
    Arrays.fill(to, at + 2 + n, at + letters, FILL);
  }

  /** Writes the word that begins a sentence. */
  static void begin(int[] to, int at, int letters) {
    single(BEGIN_SENTENCE, to, at, letters);
  }

  /** Writes the word that ends a sentence. */
  static void end(int[] to, int at, int letters) {
    single(END_SENTENCE, to, at, letters);
  }

  private static void single(int symbol, int[] to, int at, int letters) {
    to[at] = BEGIN;
    to[at + 1] = symbol;
    to[at + 2] = END;
    Arrays.fill(to, at + 3, at + letters, FILL);
  }
}
