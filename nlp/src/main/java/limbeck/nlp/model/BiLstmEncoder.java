package limbeck.nlp.model;

import limbeck.autograd.Var;
import limbeck.autograd.module.BiLstm;

/**
 * One layer of LSTM in both directions, whose last states are put side by side: the encoder of Tang
 * et al. 2019, arXiv:1903.12136, section 3.1.
 */
final class BiLstmEncoder extends SentenceEncoder {
  private final BiLstm lstm;

  /** An encoder of vectors of {@code in} numbers, of so many units in each direction. */
  BiLstmEncoder(int in, int hidden) {
    super(2 * hidden);
    lstm = child("lstm", new BiLstm(in, hidden));
  }

  @Override
  Var forward(Var x, Var lengths) {
    return lstm.ends(x, lengths);
  }
}
