package limbeck.nlp.model;

import java.util.Arrays;
import java.util.List;
import limbeck.autograd.Var;
import limbeck.autograd.module.Dropout;
import limbeck.autograd.module.Linear;
import limbeck.engine.op.Abs;
import limbeck.engine.op.Relu;
import limbeck.kd.DropoutRates;
import limbeck.kd.data.Inputs;
import limbeck.nlp.data.TextInputs;
import limbeck.nlp.elmo.ElmoFeatures;
import limbeck.nlp.elmo.FrozenElmo;

/**
 * Vectors of words, an encoder that makes one of them, a rectified layer, and the classifier. Of
 * pairs, both texts go through the same encoder, to h and k, and the layer sees [h, k, |h − k|, h ·
 * k]: the networks of Tang et al. 2019, arXiv:1903.12136, section 3.1, whatever the encoder.
 *
 * <p>Beside a word's vector there may be what a frozen language model says of it in its place, see
 * {@link ElmoFeatures}: Peters et al. 2018, arXiv:1802.05365, section 3.3.
 *
 * <p>Dropout: of input, on the words' vectors; of hidden units, before the classifier. Taps: {@code
 * encoded} [batch, width of the encoder; of pairs four times that], and {@code pooled} [batch,
 * hidden], what the classifier sees.
 */
final class WordNetwork extends TextNetwork {
  private final WordEmbeddings words;
  private final FrozenElmo languageModel;
  private final ElmoFeatures elmo;
  private final ElmoInputs elmoInputs;
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
      FrozenElmo languageModel,
      SentenceEncoder encoder,
      int hidden,
      DropoutRates rates) {
    super(name, classes, coder, usualSteps);
    this.words = child("words", words);
    this.languageModel = languageModel;
    elmo = languageModel == null ? null : child("elmo", new ElmoFeatures(languageModel.config()));
    elmoInputs = elmo == null ? null : new ElmoInputs(languageModel, elmo, coder);
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
    int each = elmo == null ? 2 : 4;
    List<Var> first = in.subList(0, each);
    List<Var> second = coder().pairs() ? in.subList(each, 2 * each) : null;
    return forward(first, live(first), second, second == null ? null : live(second));
  }

  /** What the language model says of a text whose input tensors are given; null without one. */
  private List<Var> live(List<Var> text) {
    return elmo == null ? null : elmo.layers(text.get(2), text.get(3), text.get(0));
  }

  /** As above, with what the language model has said of a text before. */
  @Override
  public Var forward(Inputs in) {
    if (elmo == null) {
      return super.forward(in);
    }
    TextInputs texts = texts(in);
    List<Var> all = Arrays.stream(coder().alone().tensors(texts)).map(Var::of).toList();
    List<Var> first = all.subList(0, 2);
    List<Var> second = coder().pairs() ? all.subList(2, 4) : null;
    return forward(
        first,
        known(texts, false, first),
        second,
        second == null ? null : known(texts, true, second));
  }

  private List<Var> known(TextInputs texts, boolean second, List<Var> text) {
    return elmoInputs.layers(texts, second, text.get(0).shape().axis(1));
  }

  private Var forward(List<Var> first, List<Var> said, List<Var> second, List<Var> saidOfSecond) {
    Var h = encode(first, said, firstDropout);
    if (second != null) {
      Var k = encode(second, saidOfSecond, secondDropout);
      h = Var.concat(1, h, k, h.minus(k).apply(new Abs()), h.times(k));
    }
    Var pooled = tap("pooled", hidden.forward(tap("encoded", h)).apply(new Relu()));
    return classifier.forward(dropout.forward(pooled));
  }

  private Var encode(List<Var> text, List<Var> said, Dropout ofWords) {
    Var x = words.forward(text.get(0));
    Var all = said == null ? x : Var.concat(2, x, elmo.mixed(said));
    return encoder.forward(ofWords.forward(all), text.get(1));
  }

  /** The language model has the folder's weights, and keeps them. */
  @Override
  void beginWithin() {
    if (elmo != null) {
      elmo.encoder().load(languageModel.weights());
    }
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
