package limbeck.nlp.model;

import java.util.List;
import limbeck.autograd.Var;
import limbeck.autograd.module.Dropout;
import limbeck.autograd.module.Linear;
import limbeck.engine.op.Abs;
import limbeck.engine.op.Relu;
import limbeck.kd.DropoutRates;

/**
 * Vectors of words, an encoder that makes one of them, a rectified layer, and the classifier. Of
 * pairs, both texts go through the same encoder, to h and k, and the layer sees [h, k, |h − k|, h ·
 * k]: the networks of Tang et al. 2019, arXiv:1903.12136, section 3.1, whatever the encoder.
 *
 * <p>Dropout: of input, on the words' vectors; of hidden units, before the classifier. Taps: {@code
 * encoded} [batch, width of the encoder; of pairs four times that], and {@code pooled} [batch,
 * hidden], what the classifier sees.
 */
final class WordNetwork extends TextNetwork {
  private final WordEmbeddings words;
  private final Dropout firstDropout;
  private final Dropout secondDropout;
  private final SentenceEncoder encoder;
  private final Linear hidden;
  private final Dropout dropout;
  private final Linear classifier;

  WordNetwork(
      String name,
      int classes,
      TextCoder coder,
      int usualSteps,
      WordEmbeddings words,
      SentenceEncoder encoder,
      int hidden,
      DropoutRates rates) {
    super(name, classes, coder, usualSteps);
    this.words = child("words", words);
    firstDropout = child("firstDropout", new Dropout(rates.input()));
    secondDropout = coder.pairs() ? child("secondDropout", new Dropout(rates.input())) : null;
    this.encoder = child("encoder", encoder);
    int features = encoder.width() * (coder.pairs() ? 4 : 1);
    this.hidden = child("hidden", new Linear(features, hidden));
    dropout = child("dropout", new Dropout(rates.hidden()));
    classifier = child("classifier", new Linear(hidden, classes));
  }

  @Override
  public Var forward(List<Var> in) {
    Var h = encode(in.get(0), in.get(1), firstDropout);
    if (coder().pairs()) {
      Var k = encode(in.get(2), in.get(3), secondDropout);
      h = Var.concat(1, h, k, h.minus(k).apply(new Abs()), h.times(k));
    }
    Var pooled = tap("pooled", hidden.forward(tap("encoded", h)).apply(new Relu()));
    return classifier.forward(dropout.forward(pooled));
  }

  private Var encode(Var ids, Var lengths, Dropout ofWords) {
    return encoder.forward(ofWords.forward(words.forward(ids)), lengths);
  }

  @Override
  public List<Linear> classifiers() {
    return List.of(classifier);
  }

  @Override
  public List<Linear> hiddenLayers() {
    return List.of(hidden);
  }
}
