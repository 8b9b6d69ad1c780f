package limbeck.nlp.pretrain;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import limbeck.nlp.text.TokenizerFile;

/**
 * What a pretraining is to be: all that its numbers depend on.
 *
 * @param sources of text, as {@link limbeck.nlp.data.TextLines} has them
 * @param vocab a file of tokens; null: that of {@code start}, or learnt from the texts
 * @param vocabSize of a vocabulary that is learnt
 * @param layers of the encoder
 * @param width of each step's vector
 * @param heads of each attention
 * @param dropout in training
 * @param deviation of initial weights
 * @param sines whether the learnt table of positions begins as sines and cosines
 * @param masked share of tokens that are hidden
 * @param steps of a block
 * @param start a model whose weights it begins with; null: none
 * @param teacher folder of a model that teaches; null: nobody
 * @param copied numbers of the teacher's layers, from 0, that the student's begin with; empty:
 *     none, and all weights are drawn
 * @param method what is learnt from the teacher; by others than DistilBERT's the weights that
 *     follow mean nothing
 * @param soft weight of the teacher's guesses
 * @param hard weight of the hidden tokens, where somebody teaches
 * @param cosine weight of the directions of hidden states
 * @param temperature of the guesses
 * @param settings of the training
 */
public record PretrainPlan(
    List<String> sources,
    Path vocab,
    int vocabSize,
    int layers,
    int width,
    int heads,
    double dropout,
    double deviation,
    boolean sines,
    double masked,
    int steps,
    PretrainStart start,
    Path teacher,
    List<Integer> copied,
    PretrainMethod method,
    double soft,
    double hard,
    double cosine,
    double temperature,
    PretrainSettings settings) {
  /**
   * Checks what can be checked by itself.
   *
   * @throws IllegalArgumentException if something makes no sense
   */
  public PretrainPlan {
    sources = List.copyOf(sources);
    copied = List.copyOf(copied);
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("pretraining: no text; name a file at least");
    }
    requireAsMany(layers, "the teacher's", copied);
    if (start != null) {
      requireAsMany(layers, "another model's", start.layers());
      vocab = vocab == null ? start.folder().resolve(TokenizerFile.VOCAB) : vocab;
    }
    if (!copied.isEmpty() && start != null) {
      throw new IllegalArgumentException(
          "pretraining: begins with layers of its teacher, or of another model; not of both");
    }
    if (method != PretrainMethod.DISTILBERT && teacher == null) {
      throw new IllegalArgumentException(
          "pretraining: method " + method.word() + " needs a teacher; name its folder");
    }
    if (!copied.isEmpty() && teacher == null) {
      throw new IllegalArgumentException(
          "pretraining: layers " + copied + " are a teacher's; name its folder");
    }
  }

  private static void requireAsMany(int layers, String whose, List<Integer> numbers) {
    if (!numbers.isEmpty() && numbers.size() != layers) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "pretraining: %d layers begin with %d of %s %s; as many expected",
              layers,
              numbers.size(),
              whose,
              numbers));
    }
  }
}
