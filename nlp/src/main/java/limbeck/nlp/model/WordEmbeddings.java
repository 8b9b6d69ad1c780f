package limbeck.nlp.model;

import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.Embedding;
import limbeck.engine.tensor.Tensor;
import limbeck.nlp.text.WordVectors;

/**
 * Vectors of words that are learnt; or such as begin with those of a file; or these twice, once
 * learnt on and once frozen, side by side: the channels of Kim 2014, arXiv:1408.5882, section 3.1.
 * The word that fills up, number 0, is zeros and stays so.
 */
final class WordEmbeddings extends Module {
  /** Of words without a vector in the file, and of all where there is no file. */
  private static final double DEVIATION = 0.1;

  private static final String FROZEN = "frozen";

  private final Embedding learnt;
  private final Embedding frozen;
  private final int width;

  private WordEmbeddings(int words, int width, Init init, boolean channels) {
    learnt = child("learnt", new Embedding(words, width, 0, init));
    frozen = channels ? child(FROZEN, new Embedding(words, width, 0, init)) : null;
    this.width = channels ? 2 * width : width;
    freeze(path -> path.startsWith(FROZEN), true);
  }

  /** Vectors that are learnt from the beginning. */
  static WordEmbeddings fresh(int words, int width) {
    return new WordEmbeddings(words, width, Init.normal(DEVIATION), false);
  }

  /**
   * Vectors that begin with those of a file.
   *
   * @param channels whether they are there twice
   */
  static WordEmbeddings of(WordVectors vectors, boolean channels) {
    int words = vectors.vectors().shape().axis(0);
    int width = vectors.vectors().shape().last();
    Init fresh = Init.normal(DEVIATION);
    Init init =
        (t, random) -> {
          fresh.fill(t, random);
          vectors.known().stream().forEach(word -> copy(vectors.vectors(), word, t));
        };
    return new WordEmbeddings(words, width, init, channels);
  }

  private static void copy(Tensor from, int word, Tensor to) {
    int width = from.shape().last();
    for (int i = word * width; i < (word + 1) * width; i++) {
      to.set(i, from.get(i));
    }
  }

  /** Numbers of a word's vector, in all channels. */
  int width() {
    return width;
  }

  /** Vectors [batch, steps, width] of words, I32 [batch, steps]. */
  @Override
  public Var forward(Var ids) {
    Var vectors = learnt.forward(ids);
    return frozen == null ? vectors : Var.concat(2, vectors, frozen.forward(ids));
  }
}
