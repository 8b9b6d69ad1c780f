package limbeck.nlp.data.generated;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import limbeck.engine.random.Philox;
import limbeck.kd.Words;
import limbeck.nlp.data.TextDataset;
import limbeck.nlp.data.TextExample;

/** Tasks on texts that are drawn by rules: the same texts for the same seed, everywhere. */
@SuppressWarnings("ImmutableEnumChecker") // lists are made by List.of, lambdas hold nothing
public enum GeneratedTask {
  /** Opinions with negation and contrast: {@link Sentiment}. */
  SENTIMENT("generated-sentiment", Sentiment.CLASSES, Sentiment::draw),

  /** Premise and hypothesis with quantifiers: {@link Entailment}. */
  ENTAILMENT("generated-entailment", Entailment.CLASSES, Entailment::draw),

  /** Pairs of sentences that say the same or not: {@link Paraphrase}. */
  PARAPHRASE("generated-paraphrase", Paraphrase.CLASSES, Paraphrase::draw),

  /** How alike two sentences are, a score from 0 to 5: {@link Similarity}. */
  SIMILARITY("generated-similarity", List.of(), Similarity::draw);

  private static final Words<GeneratedTask> WORDS =
      new Words<>("task", List.of(values()), GeneratedTask::word);

  private final String word;
  private final List<String> classes; // none where the target is a score
  private final Function<Dice, TextExample> draw;

  GeneratedTask(String word, List<String> classes, Function<Dice, TextExample> draw) {
    this.word = word;
    this.classes = classes;
    this.draw = draw;
  }

  /** The word that names it in settings. */
  public String word() {
    return word;
  }

  /** All words. */
  public static List<String> words() {
    return WORDS.all();
  }

  /**
   * The task that a word names.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static GeneratedTask of(String word) {
    return WORDS.of(word);
  }

  /**
   * Draws a set.
   *
   * @param name of the set
   * @param size how many examples; texts may come several times
   */
  public TextDataset draw(String name, long seed, int size) {
    List<TextExample> examples = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      examples.add(draw.apply(new Dice(new Philox(seed).stream(ordinal()).stream(i))));
    }
    return classes.isEmpty()
        ? TextDataset.scored(name, examples)
        : new TextDataset(name, classes, examples);
  }
}
