package limbeck.nlp.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * BERT's first cut: a text is normalised and split at space; every punctuation mark is a word of
 * its own. Punctuation is what Unicode calls so, and all signs of ASCII that are neither letters
 * nor digits, such as $ and +.
 *
 * @param normalizer what is done before
 */
public record BasicTokenizer(BertNormalizer normalizer) {
  /** Checks that there is a normalizer. */
  public BasicTokenizer {
    Objects.requireNonNull(normalizer, "normalizer");
  }

  /** Takes one word after the other: a range of the normalised text. */
  interface Words {
    void word(int[] text, int from, int to);
  }

  /** The words of a text. */
  public List<String> words(String text) {
    List<String> words = new ArrayList<>();
    split(text, (normal, from, to) -> words.add(new String(normal, from, to - from)));
    return words;
  }

  /** Hands on the words of a text, in order. */
  void split(String text, Words words) {
    Ints normal = new Ints(text.length() + 16);
    normalizer.normalize(text, normal);
    int[] c = normal.array();
    int size = normal.size();
    int from = 0;
    for (int i = 0; i < size; i++) {
      boolean space = isSpace(c[i]);
      if (space || isPunctuation(c[i])) {
        if (from < i) {
          words.word(c, from, i);
        }
        if (!space) {
          words.word(c, i, i + 1);
        }
        from = i + 1;
      }
    }
    if (from < size) {
      words.word(c, from, size);
    }
  }

  private static boolean isSpace(int c) {
    if (c <= ' ') {
      return c == ' ' || c >= '\t' && c <= '\r' || c >= 0x1c;
    }
    return c == 0x85 || c >= 0xa0 && Unicode.isSeparator(c);
  }

  private static boolean isPunctuation(int c) {
    if (c < 0x80) {
      return c > ' '
          && c < 0x7f
          && !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z');
    }
    return Unicode.isPunctuation(c);
  }
}
