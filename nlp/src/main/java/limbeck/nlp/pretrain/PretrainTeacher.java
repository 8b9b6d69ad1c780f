package limbeck.nlp.pretrain;

import limbeck.nlp.model.MaskedLanguageModel;

/**
 * Who teaches a language model while it is pretrained, and what of the loss is his: {@code soft} ·
 * T² KL of the guesses + {@code hard} · cross-entropy + {@code cosine} · distance of the last
 * hidden states. Sanh et al. 2019, arXiv:1910.01108, section 3; the released weights are 5, 2 and 1
 * at T = 2.
 *
 * <p>By other methods his inside alone counts, and none of the weights.
 *
 * @param model frozen, in evaluation mode
 * @param method what is learnt from him
 * @param soft weight of the teacher's guesses
 * @param hard weight of the hidden tokens themselves
 * @param cosine weight of the directions of hidden states
 * @param temperature T
 */
public record PretrainTeacher(
    MaskedLanguageModel model,
    PretrainMethod method,
    double soft,
    double hard,
    double cosine,
    double temperature) {
  /** As DistilBERT was taught. */
  public PretrainTeacher(
      MaskedLanguageModel model, double soft, double hard, double cosine, double temperature) {
    this(model, PretrainMethod.DISTILBERT, soft, hard, cosine, temperature);
  }

  /**
   * Checks the weights.
   *
   * @throws IllegalArgumentException if one is below 0, or all are 0
   */
  public PretrainTeacher {
    boolean weights = soft >= 0 && hard >= 0 && cosine >= 0 && soft + hard + cosine > 0;
    if (!weights || !(temperature > 0)) {
      throw new IllegalArgumentException(
          "pretraining: weights "
              + soft
              + ", "
              + hard
              + ", "
              + cosine
              + " at temperature "
              + temperature
              + ": from 0 on, one above it, and a temperature above 0 expected");
    }
    model.evaluate();
  }

  /** Whether his guesses are learnt. */
  boolean guesses() {
    return method.inner() == null;
  }
}
