package limbeck.nlp.text;

import it.unimi.dsi.fastutil.ints.IntOpenHashSet;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BinaryOperator;
import java.util.function.DoubleConsumer;
import java.util.function.Function;

/**
 * Byte-pair encoding's training (Sennrich, Haddow, Birch 2016, arXiv 1508.07909): the most frequent
 * pair of neighbouring symbols becomes a symbol of its own, again and again. Of pairs that are
 * equally frequent the one of the smaller numbers is taken, so that the result depends on the words
 * and their counts alone.
 */
final class PairMerges {
  private static final int TOLD = 50; // symbols between two reports of progress

  /** A pair that became a symbol. */
  record Merge(int left, int right, int into) {}

  private record Candidate(long count, long pair) implements Comparable<Candidate> {
    @Override
    public int compareTo(Candidate other) {
      int byCount = Long.compare(other.count, count);
      return byCount != 0 ? byCount : Long.compare(pair, other.pair);
    }
  }

  private final List<String> symbols;
  private final Object2IntOpenHashMap<String> ids = new Object2IntOpenHashMap<>();
  private final int[][] words;
  private final long[] counts;
  private final BinaryOperator<String> joined;
  private final Long2LongOpenHashMap pairs = new Long2LongOpenHashMap();
  private final Long2ObjectOpenHashMap<IntOpenHashSet> places = new Long2ObjectOpenHashMap<>();
  private final PriorityQueue<Candidate> candidates = new PriorityQueue<>();
  private final List<Merge> merges = new ArrayList<>();

  /**
   * A training at its start.
   *
   * @param symbols the first ones, by number
   * @param counted words with how often they occur
   * @param split the first symbols of a word; words with others are left out
   * @param joined the text of two symbols as one
   */
  PairMerges(
      List<String> symbols,
      List<WordCounts.Count> counted,
      Function<String, List<String>> split,
      BinaryOperator<String> joined) {
    this.symbols = new ArrayList<>(symbols);
    this.joined = joined;
    ids.defaultReturnValue(-1);
    for (int i = 0; i < symbols.size(); i++) {
      ids.put(symbols.get(i), i);
    }
    this.words = counted.stream().map(c -> numbers(split.apply(c.word()))).toArray(int[][]::new);
    this.counts = counted.stream().mapToLong(WordCounts.Count::count).toArray();
    LongOpenHashSet changed = new LongOpenHashSet();
    for (int w = 0; w < words.length; w++) {
      count(w, counts[w], changed);
    }
    offer(changed);
  }

  private int[] numbers(List<String> texts) {
    int[] numbers = texts.stream().mapToInt(ids::getInt).toArray();
    return Arrays.stream(numbers).anyMatch(n -> n < 0) ? new int[0] : numbers;
  }

  /**
   * Joins until there are so many symbols, or no pair is frequent enough.
   *
   * @param size of the symbols, those of the start included
   * @param least how often a pair must occur
   * @param progress is told now and then what share of the symbols there is, and 1 in the end
   */
  void run(int size, long least, DoubleConsumer progress) {
    int first = symbols.size();
    joinUntil(size, least, progress, first);
    progress.accept(1);
  }

  private void joinUntil(int size, long least, DoubleConsumer progress, int first) {
    while (symbols.size() < size && !candidates.isEmpty()) {
      Candidate best = candidates.poll();
      if (best.count != pairs.get(best.pair)) {
        continue; // counted anew since; the right count stands elsewhere in the queue
      }
      if (best.count < Math.max(1, least)) {
        return;
      }
      merge((int) (best.pair >>> 32), (int) best.pair);
      if (symbols.size() % TOLD == 0) {
        progress.accept((double) (symbols.size() - first) / (size - first));
      }
    }
  }

  /** All symbols, by number. */
  List<String> symbols() {
    return symbols;
  }

  /** What was joined, in order. */
  List<Merge> merges() {
    return merges;
  }

  private void merge(int left, int right) {
    int into = symbol(joined.apply(symbols.get(left), symbols.get(right)));
    merges.add(new Merge(left, right, into));
    long pair = pair(left, right);
    LongOpenHashSet changed = new LongOpenHashSet();
    for (int w : places.remove(pair).toIntArray()) {
      count(w, -counts[w], changed);
      words[w] = replaced(words[w], left, right, into);
      count(w, counts[w], changed);
    }
    pairs.remove(pair);
    changed.remove(pair);
    offer(changed);
  }

  /** Two ways of joining may lead to one text. */
  private int symbol(String text) {
    int id = ids.getInt(text);
    if (id < 0) {
      id = symbols.size();
      symbols.add(text);
      ids.put(text, id);
    }
    return id;
  }

  private void count(int word, long times, LongOpenHashSet changed) {
    int[] w = words[word];
    for (int i = 1; i < w.length; i++) {
      long pair = pair(w[i - 1], w[i]);
      pairs.addTo(pair, times);
      changed.add(pair);
      if (times > 0) {
        places.computeIfAbsent(pair, p -> new IntOpenHashSet()).add(word);
      }
    }
  }

  private void offer(LongOpenHashSet changed) {
    for (long pair : changed) {
      long count = pairs.get(pair);
      if (count > 0) {
        candidates.add(new Candidate(count, pair));
      }
    }
  }

  /** A word in which each pair, from the left, is one symbol. */
  static int[] replaced(int[] word, int left, int right, int into) {
    int[] shorter = new int[word.length];
    int n = 0;
    for (int i = 0; i < word.length; i++) {
      boolean here = i + 1 < word.length && word[i] == left && word[i + 1] == right;
      shorter[n++] = here ? into : word[i];
      i += here ? 1 : 0;
    }
    return Arrays.copyOf(shorter, n);
  }

  private static long pair(int left, int right) {
    return (long) left << 32 | right;
  }
}
