package limbeck.kd.objective;

import java.util.List;
import limbeck.kd.Objective;
import limbeck.kd.TapShapes;

/**
 * The transformer encoder in a network, found by its taps: {@code embeddings}, and for each layer
 * from 1 on its result, its first step, and what its attention compares. They are called as those
 * of BERT in this project's networks for texts are.
 *
 * @param method who looks, as errors call it
 * @param shapes of the network's activations
 * @param prefix of the encoder's taps: its path and a dot, or empty
 * @param layers how many there are
 */
record Encoder(String method, TapShapes shapes, String prefix, int layers) {
  private static final String FIRST_LAYER = "layer1";

  /**
   * The encoder of a network.
   *
   * @throws IllegalArgumentException if there is no network, or it has none or several
   */
  static Encoder of(Objective method, TapShapes shapes) {
    String name = method.name().replace(' ', '-');
    if (shapes == null) {
      throw new IllegalArgumentException(
          name + ": a teacher is needed, a transformer as the student is");
    }
    List<String> prefixes =
        shapes.taps().keySet().stream()
            .filter(tap -> tap.equals(FIRST_LAYER) || tap.endsWith("." + FIRST_LAYER))
            .map(tap -> tap.substring(0, tap.length() - FIRST_LAYER.length()))
            .filter(prefix -> shapes.taps().containsKey(prefix + "embeddings"))
            .toList();
    if (prefixes.size() != 1) {
      throw new IllegalArgumentException(
          name
              + ": "
              + shapes.network()
              + (prefixes.isEmpty()
                  ? " is no transformer encoder; a BERT is expected, of teacher and student"
                  : " has several encoders " + prefixes + "; a single network expected"));
    }
    String prefix = prefixes.get(0);
    int layers = 1;
    while (shapes.taps().containsKey(prefix + "layer" + (layers + 1))) {
      layers++;
    }
    return new Encoder(name, shapes, prefix, layers);
  }

  /** The tap of the first layer's input, [steps, width] of an example. */
  String embeddings() {
    return prefix + "embeddings";
  }

  /** The tap of a layer's result, [steps, width]; that of layer 0 is the embeddings'. */
  String hidden(int layer) {
    return layer == 0 ? embeddings() : prefix + "layer" + layer;
  }

  /** The tap of the first step of a layer's result, [width]. */
  String first(int layer) {
    return prefix + "cls" + layer;
  }

  /** A tap of a layer's attention: queries, keys or values [steps, width], or scores. */
  String attention(int layer, String what) {
    return prefix + "encoder.layers." + (layer - 1) + ".self_attn." + what;
  }

  /** The tap of a layer's scores, [heads, steps, steps]. */
  String scores(int layer) {
    return attention(layer, "scores");
  }

  /** How wide hidden states are. */
  int width() {
    return shapes.of(embeddings()).last();
  }

  /** How many heads a layer's attention has. */
  int heads(int layer) {
    return shapes.of(scores(layer)).axis(0);
  }

  /**
   * Requires that both networks cut examples into the same steps.
   *
   * @throws IllegalArgumentException if it is known that they do not
   */
  void requireStepsOf(Encoder teacher) {
    Object own = shapes.cutter();
    Object others = teacher.shapes.cutter();
    if (own != null && others != null && !own.equals(others)) {
      throw new IllegalArgumentException(
          method
              + ": "
              + shapes.network()
              + " cuts texts into other tokens than "
              + teacher.shapes.network()
              + "; steps are compared one by one: take networks with one vocabulary and one longest"
              + " text");
    }
  }

  /** Requires states as wide as the teacher's. */
  void requireWidthOf(Encoder teacher) {
    if (width() != teacher.width()) {
      throw new IllegalArgumentException(
          method
              + ": hidden states of "
              + shapes.network()
              + " are "
              + width()
              + " wide, those of "
              + teacher.shapes.network()
              + " "
              + teacher.width()
              + "; the same width expected");
    }
  }

  /** Requires that a layer has as many heads as one of the teacher's. */
  void requireHeadsOf(int layer, Encoder teacher, int teacherLayer) {
    if (heads(layer) != teacher.heads(teacherLayer)) {
      throw new IllegalArgumentException(
          method
              + ": attention of "
              + shapes.network()
              + " has "
              + heads(layer)
              + " heads, that of "
              + teacher.shapes.network()
              + " "
              + teacher.heads(teacherLayer)
              + "; as many expected");
    }
  }

  /** Requires a width that splits into so many heads. */
  void requireSplit(int heads) {
    if (width() % heads != 0) {
      throw new IllegalArgumentException(
          method
              + ": the width "
              + width()
              + " of "
              + shapes.network()
              + " does not split into "
              + heads
              + " heads");
    }
  }

  /**
   * Requires that there is a layer, from 1 on.
   *
   * @param setting that names it, as errors say
   */
  void requireLayer(int layer, String setting) {
    if (layer < 1 || layer > layers) {
      throw new IllegalArgumentException(
          method + ": " + setting + ": " + shapes.network() + " has layers 1 to " + layers);
    }
  }
}
