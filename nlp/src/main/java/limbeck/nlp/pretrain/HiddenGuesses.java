package limbeck.nlp.pretrain;

import limbeck.engine.tensor.Tensor;

/**
 * What logits say of hidden tokens, in double arithmetic.
 *
 * @param loss sum of cross-entropies
 * @param right how many have the largest logit
 */
record HiddenGuesses(double loss, int right) {
  /** Of logits [hidden, vocabulary] and the tokens that were hidden. */
  static HiddenGuesses of(Tensor logits, Tensor labels, int vocabulary) {
    double loss = 0;
    int right = 0;
    float[] z = logits.floats();
    for (int i = 0; i < labels.size(); i++) {
      int from = logits.offset() + i * vocabulary;
      int label = labels.ints()[labels.offset() + i];
      int best = 0;
      for (int k = 1; k < vocabulary; k++) {
        best = z[from + k] > z[from + best] ? k : best;
      }
      double sum = 0;
      for (int k = 0; k < vocabulary; k++) {
        sum += StrictMath.exp((double) z[from + k] - z[from + best]);
      }
      loss += StrictMath.log(sum) + z[from + best] - z[from + label];
      right += best == label ? 1 : 0;
    }
    return new HiddenGuesses(loss, right);
  }
}
