package limbeck.kd.vision;

import java.util.Arrays;
import limbeck.engine.random.Philox;

/**
 * Shifts each image by whole pixels, up to {@code reach} in any direction: every one of the (2
 * reach + 1)² shifts is equally likely. Pixels shifted out are lost, zeros come in. With reach 2
 * the augmentation of the MNIST teacher in Hinton, Vinyals, Dean 2015, section 3.
 */
public final class PixelJitter implements Augment {
  private static final long STREAM = 0x5049584a; // "PIXJ"

  private final Philox draws;
  private final int reach;
  private final int planes;
  private final int height;
  private final int width;

  /**
   * Jitter of images [planes, height, width].
   *
   * @param reach the largest shift in pixels; 0 changes nothing
   * @throws IllegalArgumentException if reach is negative or not below both sides, or a size is
   *     below 1
   */
  public PixelJitter(long seed, int reach, int planes, int height, int width) {
    if (planes < 1 || reach < 0 || reach >= Math.min(height, width)) {
      throw new IllegalArgumentException(
          "cannot shift images of "
              + planes
              + " x "
              + height
              + " x "
              + width
              + " by up to "
              + reach
              + " pixels");
    }
    this.draws = new Philox(seed).stream(STREAM);
    this.reach = reach;
    this.planes = planes;
    this.height = height;
    this.width = width;
  }

  /** The shift to the right in that epoch of that example, from -reach to reach. */
  public int dx(int epoch, int example) {
    return draw(epoch, 2L * example);
  }

  /** The shift downwards. */
  public int dy(int epoch, int example) {
    return draw(epoch, 2L * example + 1);
  }

  private int draw(int epoch, long index) {
    return draws.stream(epoch).below(index, 2 * reach + 1) - reach;
  }

  @Override
  public void apply(int epoch, int example, float[] in, int inAt, float[] out, int outAt) {
    int dx = dx(epoch, example);
    int dy = dy(epoch, example);
    for (int plane = 0; plane < planes; plane++) {
      int offset = plane * height * width;
      shift(in, inAt + offset, out, outAt + offset, dx, dy);
    }
  }

  /**
   * Rows are taken from the side the image moves to, so that in place no row is overwritten before
   * it is read.
   */
  private void shift(float[] in, int inAt, float[] out, int outAt, int dx, int dy) {
    int length = width - Math.abs(dx);
    for (int i = 0; i < height; i++) {
      int y = dy > 0 ? height - 1 - i : i;
      int row = outAt + y * width;
      if (y - dy < 0 || y - dy >= height) {
        Arrays.fill(out, row, row + width, 0f);
      } else {
        int from = inAt + (y - dy) * width + Math.max(0, -dx);
        int to = row + Math.max(0, dx);
        System.arraycopy(in, from, out, to, length);
        Arrays.fill(out, row, to, 0f);
        Arrays.fill(out, to + length, row + width, 0f);
      }
    }
  }
}
