package limbeck.nlp.pretrain;

import java.util.List;
import java.util.Locale;
import limbeck.kd.Objective;
import limbeck.kd.Words;
import limbeck.kd.objective.MiniLm;
import limbeck.kd.objective.TinyBertLayers;

/** What a language model that is pretrained learns from its teacher. */
@SuppressWarnings("ImmutableEnumChecker") // methods are records
public enum PretrainMethod {
  /**
   * Guesses of hidden tokens, the tokens themselves, and directions of the last hidden states. Sanh
   * et al. 2019, arXiv:1910.01108.
   */
  DISTILBERT(null),

  /**
   * Layers alone: embeddings, hidden states and attention's scores. General distillation, the first
   * stage of Jiao et al. 2020, arXiv:1909.10351. Nothing is guessed: the head that guesses tokens
   * stays as it began.
   */
  TINYBERT(new TinyBertLayers()),

  /**
   * The last layer's attention and its values' relations alone. Wang et al. 2020, arXiv:2002.10957.
   * Nothing is guessed here either.
   */
  MINILM(new MiniLm());

  private static final Words<PretrainMethod> WORDS =
      new Words<>("method", List.of(values()), PretrainMethod::word);

  private final Objective inner;

  PretrainMethod(Objective inner) {
    this.inner = inner;
  }

  /** What is learnt of the teacher's inside; null where it is the guesses that are learnt. */
  Objective inner() {
    return inner;
  }

  /** How it is written. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The method that a word names.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static PretrainMethod of(String word) {
    return WORDS.of(word);
  }
}
