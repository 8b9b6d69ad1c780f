package limbeck.kd.cli;

import java.util.List;
import java.util.Locale;
import limbeck.engine.program.Runner;
import limbeck.kd.ModelFile;
import limbeck.kd.data.TensorDataset;

/** Pictures of 28 × 28 as text, with what a model says about them. */
final class DigitGallery {
  private static final String SHADES = " .:-=+*#%@";
  private static final int SIDE = 28;

  private final ModelFile model;
  private final Runner runner;

  DigitGallery(ModelFile model) {
    this.model = model;
    this.runner = model.program().runner();
  }

  /** Pictures side by side, two pixel rows a line, the model's best guesses under each. */
  String show(TensorDataset data, List<Integer> indices) {
    StringBuilder s = new StringBuilder();
    float[][] pictures = new float[indices.size()][SIDE * SIDE];
    for (int i = 0; i < pictures.length; i++) {
      data.read(indices.get(i), pictures[i], 0);
    }
    for (int y = 2; y < SIDE - 2; y += 2) {
      for (float[] p : pictures) {
        s.append("  ");
        for (int x = 1; x < SIDE - 1; x++) {
          float ink = (p[y * SIDE + x] + p[(y + 1) * SIDE + x]) / 2;
          s.append(SHADES.charAt(Math.min(9, (int) (ink * 10))));
        }
      }
      s.append(System.lineSeparator());
    }
    for (int i = 0; i < pictures.length; i++) {
      String label = data.classNames().get(data.label(indices.get(i)));
      s.append(
          String.format(Locale.ROOT, "  %-26s", "label " + label + ", says " + guess(pictures[i])));
    }
    return s.append(System.lineSeparator()).toString();
  }

  private String guess(float[] picture) {
    float[] logits = new float[model.classes().size()];
    runner.run(picture, logits);
    Guess g = Guess.of(logits, model.classes()).get(0);
    return String.format(Locale.ROOT, "%s (%.0f %%)", g.name(), 100 * g.probability());
  }
}
