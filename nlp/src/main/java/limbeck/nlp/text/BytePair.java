package limbeck.nlp.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import limbeck.engine.io.FormatException;

/**
 * Byte-level byte-pair encoding, as of GPT-2 and RoBERTa (Radford et al. 2019; Sennrich, Haddow,
 * Birch 2016, arXiv 1508.07909): a text is cut into words without loss, a word is its bytes in
 * UTF-8, and neighbouring tokens are joined in the order in which the joins were learnt. Every text
 * has tokens, and {@link #decode} gives it back.
 */
public final class BytePair implements Tokenizer {
  /**
   * Two tokens that are joined.
   *
   * @param left the first
   * @param right the second
   */
  public record Merge(String left, String right) {}

  private static final int UNJOINED = Integer.MAX_VALUE;

  /** Of a merge: how early it comes, and what it makes. */
  private record Join(int rank, int into) {}

  private final Vocab vocab;
  private final List<Merge> merges;
  private final Map<Long, Join> joins = new HashMap<>();
  private final int[] bytes = new int[256];
  private final boolean prefixed;

  /**
   * A tokenizer.
   *
   * @param vocab holds a token for each byte, written as GPT-2 does, and for each pair that is
   *     joined
   * @param merges the first is joined first
   * @throws IllegalArgumentException if the vocabulary lacks one of these
   */
  public BytePair(Vocab vocab, List<Merge> merges) {
    this(vocab, merges, false);
  }

  /**
   * As above.
   *
   * @param prefixed whether a text that does not begin with a space gets one, so that its first
   *     word is as any other
   */
  public BytePair(Vocab vocab, List<Merge> merges, boolean prefixed) {
    this.vocab = Objects.requireNonNull(vocab, "vocab");
    this.merges = List.copyOf(merges);
    this.prefixed = prefixed;
    for (int b = 0; b < bytes.length; b++) {
      bytes[b] = vocab.require(String.valueOf(ByteLetters.of(b)));
    }
    for (int rank = 0; rank < merges.size(); rank++) {
      Merge m = merges.get(rank);
      int into = vocab.require(m.left + m.right);
      joins.putIfAbsent(pair(vocab.require(m.left), vocab.require(m.right)), new Join(rank, into));
    }
  }

  @Override
  public Vocab vocab() {
    return vocab;
  }

  /** The pairs that are joined, first to last. */
  public List<Merge> merges() {
    return merges;
  }

  @Override
  public int[] encode(String text) {
    Ints ids = new Ints(text.length() / 3);
    boolean first = prefixed && !text.isEmpty() && text.charAt(0) != ' ';
    for (String word : ByteLevelWords.of(first ? " " + text : text)) {
      encodeWord(ByteLetters.of(word), ids);
    }
    return ids.toArray();
  }

  /** Joins the earliest pair, everywhere from the left, until none is left. */
  private void encodeWord(String letters, Ints ids) {
    int[] tokens = new int[letters.length()];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = bytes[ByteLetters.byteOf(letters.charAt(i))];
    }
    int n = tokens.length;
    while (n > 1) {
      int at = earliest(tokens, n);
      if (at < 0) {
        break;
      }
      n = join(tokens, n, tokens[at], tokens[at + 1]);
    }
    for (int i = 0; i < n; i++) {
      ids.add(tokens[i]);
    }
  }

  private int earliest(int[] tokens, int n) {
    int at = -1;
    int rank = UNJOINED;
    for (int i = 0; i + 1 < n; i++) {
      Join join = joins.get(pair(tokens[i], tokens[i + 1]));
      if (join != null && join.rank < rank) {
        rank = join.rank;
        at = i;
      }
    }
    return at;
  }

  private int join(int[] tokens, int n, int left, int right) {
    int into = joins.get(pair(left, right)).into;
    int to = 0;
    for (int i = 0; i < n; i++) {
      boolean here = i + 1 < n && tokens[i] == left && tokens[i + 1] == right;
      tokens[to++] = here ? into : tokens[i];
      i += here ? 1 : 0;
    }
    return to;
  }

  private static long pair(int left, int right) {
    return (long) left << 32 | right;
  }

  /** The text that these tokens were made from; bytes that are no UTF-8 become U+FFFD. */
  @Override
  public String decode(int[] ids) {
    ByteArrayOutputStream utf8 = new ByteArrayOutputStream();
    for (int id : ids) {
      String token = vocab.token(id);
      for (int i = 0; i < token.length(); i++) {
        int b = ByteLetters.byteOf(token.charAt(i));
        if (b < 0) {
          utf8.writeBytes(token.substring(i, i + 1).getBytes(StandardCharsets.UTF_8));
        } else {
          utf8.write(b);
        }
      }
    }
    return utf8.toString(StandardCharsets.UTF_8);
  }

  /**
   * The merges of a {@code merges.txt}: after a first line that may begin with {@code #version},
   * two tokens a line with a space between.
   *
   * @param where names the file in errors
   * @throws FormatException if a line is none; names it
   */
  public static List<Merge> merges(String where, List<String> lines) throws FormatException {
    List<Merge> merges = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (i == 0 && line.startsWith("#version") || line.isEmpty()) {
        continue;
      }
      int space = line.indexOf(' ');
      if (space <= 0 || space == line.length() - 1 || line.indexOf(' ', space + 1) >= 0) {
        throw new FormatException(
            where
                + ":"
                + (i + 1)
                + ": two tokens with a space between expected, found "
                + FormatException.quote(line));
      }
      merges.add(new Merge(line.substring(0, space), line.substring(space + 1)));
    }
    return merges;
  }
}
