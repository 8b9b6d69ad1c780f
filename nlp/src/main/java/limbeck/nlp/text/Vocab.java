package limbeck.nlp.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.HeapBudget;

/** Tokens and their numbers, 0 to size − 1. Immutable. */
public final class Vocab {
  /** The most tokens there may be. */
  public static final int MOST = 10_000_000;

  private static final int LONGEST = 1_000;

  /** What a token takes beside its characters, and its number with it. */
  private static final long TOKEN_BYTES = 150;

  private static final long MOST_BYTES = 1L << 30;

  private final List<String> tokens;
  private final Map<String, Integer> ids;

  private Vocab(List<String> tokens, Map<String, Integer> ids) {
    this.tokens = tokens;
    this.ids = ids;
  }

  /**
   * A vocabulary of these tokens, numbered as they come.
   *
   * @throws IllegalArgumentException if there is none, one is empty or longer than 1,000
   *     characters, one is there twice, or there are more than {@link #MOST}
   */
  public static Vocab of(List<String> tokens) {
    try {
      return checked("vocabulary", tokens);
    } catch (FormatException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /**
   * Reads a {@code vocab.txt}: UTF-8, a token a line, the first line is number 0.
   *
   * @throws FormatException if it is not that, or a limit of {@link #of} is broken; names the line
   * @throws IOException if it cannot be read
   */
  public static Vocab read(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new FormatException(file + ": a vocabulary of more than " + MOST_BYTES + " bytes");
    }
    HeapBudget budget = new HeapBudget(file.toString());
    budget.take(4 * Files.size(file));
    String text = decode(file, Files.readAllBytes(file));
    List<String> tokens = new ArrayList<>();
    for (int from = 0; from < text.length(); ) {
      int end = text.indexOf('\n', from);
      int to = end < 0 ? text.length() : end;
      budget.take(TOKEN_BYTES + 2L * (to - from));
      boolean carriage = to > from && text.charAt(to - 1) == '\r';
      tokens.add(text.substring(from, carriage ? to - 1 : to));
      from = to + 1;
    }
    return checked(file.toString(), tokens);
  }

  private static String decode(Path file, byte[] bytes) throws FormatException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      throw new FormatException(file + ": a vocabulary must be UTF-8, and this is not", e);
    }
  }

  private static Vocab checked(String where, List<String> tokens) throws FormatException {
    if (tokens.isEmpty() || tokens.size() > MOST) {
      throw new FormatException(
          where + ": 1 to " + MOST + " tokens expected, there are " + tokens.size());
    }
    Map<String, Integer> ids = new HashMap<>(2 * tokens.size());
    for (int i = 0; i < tokens.size(); i++) {
      String token = tokens.get(i);
      if (token.isEmpty() || token.length() > LONGEST) {
        throw new FormatException(
            where
                + ":"
                + (i + 1)
                + ": a token of 1 to "
                + LONGEST
                + " characters expected, found "
                + token.length());
      }
      Integer before = ids.putIfAbsent(token, i);
      if (before != null) {
        throw new FormatException(
            where
                + ":"
                + (i + 1)
                + ": "
                + FormatException.quote(token)
                + " is there already, at line "
                + (before + 1));
      }
    }
    return new Vocab(List.copyOf(tokens), ids);
  }

  /** How many tokens there are. */
  public int size() {
    return tokens.size();
  }

  /** The number of a token; −1 if it is not there. */
  public int id(String token) {
    return ids.getOrDefault(token, -1);
  }

  /**
   * The number of a token that must be there.
   *
   * @throws IllegalArgumentException if it is not
   */
  public int require(String token) {
    int id = id(token);
    if (id < 0) {
      throw new IllegalArgumentException(
          "vocabulary of " + size() + " tokens: there is no " + FormatException.quote(token));
    }
    return id;
  }

  /**
   * The token of a number.
   *
   * @throws IndexOutOfBoundsException if there is none
   */
  public String token(int id) {
    return tokens.get(id);
  }

  /** All tokens, by number. */
  public List<String> tokens() {
    return tokens;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Vocab v && tokens.equals(v.tokens);
  }

  @Override
  public int hashCode() {
    return tokens.hashCode();
  }

  @Override
  public String toString() {
    return "vocabulary of " + size() + " tokens";
  }
}
