package limbeck.nlp.model;

import java.util.List;
import java.util.Map;

/**
 * How Hugging Face's library calls the weights of BERT and DistilBERT, by the paths that they have
 * here: {@code bert.encoder.layers.3.self_attn.query.weight} is {@code
 * bert.encoder.layer.3.attention.self.query.weight} there, or of a DistilBERT {@code
 * distilbert.transformer.layer.3.attention.q_lin.weight}.
 */
public final class BertNames {
  private static final Map<String, String> EMBEDDINGS =
      Map.of(
          "words", "embeddings.word_embeddings",
          "positions", "embeddings.position_embeddings",
          "segments", "embeddings.token_type_embeddings",
          "norm", "embeddings.LayerNorm");

  private static final Map<String, String> BERT_LAYER =
      Map.of(
          "self_attn.query", "attention.self.query",
          "self_attn.key", "attention.self.key",
          "self_attn.value", "attention.self.value",
          "self_attn.output", "attention.output.dense",
          "norm1", "attention.output.LayerNorm",
          "linear1", "intermediate.dense",
          "linear2", "output.dense",
          "norm2", "output.LayerNorm");

  private static final Map<String, String> DISTILBERT_LAYER =
      Map.of(
          "self_attn.query", "attention.q_lin",
          "self_attn.key", "attention.k_lin",
          "self_attn.value", "attention.v_lin",
          "self_attn.output", "attention.out_lin",
          "norm1", "sa_layer_norm",
          "linear1", "ffn.lin1",
          "linear2", "ffn.lin2",
          "norm2", "output_layer_norm");

  private static final Map<String, String> BERT_HEADS =
      Map.of(
          "pooler", "bert.pooler.dense",
          "classifier", "classifier",
          "transform", "cls.predictions.transform.dense",
          "norm", "cls.predictions.transform.LayerNorm",
          "output", "cls.predictions");

  private static final Map<String, String> DISTILBERT_HEADS =
      Map.of(
          "pooler", "pre_classifier",
          "classifier", "classifier",
          "transform", "vocab_transform",
          "norm", "vocab_layer_norm",
          "output", "vocab_projector");

  private static final String ENCODER = "bert.";
  private static final String LAYERS = "encoder.layers.";

  private BertNames() {}

  /**
   * The name in files.
   *
   * @param path of a weight in a model with a head, whose encoder is its child {@code bert}
   * @throws IllegalArgumentException if models of this family have none of that path
   */
  public static String of(BertConfig.Family family, String path) {
    boolean distil = family == BertConfig.Family.DISTILBERT;
    if (!path.startsWith(ENCODER)) {
      return renamed(path, path, distil ? DISTILBERT_HEADS : BERT_HEADS);
    }
    String inner = path.substring(ENCODER.length());
    String prefix = distil ? "distilbert." : ENCODER;
    if (!inner.startsWith(LAYERS)) {
      return prefix + renamed(path, inner, EMBEDDINGS);
    }
    String rest = inner.substring(LAYERS.length());
    int dot = rest.indexOf('.');
    String layer = (distil ? "transformer.layer." : "encoder.layer.") + rest.substring(0, dot);
    String part = renamed(path, rest.substring(dot + 1), distil ? DISTILBERT_LAYER : BERT_LAYER);
    return prefix + layer + "." + part;
  }

  /**
   * The path of a weight in another model, of whose layers this one has some.
   *
   * @param path of a weight in a model with a head
   * @param layers numbers from 0 of the other model's layers, one for each of this one's; empty:
   *     all, as they are
   */
  public static String ofLayers(String path, List<Integer> layers) {
    String before = ENCODER + LAYERS;
    if (layers.isEmpty() || !path.startsWith(before)) {
      return path;
    }
    String rest = path.substring(before.length());
    int dot = rest.indexOf('.');
    return before + layers.get(Integer.parseInt(rest.substring(0, dot))) + rest.substring(dot);
  }

  /** A path with all but its last name, weight or bias, exchanged. */
  private static String renamed(String path, String part, Map<String, String> names) {
    int dot = part.lastIndexOf('.');
    String name = names.get(part.substring(0, Math.max(0, dot)));
    if (name == null) {
      throw new IllegalArgumentException("bert: no weight of files is called " + path + " here");
    }
    return name + part.substring(dot);
  }

  /**
   * Under what names a weight may stand in a file, the usual one first: encoders are also written
   * by themselves, without their prefix; old files call a norm's weight and bias gamma and beta.
   */
  static List<String> inFiles(BertConfig.Family family, String path) {
    String name = of(family, path);
    String prefix = family == BertConfig.Family.DISTILBERT ? "distilbert." : ENCODER;
    String bare = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    return List.of(name, bare, old(name), old(bare));
  }

  private static String old(String name) {
    return name.replace("LayerNorm.weight", "LayerNorm.gamma")
        .replace("LayerNorm.bias", "LayerNorm.beta");
  }
}
