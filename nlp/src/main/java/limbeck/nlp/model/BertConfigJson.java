package limbeck.nlp.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.Json;

/** Reads and writes {@code config.json} as Hugging Face's library does. Unknown keys are let be. */
final class BertConfigJson {
  private final String where;
  private final Map<?, ?> values;

  private BertConfigJson(String where, Map<?, ?> values) {
    this.where = where;
    this.values = values;
  }

  /**
   * Reads one.
   *
   * @throws FormatException if it is not one, or a value is missing, of another kind or out of
   *     range; names it
   */
  static BertConfig read(Path file) throws IOException {
    if (!(Json.read(file) instanceof Map<?, ?> values)) {
      throw new FormatException(file + ": an object expected");
    }
    return new BertConfigJson(file.toString(), values).config();
  }

  private BertConfig config() throws FormatException {
    String type = text("model_type", "bert");
    try {
      return switch (type) {
        case "bert" -> bert();
        case "distilbert" -> distilBert();
        default ->
            throw new FormatException(
                where + ": model_type \"" + type + "\"; bert and distilbert can be read");
      };
    } catch (IllegalArgumentException e) {
      throw new FormatException(where + ": " + e.getMessage(), e);
    }
  }

  private BertConfig bert() throws FormatException {
    String kind = text("position_embedding_type", "absolute");
    if (!kind.equals("absolute")) {
      throw new FormatException(
          where + ": position_embedding_type \"" + kind + "\"; only absolute ones can be read");
    }
    return new BertConfig(
        BertConfig.Family.BERT,
        whole("vocab_size", null),
        whole("hidden_size", null),
        whole("num_hidden_layers", null),
        whole("num_attention_heads", null),
        whole("intermediate_size", null),
        text("hidden_act", "gelu"),
        number("hidden_dropout_prob", 0.1),
        number("attention_probs_dropout_prob", 0.1),
        whole("max_position_embeddings", 512),
        whole("type_vocab_size", 2),
        number("layer_norm_eps", 1e-12),
        number("initializer_range", 0.02),
        whole("pad_token_id", 0));
  }

  private BertConfig distilBert() throws FormatException {
    return new BertConfig(
        BertConfig.Family.DISTILBERT,
        whole("vocab_size", null),
        whole("dim", null),
        whole("n_layers", null),
        whole("n_heads", null),
        whole("hidden_dim", null),
        text("activation", "gelu"),
        number("dropout", 0.1),
        number("attention_dropout", 0.1),
        whole("max_position_embeddings", 512),
        0,
        1e-12,
        number("initializer_range", 0.02),
        whole("pad_token_id", 0));
  }

  private String text(String key, String usual) throws FormatException {
    Object value = values.get(key);
    if (value == null) {
      return usual;
    }
    if (value instanceof String s) {
      return s;
    }
    throw wrong(key, "a string", value);
  }

  private double number(String key, double usual) throws FormatException {
    Object value = values.get(key);
    if (value == null) {
      return usual;
    }
    if (value instanceof Number n) {
      return n.doubleValue();
    }
    throw wrong(key, "a number", value);
  }

  private int whole(String key, Integer usual) throws FormatException {
    Object value = values.get(key);
    if (value == null && usual != null) {
      return usual;
    }
    if (value instanceof Number n && n.doubleValue() == n.intValue()) {
      return n.intValue();
    }
    throw wrong(key, "a whole number", value);
  }

  private FormatException wrong(String key, String expected, Object value) {
    String found = value == null ? "nothing" : FormatException.quote(Json.write(value));
    return new FormatException(
        where + ": \"" + key + "\": " + expected + " expected, found " + found);
  }

  /**
   * What that library reads.
   *
   * @param architecture the class that reads it there
   */
  static String write(BertConfig c, String architecture) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("architectures", List.of(architecture));
    boolean distil = c.family() == BertConfig.Family.DISTILBERT;
    json.put("model_type", distil ? "distilbert" : "bert");
    json.put("vocab_size", c.vocabulary());
    json.put(distil ? "dim" : "hidden_size", c.width());
    json.put(distil ? "n_layers" : "num_hidden_layers", c.layers());
    json.put(distil ? "n_heads" : "num_attention_heads", c.heads());
    json.put(distil ? "hidden_dim" : "intermediate_size", c.hidden());
    json.put(distil ? "activation" : "hidden_act", c.activation());
    json.put(distil ? "dropout" : "hidden_dropout_prob", c.dropout());
    json.put(distil ? "attention_dropout" : "attention_probs_dropout_prob", c.attentionDropout());
    json.put("max_position_embeddings", c.positions());
    if (distil) {
      json.put("sinusoidal_pos_embds", false);
    } else {
      json.put("type_vocab_size", c.segments());
      json.put("layer_norm_eps", c.epsilon());
    }
    json.put("initializer_range", c.deviation());
    json.put("pad_token_id", c.padding());
    return Json.pretty(json) + "\n";
  }
}
