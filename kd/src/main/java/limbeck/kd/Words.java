package limbeck.kd;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Things that settings name by words, such as the constants of an enum.
 *
 * @param <T> what is named
 */
public final class Words<T> {
  private final String what;
  private final Map<String, T> byWord = new LinkedHashMap<>();

  /**
   * Things with their words.
   *
   * @param what one of them is called in messages: {@code data format}
   * @param word gives the word of each, no two the same
   */
  public Words(String what, List<T> things, Function<T, String> word) {
    this.what = what;
    things.forEach(thing -> byWord.put(word.apply(thing), thing));
  }

  /** All words, in the order of the things. */
  public List<String> all() {
    return List.copyOf(byWord.keySet());
  }

  /**
   * What a word names.
   *
   * @throws IllegalArgumentException if it names nothing, saying which words there are
   */
  public T of(String word) {
    T found = byWord.get(word);
    if (found == null) {
      throw new IllegalArgumentException(Nearest.none(what, word, List.of(), all()));
    }
    return found;
  }
}
