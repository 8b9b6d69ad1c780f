package limbeck.nlp.elmo;

import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.Dropout;
import limbeck.autograd.module.Linear;
import limbeck.engine.op.layout.Gather;

/**
 * A language model in both directions: an {@link ElmoEncoder}, and one softmax over all words of
 * the vocabulary that both directions guess by. The states behind a word guess the word after it,
 * those of the other direction the word before it.
 */
public final class BiLanguageModel extends Module {
  private final ElmoEncoder encoder;
  private final Dropout dropout;
  private final Linear softmax;

  /** A model without values. */
  public BiLanguageModel(ElmoConfig config) {
    encoder = child("encoder", new ElmoEncoder(config));
    dropout = child("dropout", new Dropout(config.dropout()));
    softmax = child("softmax", new Linear(config.width(), config.vocabulary()));
  }

  /** What is used of it for tasks. */
  public ElmoEncoder encoder() {
    return encoder;
  }

  /**
   * Guesses: logits [places, vocabulary], first those of the forward direction.
   *
   * @param states of a batch [batch, steps, width]
   * @param next places whose next word is guessed, batch · steps + step, I32
   * @param previous places whose previous word is guessed
   */
  public Var guesses(ElmoEncoder.States states, Var next, Var previous) {
    int last = states.forward().size() - 1;
    Var both =
        Var.concat(
            0, rows(states.forward().get(last), next), rows(states.backward().get(last), previous));
    return softmax.forward(dropout.forward(both));
  }

  private static Var rows(Var states, Var places) {
    return states.reshape(-1, states.shape().last()).apply(new Gather(0), places);
  }

  /** Nothing: sequences have lengths. */
  @Override
  public Var forward(Var x) {
    throw new UnsupportedOperationException("sequences have lengths");
  }
}
