package limbeck.nlp.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.Json;

/**
 * Reads a {@code tokenizer.json} of Hugging Face's tokenizers: WordPiece as of BERT, and byte-level
 * BPE as of GPT-2 and RoBERTa. Other kinds are refused, naming what is not known; a tokenizer that
 * is nearly right would be worse than none. Special tokens are never found in a text: who needs
 * them puts them there by their number.
 */
final class TokenizerJson {
  private static final String TYPE = "type";
  private static final int SHOWN = 80;

  private final String where;
  private final Map<?, ?> root;

  private TokenizerJson(String where, Map<?, ?> root) {
    this.where = where;
    this.root = root;
  }

  static TokenizerFile read(Path file) throws IOException {
    if (!(Json.read(file) instanceof Map<?, ?> root)) {
      throw new FormatException(file + ": an object expected");
    }
    try {
      return new TokenizerJson(file.toString(), root).tokenizer();
    } catch (IllegalArgumentException e) {
      throw new FormatException(file + ": " + e.getMessage(), e);
    }
  }

  private TokenizerFile tokenizer() throws FormatException {
    Map<?, ?> model = object("model");
    boolean pieces = model.containsKey("max_input_chars_per_word");
    Object type = model.containsKey(TYPE) ? model.get(TYPE) : pieces ? "WordPiece" : "BPE";
    Vocab vocab = vocab(model);
    Tokenizer tokenizer;
    if ("WordPiece".equals(type)) {
      tokenizer = wordPiece(model, vocab);
    } else if ("BPE".equals(type)) {
      tokenizer = bytePair(model, vocab);
    } else {
      throw unknown("model", type);
    }
    return new TokenizerFile(tokenizer, frame(vocab));
  }

  private Tokenizer wordPiece(Map<?, ?> model, Vocab vocab) throws FormatException {
    require(model, "unk_token", WordPiece.UNKNOWN);
    require(model, "continuing_subword_prefix", WordPiece.INSIDE);
    require(model, "max_input_chars_per_word", (long) WordPiece.LONGEST_WORD);
    requireType("pre_tokenizer", "BertPreTokenizer");
    return new WordPiece(vocab, normalizer());
  }

  /** Hugging Face's sense of control characters. */
  private BertNormalizer normalizer() throws FormatException {
    requireType("normalizer", "BertNormalizer");
    Map<?, ?> n = object("normalizer");
    boolean lower = flag(n, "lowercase", true);
    return new BertNormalizer(
        flag(n, "clean_text", true),
        flag(n, "handle_chinese_chars", true),
        flag(n, "strip_accents", lower),
        lower,
        BertNormalizer.Controls.PRIVATE);
  }

  private Tokenizer bytePair(Map<?, ?> model, Vocab vocab) throws FormatException {
    if (root.get("normalizer") != null) {
      throw unknown("normalizer", object("normalizer").get(TYPE));
    }
    requireType("pre_tokenizer", "ByteLevel");
    Map<?, ?> pre = object("pre_tokenizer");
    if (!flag(pre, "use_regex", true)) {
      throw unknown("pre_tokenizer.use_regex", false);
    }
    for (String key : List.of("dropout", "continuing_subword_prefix", "end_of_word_suffix")) {
      Object value = model.get(key);
      if (value != null && !"".equals(value)) {
        throw unknown("model." + key, value);
      }
    }
    return new BytePair(vocab, merges(model), flag(pre, "add_prefix_space", true));
  }

  /** Written as one text with a space, or as two texts. */
  private List<BytePair.Merge> merges(Map<?, ?> model) throws FormatException {
    if (!(model.get("merges") instanceof List<?> list)) {
      throw new FormatException(where + ": \"model.merges\": a list expected");
    }
    List<String> lines = new ArrayList<>();
    for (Object merge : list) {
      boolean two = merge instanceof List<?> pair && pair.size() == 2;
      lines.add(two ? ((List<?>) merge).get(0) + " " + ((List<?>) merge).get(1) : "" + merge);
    }
    return BytePair.merges(where + ": merges", lines);
  }

  /** The model's tokens and those that were added, by number, without a hole. */
  private Vocab vocab(Map<?, ?> model) throws FormatException {
    if (!(model.get("vocab") instanceof Map<?, ?> map)) {
      throw new FormatException(where + ": \"model.vocab\": an object expected");
    }
    List<?> added = root.get("added_tokens") instanceof List<?> l ? l : List.of();
    String[] tokens = new String[Math.min(Vocab.MOST, map.size() + added.size())];
    for (Map.Entry<?, ?> e : map.entrySet()) {
      put(tokens, String.valueOf(e.getKey()), e.getValue());
    }
    for (Object token : added) {
      if (token instanceof Map<?, ?> t) {
        put(tokens, String.valueOf(t.get("content")), t.get("id"));
      }
    }
    int size = tokens.length;
    while (size > 0 && tokens[size - 1] == null) {
      size--;
    }
    List<String> all = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      if (tokens[i] == null) {
        throw new FormatException(where + ": no token has number " + i);
      }
      all.add(tokens[i]);
    }
    return Vocab.of(all);
  }

  private void put(String[] tokens, String token, Object id) throws FormatException {
    boolean whole = id instanceof Number n && n.doubleValue() == n.intValue();
    int at = whole ? ((Number) id).intValue() : -1;
    if (at < 0 || at >= tokens.length || tokens[at] != null && !tokens[at].equals(token)) {
      throw new FormatException(
          where
              + ": token "
              + FormatException.quote(token)
              + ": number "
              + Json.write(id)
              + " is out of range or another's");
    }
    tokens[at] = token;
  }

  /**
   * What is put around texts: by the tokens that are there, as post-processors are of many kinds.
   */
  private SequenceFrame frame(Vocab vocab) throws FormatException {
    if (vocab.id("[CLS]") >= 0 && vocab.id("[SEP]") >= 0) {
      return SequenceFrame.bert(vocab);
    }
    if (vocab.id("<s>") >= 0 && vocab.id("</s>") >= 0) {
      int end = vocab.id("</s>");
      return new SequenceFrame(List.of(vocab.id("<s>")), List.of(end, end), List.of(end), false);
    }
    return new SequenceFrame(List.of(), List.of(), List.of(), false);
  }

  private Map<?, ?> object(String key) throws FormatException {
    if (root.get(key) instanceof Map<?, ?> map) {
      return map;
    }
    throw new FormatException(where + ": \"" + key + "\": an object expected");
  }

  private void requireType(String key, String type) throws FormatException {
    Object found = root.get(key) instanceof Map<?, ?> map ? map.get(TYPE) : null;
    if (!type.equals(found)) {
      throw unknown(key, found);
    }
  }

  private void require(Map<?, ?> model, String key, Object usual) throws FormatException {
    Object found = model.get(key);
    if (found != null && !same(found, usual)) {
      throw unknown("model." + key, found);
    }
  }

  private static boolean same(Object found, Object usual) {
    return found instanceof Number a && usual instanceof Number b
        ? a.doubleValue() == b.doubleValue()
        : Objects.equals(found, usual);
  }

  private boolean flag(Map<?, ?> map, String key, boolean usual) throws FormatException {
    Object value = map.get(key);
    if (value == null) {
      return usual;
    }
    if (value instanceof Boolean b) {
      return b;
    }
    throw unknown(key, value);
  }

  private FormatException unknown(String key, Object value) {
    String found = Json.write(value);
    return new FormatException(
        where
            + ": \""
            + key
            + "\": "
            + (found.length() > SHOWN ? found.substring(0, SHOWN) + "…" : found)
            + " cannot be read; BERT's WordPiece and byte-level BPE can");
  }
}
