package limbeck.kd.vision;

import limbeck.engine.random.Philox;

/**
 * Changes brightness, contrast and saturation of each image, in this order, by factors drawn
 * uniformly from 1 − s to 1 + s, with a strength s for each:
 *
 * <ul>
 *   <li>brightness f: x becomes f · x;
 *   <li>contrast f: x becomes f · x + (1 − f) · m, with m the mean of the image's grey;
 *   <li>saturation f: x becomes f · x + (1 − f) · g, with g the grey of the pixel;
 * </ul>
 *
 * each limited to 0..1. Grey is 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601). A grey image
 * has no saturation to change. A strength of 0 changes nothing, not a bit. Text: {@code
 * colour:0.4:0.4:0.4}.
 *
 * @param brightness strength, from 0 to 1
 * @param contrast likewise
 * @param saturation likewise
 */
public record ColourJitter(float brightness, float contrast, float saturation)
    implements Augmentation {
  private static final long STREAM = 0x434f4c52; // "COLR"
  private static final int DRAWS = 3;

  /**
   * Checks the strengths.
   *
   * @throws IllegalArgumentException if one is not from 0 to 1
   */
  public ColourJitter {
    if (!(inRange(brightness) && inRange(contrast) && inRange(saturation))) {
      throw new IllegalArgumentException(
          text(brightness, contrast, saturation) + ": strengths from 0 to 1 expected");
    }
  }

  private static boolean inRange(float strength) {
    return strength >= 0 && strength <= 1;
  }

  @Override
  public Augment on(long seed, ImageShape images) {
    if (images.channels() != 1 && images.channels() != 3) {
      throw new IllegalArgumentException(
          this + ": images of " + images + " are neither grey nor red, green and blue");
    }
    Philox draws = new Philox(seed).stream(STREAM);
    return (epoch, example, in, inAt, out, outAt) -> {
      System.arraycopy(in, inAt, out, outAt, images.values());
      Philox now = draws.stream(epoch);
      long at = (long) DRAWS * example;
      brighten(out, outAt, images, factor(brightness, now, at));
      contrast(out, outAt, images, factor(contrast, now, at + 1));
      saturate(out, outAt, images, factor(saturation, now, at + 2));
    };
  }

  private static float factor(float strength, Philox draws, long index) {
    return 1 + strength * (2 * draws.uniform(index) - 1);
  }

  private static void brighten(float[] x, int at, ImageShape images, float f) {
    for (int i = at; i < at + images.values(); i++) {
      x[i] = limited(f * x[i]);
    }
  }

  private static void contrast(float[] x, int at, ImageShape images, float f) {
    if (f == 1) {
      return; // otherwise f · x + 0 · m, which has the bits of x too, but takes a mean
    }
    int area = images.height() * images.width();
    double sum = 0;
    for (int i = at; i < at + area; i++) {
      sum += grey(x, i, area, images);
    }
    float rest = (1 - f) * (float) (sum / area);
    for (int i = at; i < at + images.values(); i++) {
      x[i] = limited(f * x[i] + rest);
    }
  }

  private static void saturate(float[] x, int at, ImageShape images, float f) {
    int area = images.height() * images.width();
    for (int i = at; images.channels() == 3 && f != 1 && i < at + area; i++) {
      float rest = (1 - f) * grey(x, i, area, images);
      for (int k = i; k < i + 3 * area; k += area) {
        x[k] = limited(f * x[k] + rest);
      }
    }
  }

  private static float grey(float[] x, int i, int area, ImageShape images) {
    return images.channels() == 1
        ? x[i]
        : 0.299f * x[i] + 0.587f * x[i + area] + 0.114f * x[i + 2 * area];
  }

  private static float limited(float value) {
    return Math.max(0, Math.min(1, value));
  }

  @Override
  public String toString() {
    return text(brightness, contrast, saturation);
  }

  private static String text(float brightness, float contrast, float saturation) {
    return "colour" + AugmentationText.settings(brightness, contrast, saturation);
  }
}
