package limbeck.nlp.model;

import java.util.List;
import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.AttentionMask;
import limbeck.autograd.module.Dropout;
import limbeck.autograd.module.Embedding;
import limbeck.autograd.module.LayerNorm;
import limbeck.autograd.module.Positions;
import limbeck.autograd.module.TransformerEncoder;
import limbeck.autograd.module.TransformerEncoderLayer;

/**
 * The encoder of BERT (Devlin et al. 2019, arXiv 1810.04805) and DistilBERT (Sanh et al. 2019,
 * arXiv 1910.01108): the sum of vectors for token, position and segment, normalised; then
 * transformer layers with norms last. A vector for each step, which knows of all steps of its
 * sequence and of none behind its end.
 *
 * <p>Taps: {@code embeddings}, and {@code layer1}, {@code layer2} … the results of the layers, each
 * [batch, steps, width]; {@code cls1}, {@code cls2} … the first step of these alone, [batch,
 * width], which is that of the token {@code [CLS]}; and those of {@link
 * limbeck.autograd.module.MultiHeadAttention}.
 *
 * <p>Weights in files go by Hugging Face's names: {@link BertNames}.
 */
public final class Bert extends Module {
  private final BertConfig config;
  private final Embedding words;
  private final Positions positions;
  private final Embedding segments;
  private final LayerNorm norm;
  private final Dropout dropout;
  private final List<TransformerEncoderLayer> layers;

  /** An encoder without values yet. */
  public Bert(BertConfig config) {
    this.config = config;
    Init init = Init.normal(config.deviation());
    words =
        child("words", new Embedding(config.vocabulary(), config.width(), config.padding(), init));
    positions = child("positions", Positions.learned(config.width(), config.positions(), init));
    segments =
        config.segments() == 0
            ? null
            : child("segments", new Embedding(config.segments(), config.width(), -1, init));
    norm = child("norm", new LayerNorm(config.width(), config.epsilon()));
    dropout = child("dropout", new Dropout(config.dropout()));
    TransformerEncoder encoder =
        child("encoder", new TransformerEncoder(config.settings(), config.layers(), false));
    layers = encoder.layers();
  }

  /** Its sizes and choices. */
  public BertConfig config() {
    return config;
  }

  /** The table of token vectors [vocabulary, width]. */
  public Embedding words() {
    return words;
  }

  /** Sequences of the full length, all of the first segment: ids, I32 [batch, steps]. */
  @Override
  public Var forward(Var ids) {
    return encode(embed(ids, null), AttentionMask.NONE);
  }

  /**
   * A vector for each step [batch, steps, width]; those behind a sequence's end mean nothing.
   *
   * @throws limbeck.engine.tensor.ShapeException if there are more steps than positions, or an id
   *     is no token
   */
  public Var forward(Tokens tokens) {
    return encode(embed(tokens.ids(), tokens.segments()), AttentionMask.lengths(tokens.lengths()));
  }

  private Var embed(Var ids, Var kinds) {
    Var sum = words.forward(ids);
    if (segments != null) {
      sum = sum.plus(kinds == null ? firstSegment() : segments.forward(kinds));
    }
    return tap("embeddings", dropout.forward(norm.forward(positions.forward(sum))));
  }

  /** The vector of segment 0 for every step: [1, width] is broadcast. */
  private Var firstSegment() {
    return segments.weight().slice(0, 0, 1);
  }

  private Var encode(Var embedded, AttentionMask mask) {
    Var h = embedded;
    for (int i = 0; i < layers.size(); i++) {
      h = tap("layer" + (i + 1), layers.get(i).forward(h, mask));
      if (asked("cls" + (i + 1))) {
        tap("cls" + (i + 1), first(h));
      }
    }
    return h;
  }

  /** The vectors of the first steps, [batch, width]. */
  Var first(Var steps) {
    return steps.slice(1, 0, 1).reshape(-1, config.width());
  }
}
