package limbeck.nlp.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * BERT's tokenizer: words of {@link BasicTokenizer}, each cut from its beginning into the longest
 * pieces that are in the vocabulary; pieces that do not begin a word are written with {@code ##}. A
 * word that cannot be cut to its end, or is very long, is one unknown token. Wu et al. 2016 (arXiv
 * 1609.08144) gave the name; the greedy cut is that of the code published with BERT.
 */
public final class WordPiece implements Tokenizer {
  /** What begins a piece inside a word. */
  public static final String INSIDE = "##";

  /** The token for what is unknown. */
  public static final String UNKNOWN = "[UNK]";

  /** A word of more characters is unknown. */
  public static final int LONGEST_WORD = 100;

  private final BasicTokenizer basic;
  private final Vocab vocab;
  private final int unknown;
  private final TokenTrie trie = new TokenTrie();
  private final int inside = trie.root();

  /**
   * A tokenizer.
   *
   * @param normalizer what is done to a text first: {@link BertNormalizer#UNCASED} for most
   * @throws IllegalArgumentException if the vocabulary has no {@link #UNKNOWN}
   */
  public WordPiece(Vocab vocab, BertNormalizer normalizer) {
    this.vocab = Objects.requireNonNull(vocab, "vocab");
    this.basic = new BasicTokenizer(normalizer);
    this.unknown = vocab.require(UNKNOWN);
    for (int id = 0; id < vocab.size(); id++) {
      String token = vocab.token(id);
      boolean within = token.startsWith(INSIDE) && token.length() > INSIDE.length();
      if (within) {
        trie.add(inside, token.substring(INSIDE.length()), id);
      } else {
        trie.add(TokenTrie.ROOT, token, id);
      }
    }
  }

  /**
   * A tokenizer with the vocabulary of a {@code vocab.txt}.
   *
   * @throws limbeck.engine.io.FormatException if the file is no vocabulary
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if it has no {@link #UNKNOWN}
   */
  public static WordPiece read(Path file, BertNormalizer normalizer) throws IOException {
    return new WordPiece(Vocab.read(file), normalizer);
  }

  @Override
  public Vocab vocab() {
    return vocab;
  }

  /** What is done to a text first. */
  public BertNormalizer normalizer() {
    return basic.normalizer();
  }

  @Override
  public int[] encode(String text) {
    Ints ids = new Ints(text.length() / 4);
    basic.split(text, (c, from, to) -> cut(c, from, to, ids));
    return ids.toArray();
  }

  private void cut(int[] c, int from, int to, Ints ids) {
    int before = ids.size();
    if (to - from > LONGEST_WORD) {
      ids.add(unknown);
      return;
    }
    for (int at = from; at < to; ) {
      int node = at == from ? TokenTrie.ROOT : inside;
      int longest = TokenTrie.NONE;
      int end = at;
      for (int i = at; i < to; i++) {
        node = trie.next(node, c[i]);
        if (node == TokenTrie.NONE) {
          break;
        }
        int token = trie.token(node);
        if (token != TokenTrie.NONE) {
          longest = token;
          end = i + 1;
        }
      }
      if (longest == TokenTrie.NONE) {
        ids.cut(before);
        ids.add(unknown);
        return;
      }
      ids.add(longest);
      at = end;
    }
  }

  /** Pieces joined to words, words by spaces. */
  @Override
  public String decode(int[] ids) {
    StringBuilder text = new StringBuilder();
    for (int id : ids) {
      String token = vocab.token(id);
      boolean joined = token.startsWith(INSIDE) && token.length() > INSIDE.length();
      if (!joined && text.length() > 0) {
        text.append(' ');
      }
      text.append(joined ? token.substring(INSIDE.length()) : token);
    }
    return text.toString();
  }
}
