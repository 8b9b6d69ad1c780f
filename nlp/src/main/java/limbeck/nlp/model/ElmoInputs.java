package limbeck.nlp.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.autograd.Var;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.nlp.data.TextExample;
import limbeck.nlp.data.TextInputs;
import limbeck.nlp.elmo.ElmoFeatures;
import limbeck.nlp.elmo.FrozenElmo;

/**
 * Layers of a frozen language model for the texts of a batch: those that are known are taken, those
 * of the other texts computed, and kept where there is room.
 */
final class ElmoInputs {
  private final FrozenElmo model;
  private final ElmoFeatures features;
  private final TextCoder coder;

  ElmoInputs(FrozenElmo model, ElmoFeatures features, TextCoder coder) {
    this.model = model;
    this.features = features;
    this.coder = coder;
  }

  /**
   * The layers, as {@link ElmoFeatures#layers} gives them.
   *
   * @param second whether of the second text of pairs
   * @param steps of the batch
   */
  List<Var> layers(TextInputs in, boolean second, int steps) {
    String[] texts =
        Arrays.stream(in.examples())
            .mapToObj(i -> text(in.data().text(i), second))
            .toArray(String[]::new);
    Map<String, float[]> all = new LinkedHashMap<>();
    for (String text : texts) {
      all.computeIfAbsent(text, model::known);
    }
    compute(Arrays.stream(texts).distinct().filter(t -> !all.containsKey(t)).toList(), all);
    List<Integer> widths = model.widths();
    Var[] layers = new Var[widths.size()];
    int before = 0;
    for (int i = 0; i < layers.length; i++) {
      int width = widths.get(i);
      float[] put = new float[texts.length * steps * width];
      for (int b = 0; b < texts.length; b++) {
        float[] said = all.get(texts[b]);
        int words = said.length / model.each();
        System.arraycopy(said, words * before, put, b * steps * width, words * width);
      }
      layers[i] = Var.of(Tensor.view(put, 0, Shape.of(texts.length, steps, width)));
      before += width;
    }
    return List.of(layers);
  }

  private static String text(TextExample e, boolean second) {
    return second ? e.second() : e.first();
  }

  private void compute(List<String> texts, Map<String, float[]> all) {
    if (texts.isEmpty()) {
      return;
    }
    TextCoder.Framed framed = coder.framed(texts);
    List<Var> layers =
        features.layers(Var.of(framed.tokens()), Var.of(framed.lengths()), Var.of(framed.real()));
    for (int b = 0; b < texts.size(); b++) {
      int words = framed.words(b);
      float[] said = new float[words * model.each()];
      int at = 0;
      for (Var layer : layers) {
        Tensor t = layer.value();
        int one = t.shape().axis(1) * t.shape().last();
        int n = words * t.shape().last();
        System.arraycopy(t.floats(), t.offset() + b * one, said, at, n);
        at += n;
      }
      all.put(texts.get(b), said);
      model.keep(texts.get(b), said);
    }
  }
}
