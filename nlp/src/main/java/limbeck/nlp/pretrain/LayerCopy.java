package limbeck.nlp.pretrain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import limbeck.engine.tensor.Tensor;
import limbeck.nlp.model.BertConfig;
import limbeck.nlp.model.BertNames;
import limbeck.nlp.model.MaskedLanguageModel;

/**
 * A model that begins with some layers of another, and its embeddings and head: a student with
 * those of its teacher, Sanh et al. 2019, arXiv:1910.01108, section 3; a model with those of one of
 * fewer layers, {@link PretrainStart}.
 */
final class LayerCopy {
  private LayerCopy() {}

  /**
   * Copies weights.
   *
   * @param model with values, which differs from the other in layers, dropout and deviation alone
   * @param layers numbers of the other's layers, from 0, one for each of the model's; empty: all
   * @throws IllegalArgumentException if the other is of other sizes, or has no such layer
   */
  static void into(MaskedLanguageModel model, MaskedLanguageModel other, List<Integer> layers) {
    requireAlike(model.bert().config(), other.bert().config());
    List<Integer> chosen = numbers(model, other, layers);
    Map<String, Tensor> from = other.state();
    Map<String, Tensor> state = new LinkedHashMap<>();
    for (String path : model.state().keySet()) {
      state.put(path, from.get(BertNames.ofLayers(path, chosen)));
    }
    model.load(state);
  }

  private static void requireAlike(BertConfig own, BertConfig other) {
    if (!sizes(own).equals(sizes(other))) {
      throw new IllegalArgumentException(
          "pretraining: a model of "
              + text(own)
              + " cannot begin with layers of one of "
              + text(other)
              + "; all sizes but the number of layers must be the same");
    }
  }

  /** What must be the same for weights to mean the same. */
  private static BertConfig sizes(BertConfig config) {
    return config.layers(1).dropout(0).deviation(1);
  }

  private static String text(BertConfig c) {
    return c.family()
        + " with "
        + c.vocabulary()
        + " tokens, width "
        + c.width()
        + ", "
        + c.heads()
        + " heads, "
        + c.hidden()
        + " hidden units ("
        + c.activation()
        + "), "
        + c.positions()
        + " positions and epsilon "
        + c.epsilon();
  }

  private static List<Integer> numbers(
      MaskedLanguageModel model, MaskedLanguageModel other, List<Integer> layers) {
    int own = model.bert().config().layers();
    int most = other.bert().config().layers();
    List<Integer> chosen = layers.isEmpty() ? IntStream.range(0, most).boxed().toList() : layers;
    if (chosen.size() != own) {
      throw new IllegalArgumentException(
          "pretraining: "
              + own
              + " layers begin with "
              + chosen.size()
              + " of another model, "
              + chosen
              + "; as many numbers expected");
    }
    for (int layer : chosen) {
      if (layer < 0 || layer >= most) {
        throw new IllegalArgumentException(
            "pretraining: no layer " + layer + " of the other model; it has 0 to " + (most - 1));
      }
    }
    return chosen;
  }
}
