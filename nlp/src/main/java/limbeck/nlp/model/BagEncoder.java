package limbeck.nlp.model;

import limbeck.autograd.Var;
import limbeck.engine.op.nn.MeanSteps;

/**
 * The mean of the words' vectors, whatever their order: Iyyer et al. 2015, Deep Unordered
 * Composition Rivals Syntactic Methods for Text Classification.
 */
final class BagEncoder extends SentenceEncoder {
  /** An encoder of vectors of {@code in} numbers. */
  BagEncoder(int in) {
    super(in);
  }

  @Override
  Var forward(Var x, Var lengths) {
    return x.apply(new MeanSteps(), lengths);
  }
}
