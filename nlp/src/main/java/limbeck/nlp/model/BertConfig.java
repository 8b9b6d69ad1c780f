package limbeck.nlp.model;

import java.util.Map;
import java.util.TreeMap;
import limbeck.autograd.module.TransformerSettings;
import limbeck.engine.op.ElementwiseOp;
import limbeck.engine.op.Gelu;
import limbeck.engine.op.GeluTanh;
import limbeck.engine.op.Relu;
import limbeck.engine.op.Silu;

/**
 * Sizes and choices of a BERT (Devlin et al. 2019, arXiv 1810.04805) or DistilBERT (Sanh et al.
 * 2019, arXiv 1910.01108): what a {@code config.json} says of the network.
 *
 * @param family which of the two: DistilBERT has no segments and no pooler
 * @param vocabulary how many tokens there are
 * @param width of each step's vector (hidden_size)
 * @param layers of the encoder (num_hidden_layers)
 * @param heads of each attention (num_attention_heads)
 * @param hidden units between the two linear maps of a layer (intermediate_size)
 * @param activation of these units: gelu, gelu_new, gelu_pytorch_tanh, relu or silu (hidden_act)
 * @param dropout of embeddings and of each part's result (hidden_dropout_prob)
 * @param attentionDropout of attention weights (attention_probs_dropout_prob)
 * @param positions the most steps of a sequence (max_position_embeddings)
 * @param segments how many kinds of text a sequence has (type_vocab_size); 0 for DistilBERT
 * @param epsilon of the norms (layer_norm_eps)
 * @param deviation of the initial weights (initializer_range)
 * @param padding the token that fills up sequences (pad_token_id)
 */
public record BertConfig(
    Family family,
    int vocabulary,
    int width,
    int layers,
    int heads,
    int hidden,
    String activation,
    double dropout,
    double attentionDropout,
    int positions,
    int segments,
    double epsilon,
    double deviation,
    int padding) {

  /** Which network it is. */
  public enum Family {
    /** With segments, and a pooler before the classifier. */
    BERT,

    /** Without segments and pooler; a layer of its own before the classifier. */
    DISTILBERT
  }

  private static final Map<String, ElementwiseOp> ACTIVATIONS =
      new TreeMap<>(
          Map.of(
              "gelu", new Gelu(),
              "gelu_new", new GeluTanh(),
              "gelu_pytorch_tanh", new GeluTanh(),
              "relu", new Relu(),
              "silu", new Silu()));

  /** The greatest size that is believed. */
  private static final int MOST = 1 << 24;

  /**
   * Checks sizes and choices.
   *
   * @throws IllegalArgumentException naming the first that is out of range
   */
  public BertConfig {
    require("vocab_size", vocabulary, 1);
    require("hidden_size", width, 1);
    require("num_hidden_layers", layers, 1);
    require("num_attention_heads", heads, 1);
    require("intermediate_size", hidden, 1);
    require("max_position_embeddings", positions, 1);
    require("type_vocab_size", segments, family == Family.BERT ? 1 : 0);
    if (!ACTIVATIONS.containsKey(activation)) {
      throw new IllegalArgumentException(
          "bert: no activation \""
              + activation
              + "\"; there are "
              + String.join(", ", ACTIVATIONS.keySet()));
    }
    if (padding >= vocabulary) {
      throw new IllegalArgumentException(
          "bert: padding token " + padding + " is none of " + vocabulary);
    }
    if (!(epsilon > 0 && epsilon < 1) || !(deviation > 0 && deviation < 10)) {
      throw new IllegalArgumentException(
          "bert: layer_norm_eps "
              + epsilon
              + " and initializer_range "
              + deviation
              + " must be above 0 and small");
    }
  }

  private static void require(String name, int value, int least) {
    if (value < least || value > MOST) {
      throw new IllegalArgumentException(
          "bert: " + name + " must be " + least + " to " + MOST + ", was " + value);
    }
  }

  /** A BERT of these sizes, otherwise as published: gelu, dropout 0.1, 512 positions. */
  public static BertConfig bert(int vocabulary, int width, int layers, int heads, int hidden) {
    return published(Family.BERT, 2, vocabulary, width, layers, heads, hidden);
  }

  /** A DistilBERT of these sizes, otherwise as published. */
  public static BertConfig distilBert(
      int vocabulary, int width, int layers, int heads, int hidden) {
    return published(Family.DISTILBERT, 0, vocabulary, width, layers, heads, hidden);
  }

  private static BertConfig published(
      Family family, int segments, int vocabulary, int width, int layers, int heads, int hidden) {
    return new BertConfig(
        family,
        vocabulary,
        width,
        layers,
        heads,
        hidden,
        "gelu",
        0.1,
        0.1,
        512,
        segments,
        1e-12,
        0.02,
        0);
  }

  /** With another number of layers: a student of this width. */
  public BertConfig layers(int fewer) {
    return with(fewer, dropout, attentionDropout, positions, deviation);
  }

  /** With one rate of dropout everywhere. */
  public BertConfig dropout(double rate) {
    return with(layers, rate, rate, positions, deviation);
  }

  /** With initial weights of another deviation. */
  public BertConfig deviation(double other) {
    return with(layers, dropout, attentionDropout, positions, other);
  }

  /** With another longest sequence. */
  public BertConfig positions(int most) {
    return with(layers, dropout, attentionDropout, most, deviation);
  }

  /** All that may be changed, in the order of the components; the rest stays. */
  private BertConfig with(
      int layers, double dropout, double attentionDropout, int positions, double deviation) {
    return new BertConfig(
        family,
        vocabulary,
        width,
        layers,
        heads,
        hidden,
        activation,
        dropout,
        attentionDropout,
        positions,
        segments,
        epsilon,
        deviation,
        padding);
  }

  /** The op of {@link #activation}. */
  ElementwiseOp activationOp() {
    return ACTIVATIONS.get(activation);
  }

  /** What the encoder's layers are made by; hidden units have no dropout, as in BERT. */
  TransformerSettings settings() {
    return TransformerSettings.of(width, heads, hidden)
        .dropout(dropout, attentionDropout, 0)
        .activation(activationOp())
        .epsilon(epsilon)
        .deviation(deviation);
  }
}
