package limbeck.nlp.augment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import limbeck.engine.random.Philox;

/**
 * The words of each tag, and how often they came: from which another word of the same tag is drawn,
 * each as often as it came.
 */
final class TagWords {
  private final Map<String, List<String>> words = new TreeMap<>();
  private final Map<String, int[]> upTo = new TreeMap<>(); // how often it and those before came

  /** The words of tagged texts. */
  TagWords(List<List<String>> texts, List<List<String>> tags) {
    Map<String, Map<String, Integer>> counts = new TreeMap<>();
    for (int t = 0; t < texts.size(); t++) {
      for (int i = 0; i < texts.get(t).size(); i++) {
        counts
            .computeIfAbsent(tags.get(t).get(i), x -> new TreeMap<>())
            .merge(texts.get(t).get(i), 1, Integer::sum);
      }
    }
    counts.forEach(
        (tag, of) -> {
          words.put(tag, new ArrayList<>(of.keySet()));
          int[] sums = new int[of.size()];
          int at = 0;
          int sum = 0;
          for (int n : of.values()) {
            sum += n;
            sums[at++] = sum;
          }
          upTo.put(tag, sums);
        });
  }

  /** A word of a tag that has some. */
  String draw(String tag, Philox random, long index) {
    int[] sums = upTo.get(tag);
    int drawn = random.below(index, sums[sums.length - 1]);
    int low = 0;
    int high = sums.length - 1;
    while (low < high) { // the first whose sum is above what was drawn
      int middle = (low + high) >>> 1;
      if (sums[middle] > drawn) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return words.get(tag).get(low);
  }
}
