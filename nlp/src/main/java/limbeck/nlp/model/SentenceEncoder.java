package limbeck.nlp.model;

import limbeck.autograd.Module;
import limbeck.autograd.Var;

/** Makes one vector of a sequence of vectors. Steps behind a sequence's end change nothing. */
abstract class SentenceEncoder extends Module {
  private final int width;

  SentenceEncoder(int width) {
    this.width = width;
  }

  /** Numbers of the vector. */
  final int width() {
    return width;
  }

  /**
   * Vectors [batch, width].
   *
   * @param x [batch, steps, in], zeros behind a sequence's end
   * @param lengths I32 [batch], from 0 to steps
   */
  abstract Var forward(Var x, Var lengths);

  /** Nothing: sequences have lengths. */
  @Override
  public final Var forward(Var x) {
    throw new UnsupportedOperationException("sequences have lengths");
  }
}
