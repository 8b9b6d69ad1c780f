package limbeck.kd.vision;

import java.util.Arrays;
import limbeck.engine.random.Philox;

/**
 * Covers a square of each image. Its middle is any pixel with equal probability, so that a part of
 * the square may lie outside: rows from y − ⌊side / 2⌋ on, {@code side} of them, columns likewise.
 * DeVries and Taylor 2017, arXiv:1708.04552, section 3, who cover with the mean of the training set
 * (zero, after standardisation), a square of 16 on CIFAR-10, of 8 on CIFAR-100. Text: {@code
 * cutout:16}, which covers with 0, or {@code cutout:16:0.47}.
 *
 * @param side of the square, in pixels; 0 changes nothing
 * @param fill what covers it, in all channels, from 0 to 1
 */
public record Cutout(int side, float fill) implements Augmentation {
  private static final long STREAM = 0x4355544f; // "CUTO"

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if the side is negative or the fill not from 0 to 1
   */
  public Cutout {
    if (side < 0 || !(fill >= 0 && fill <= 1)) {
      throw new IllegalArgumentException(
          text(side, fill) + ": a side of 0 or more and a fill from 0 to 1 expected");
    }
  }

  /** A square of zeros. */
  public Cutout(int side) {
    this(side, 0);
  }

  @Override
  public Augment on(long seed, ImageShape images) {
    Philox draws = new Philox(seed).stream(STREAM);
    return (epoch, example, in, inAt, out, outAt) -> {
      System.arraycopy(in, inAt, out, outAt, images.values());
      Philox now = draws.stream(epoch);
      int y = now.below(2L * example, images.height());
      int x = now.below(2L * example + 1, images.width());
      cover(out, outAt, images, x - side / 2, y - side / 2);
    };
  }

  private void cover(float[] out, int outAt, ImageShape images, int left, int top) {
    int from = Math.max(0, left);
    int to = (int) Math.min(images.width(), (long) left + side);
    int last = (int) Math.min(images.height(), (long) top + side);
    for (int plane = 0; plane < images.channels(); plane++) {
      for (int y = Math.max(0, top); y < last; y++) {
        int row = outAt + (plane * images.height() + y) * images.width();
        Arrays.fill(out, row + from, row + to, fill);
      }
    }
  }

  @Override
  public String toString() {
    return text(side, fill);
  }

  private static String text(int side, float fill) {
    return "cutout:" + side + (fill == 0 ? "" : AugmentationText.settings(fill));
  }
}
