package limbeck.kd.vision;

import limbeck.engine.random.Philox;

/** Mirrors every second image, at random: left becomes right. Text: {@code flip}. */
public record Flip() implements Augmentation {
  private static final long STREAM = 0x464c4950; // "FLIP"

  @Override
  public Augment on(long seed, ImageShape images) {
    Philox draws = new Philox(seed).stream(STREAM);
    return (epoch, example, in, inAt, out, outAt) -> {
      System.arraycopy(in, inAt, out, outAt, images.values());
      if (draws.stream(epoch).below(example, 2) == 1) {
        mirror(out, outAt, images);
      }
    };
  }

  private static void mirror(float[] out, int outAt, ImageShape images) {
    int width = images.width();
    for (int row = outAt; row < outAt + images.values(); row += width) {
      for (int x = 0; x < width / 2; x++) {
        float left = out[row + x];
        out[row + x] = out[row + width - 1 - x];
        out[row + width - 1 - x] = left;
      }
    }
  }

  @Override
  public String toString() {
    return "flip";
  }
}
