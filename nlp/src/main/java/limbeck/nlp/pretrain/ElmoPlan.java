package limbeck.nlp.pretrain;

import java.util.List;
import limbeck.nlp.elmo.ElmoConfig;

/**
 * What a pretraining is to be: all that its numbers depend on.
 *
 * @param sources of text, as {@link limbeck.nlp.data.TextLines} has them
 * @param config of the model; there are fewer words to guess if the texts have fewer
 * @param longest words of a sentence: longer lines become several
 * @param settings of the training
 */
public record ElmoPlan(
    List<String> sources, ElmoConfig config, int longest, ElmoSettings settings) {
  /**
   * Checks what can be checked by itself.
   *
   * @throws IllegalArgumentException if something makes no sense
   */
  public ElmoPlan {
    sources = List.copyOf(sources);
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("pretraining: no text; name a file at least");
    }
    if (longest < 1 || longest > SentenceFile.LONGEST) {
      throw new IllegalArgumentException(
          "pretraining: sentences of "
              + longest
              + " words; 1 to "
              + SentenceFile.LONGEST
              + " expected");
    }
  }
}
