package limbeck.nlp.text;

import it.unimi.dsi.fastutil.objects.Object2LongOpenHashMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How often words occur. Lists come most frequent first, equally frequent ones by their text. */
public final class WordCounts {
  /**
   * A word and how often it occurs.
   *
   * @param word the word
   * @param count from 1
   */
  public record Count(String word, long count) {}

  private final Object2LongOpenHashMap<String> counts = new Object2LongOpenHashMap<>();

  /** Nothing counted yet. */
  public WordCounts() {}

  /** Counts a word once. */
  public void add(String word) {
    counts.addTo(word, 1);
  }

  /** Counts a word so many times more. */
  public void add(String word, long times) {
    counts.addTo(word, times);
  }

  /** How often a word was counted. */
  public long count(String word) {
    return counts.getLong(word);
  }

  /** How many different words there are. */
  public int size() {
    return counts.size();
  }

  /** All words, most frequent first. */
  public List<Count> byFrequency() {
    List<Count> all = new ArrayList<>(counts.size());
    counts.forEach((word, count) -> all.add(new Count(word, count)));
    all.sort(Comparator.comparingLong(Count::count).reversed().thenComparing(Count::word));
    return all;
  }

  /** How often each character occurs in the words. */
  WordCounts characters() {
    WordCounts characters = new WordCounts();
    counts.forEach(
        (word, count) ->
            word.codePoints().forEach(c -> characters.add(Character.toString(c), count)));
    return characters;
  }
}
