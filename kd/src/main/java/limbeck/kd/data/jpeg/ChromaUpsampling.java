package limbeck.kd.data.jpeg;

import java.util.Arrays;

/**
 * Brings a component of half width, or half width and height, to the size of the image. T.81 (A.1)
 * says where samples lie but not how to interpolate; this is the triangle filter that libjpeg calls
 * "fancy" and uses by default: a new sample is 3/4 of the nearest and 1/4 of the next nearest, in
 * each direction. Its roundings alternate between the two new samples, so that they do not make the
 * picture brighter; beyond the border stands the border's own sample. Components of one or two
 * columns are repeated instead, as they are there.
 */
final class ChromaUpsampling {
  private static final int NARROW = 2;

  private final Component c;
  private final int[] sums; // 3 · nearest row + next nearest

  ChromaUpsampling(Component component) {
    this.c = component;
    this.sums = new int[component.width()];
  }

  /**
   * Writes row {@code y} of the image.
   *
   * @param out at least twice as long as the component is wide
   */
  void row(int y, byte[] out) {
    if (c.acrossImage() == 1) {
      System.arraycopy(c.samples(), y * c.stride(), out, 0, c.width());
    } else if (c.width() <= NARROW) {
      repeat(y / c.downImage(), out);
    } else if (c.downImage() == 1) {
      across(y, out);
    } else {
      acrossAndDown(y, out);
    }
  }

  private void repeat(int row, byte[] out) {
    for (int x = 0; x < c.width(); x++) {
      Arrays.fill(out, 2 * x, 2 * x + 2, c.samples()[row * c.stride() + x]);
    }
  }

  /** Left sample (3 · this + left + 1) / 4, right sample (3 · this + right + 2) / 4. */
  private void across(int row, byte[] out) {
    byte[] in = c.samples();
    int at = row * c.stride();
    int last = c.width() - 1;
    for (int x = 0; x <= last; x++) {
      int here = 3 * (in[at + x] & 0xff);
      int left = in[at + Math.max(0, x - 1)] & 0xff;
      int right = in[at + Math.min(last, x + 1)] & 0xff;
      out[2 * x] = (byte) (here + left + 1 >> 2);
      out[2 * x + 1] = (byte) (here + right + 2 >> 2);
    }
  }

  /** As {@link #across}, on sums over two rows: / 16, with 8 and 7 in place of 1 and 2. */
  private void acrossAndDown(int y, byte[] out) {
    int near = y / 2;
    int far = Math.max(0, Math.min(c.height() - 1, near + (y % 2 == 0 ? -1 : 1)));
    byte[] in = c.samples();
    int last = c.width() - 1;
    for (int x = 0; x <= last; x++) {
      sums[x] = 3 * (in[near * c.stride() + x] & 0xff) + (in[far * c.stride() + x] & 0xff);
    }
    for (int x = 0; x <= last; x++) {
      int here = 3 * sums[x];
      out[2 * x] = (byte) (here + sums[Math.max(0, x - 1)] + 8 >> 4);
      out[2 * x + 1] = (byte) (here + sums[Math.min(last, x + 1)] + 7 >> 4);
    }
  }
}
