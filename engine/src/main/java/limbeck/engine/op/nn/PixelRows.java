package limbeck.engine.op.nn;

import java.util.Arrays;
import limbeck.engine.kernel.Rows;
import limbeck.engine.op.Lane;
import limbeck.engine.tensor.Tensor;

/**
 * Rows of an image with the channels of each pixel side by side, padding included: the last four
 * that were asked for, so that tiles which overlap read an image once. An image here has its
 * channels as planes, which {@link Rows#transpose} brings together.
 */
final class PixelRows {
  /** How many rows are kept: a power of two. */
  private static final int KEPT = 4;

  private final int[] kept = new int[KEPT];
  private Rows r;
  private Tensor x;
  private int channels;
  private int lanes;
  private int height;
  private int width;
  private int top;
  private int left;
  private int pixels;
  private int image;
  private int first;

  /** The memory of the rows. */
  Tensor tensor;

  /**
   * Begins with a tensor of images [batch, channels, height, width].
   *
   * @param lanes from a pixel to the next, the channels at least
   * @param top rows of padding above
   * @param pixels of a row that is asked for, at most
   */
  void begin(Lane lane, int slot, Rows r, Tensor x, int lanes, int top, int left, int pixels) {
    this.r = r;
    this.x = x;
    this.lanes = lanes;
    this.top = top;
    this.left = left;
    this.pixels = pixels;
    channels = x.shape().axis(1);
    height = x.shape().axis(2);
    width = x.shape().axis(3);
    tensor = lane.scratch(slot, x.dtype(), KEPT * pixels * lanes);
    image = -1;
  }

  /** Lets go of the tensors. */
  void end() {
    r = null;
    x = null;
    tensor = null;
  }

  /** Turns to an image, and to the part of its rows that begins with column {@code from}. */
  void turn(int toImage, int from) {
    if (toImage != image || from != first) {
      image = toImage;
      first = from;
      Arrays.fill(kept, -1);
    }
  }

  /** Index in {@link #tensor} of row {@code row}, counted with the padding. */
  int row(int row) {
    int slot = row % KEPT;
    int at = slot * pixels * lanes;
    if (kept[slot] != row) {
      kept[slot] = row;
      read(row - top, at);
    }
    return at;
  }

  private void read(int row, int to) {
    int column = first - left;
    boolean inside = row >= 0 && row < height;
    int from = inside ? Math.min(Math.max(column, 0), width) : 0;
    int end = inside ? Math.max(from, Math.min(column + pixels, width)) : 0;
    int before = from == end ? pixels : from - column;
    int after = before + end - from;
    r.fill(0, tensor, to, before * lanes);
    int at = (image * channels * height + row) * width + from;
    if (end > from) {
      r.transpose(x, at, height * width, tensor, to + before * lanes, lanes, end - from, channels);
    }
    r.fill(0, tensor, to + after * lanes, (pixels - after) * lanes);
  }
}
