package limbeck.kd.objective;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import limbeck.engine.tensor.Shape;
import limbeck.kd.TapShapes;

/** Shapes as a transformer of some size has them, of a text of ten steps. */
final class EncoderShapes {
  private static final int STEPS = 10;

  private EncoderShapes() {}

  static TapShapes of(String name, int layers, int width, int heads, Object cutter) {
    Map<String, Shape> taps = new LinkedHashMap<>();
    taps.put("embeddings", Shape.of(STEPS, width));
    for (int i = 1; i <= layers; i++) {
      taps.put("layer" + i, Shape.of(STEPS, width));
      taps.put("cls" + i, Shape.of(width));
      String attention = "encoder.layers." + (i - 1) + ".self_attn.";
      taps.put(attention + "scores", Shape.of(heads, STEPS, STEPS));
      for (String what : List.of("queries", "keys", "values")) {
        taps.put(attention + what, Shape.of(STEPS, width));
      }
    }
    return new TapShapes(name, taps, 2, Set.of(), cutter);
  }
}
