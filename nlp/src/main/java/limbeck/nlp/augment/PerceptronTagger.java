package limbeck.nlp.augment;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import limbeck.engine.random.Philox;
import limbeck.nlp.data.TaggedSentence;

/**
 * Tags the words of a sentence, such as by their part of speech, from left to right: each gets the
 * tag whose weights for its {@link Features} have the largest sum. The weights are learnt as those
 * of an averaged perceptron: M. Collins, Discriminative Training Methods for Hidden Markov Models,
 * EMNLP 2002, section 2; without search. Integer arithmetic: the same tags everywhere.
 */
public final class PerceptronTagger {
  private static final int EPOCHS = 5;
  private static final long ORDER = 0x54414753; // "TAGS"

  private final List<String> tags;
  private final Map<String, long[]> weights;

  private PerceptronTagger(List<String> tags, Map<String, long[]> weights) {
    this.tags = tags;
    this.weights = weights;
  }

  /** Weights on their way: the sum over all steps is kept by adding what came when. */
  private static final class Learner {
    private final List<String> tags;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, long[]> now = new HashMap<>();
    private final Map<String, long[]> sums = new HashMap<>();
    private long step;

    Learner(List<String> tags) {
      this.tags = tags;
      for (String tag : tags) {
        numbers.put(tag, numbers.size());
      }
    }

    void learn(TaggedSentence s) {
      String[] given = new String[s.words().size()];
      for (int i = 0; i < given.length; i++) {
        String[] features = Features.of(s.words(), i, given);
        int guess = best(now, features, tags.size());
        int right = numbers.get(s.tags().get(i));
        step++;
        if (guess != right) {
          for (String f : features) {
            add(f, right, 1);
            add(f, guess, -1);
          }
        }
        given[i] = tags.get(guess);
      }
    }

    /** A change that came at step t counts in the averages for all steps from t on. */
    private void add(String feature, int tag, long change) {
      now.computeIfAbsent(feature, f -> new long[tags.size()])[tag] += change;
      sums.computeIfAbsent(feature, f -> new long[tags.size()])[tag] += change * (step - 1);
    }

    /** Averages times the number of steps, which makes no difference to which is the largest. */
    Map<String, long[]> averages() {
      Map<String, long[]> averages = new HashMap<>();
      now.forEach(
          (feature, w) -> {
            long[] late = sums.get(feature);
            long[] average = new long[w.length];
            for (int k = 0; k < w.length; k++) {
              average[k] = w[k] * step - late[k];
            }
            averages.put(feature, average);
          });
      return averages;
    }
  }

  /**
   * Learns from sentences with their tags, in five passes of random orders.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static PerceptronTagger of(List<TaggedSentence> sentences) {
    if (sentences.isEmpty()) {
      throw new IllegalArgumentException("tagger: there is no sentence to learn from");
    }
    TreeSet<String> tags = new TreeSet<>();
    sentences.forEach(s -> tags.addAll(s.tags()));
    Learner learner = new Learner(List.copyOf(tags));
    int[] order = new int[sentences.size()];
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      new Philox(0).stream(ORDER).stream(epoch).permutation(order);
      for (int i : order) {
        learner.learn(sentences.get(i));
      }
    }
    return new PerceptronTagger(learner.tags, learner.averages());
  }

  /** A tag for each word. */
  public List<String> tag(List<String> words) {
    String[] given = new String[words.size()];
    for (int i = 0; i < given.length; i++) {
      given[i] = tags.get(best(weights, Features.of(words, i, given), tags.size()));
    }
    return List.of(given);
  }

  /** The share of words that get their tag. */
  public double accuracy(List<TaggedSentence> sentences) {
    long right = 0;
    long all = 0;
    for (TaggedSentence s : sentences) {
      List<String> said = tag(s.words());
      for (int i = 0; i < said.size(); i++) {
        right += said.get(i).equals(s.tags().get(i)) ? 1 : 0;
        all++;
      }
    }
    return (double) right / Math.max(1, all);
  }

  /** Of equal sums the first tag's. */
  private static int best(Map<String, long[]> weights, String[] features, int tags) {
    long[] sums = new long[tags];
    for (String f : features) {
      long[] w = weights.get(f);
      for (int k = 0; w != null && k < tags; k++) {
        sums[k] += w[k];
      }
    }
    int best = 0;
    for (int k = 1; k < tags; k++) {
      best = sums[k] > sums[best] ? k : best;
    }
    return best;
  }
}
