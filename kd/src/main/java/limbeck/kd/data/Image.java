package limbeck.kd.data;

/**
 * An image of 8-bit samples. A pixel's samples lie side by side: 1 grey, 2 grey and alpha, 3 red,
 * green and blue, 4 these and alpha.
 */
public final class Image {
  private final int width;
  private final int height;
  private final int channels;
  private final byte[] samples;

  /**
   * An image over {@code samples} [height, width, channels], which is not copied.
   *
   * @throws IllegalArgumentException if a size is below 1, there are more than 4 channels, or the
   *     length is another
   */
  public Image(int width, int height, int channels, byte[] samples) {
    if (width < 1
        || height < 1
        || channels < 1
        || channels > 4
        || (long) width * height * channels != samples.length) {
      throw new IllegalArgumentException(
          samples.length
              + " samples are no image of "
              + width
              + " x "
              + height
              + " pixels in "
              + channels
              + " channels");
    }
    this.width = width;
    this.height = height;
    this.channels = channels;
    this.samples = samples;
  }

  /** Pixels in a row. */
  public int width() {
    return width;
  }

  /** Rows. */
  public int height() {
    return height;
  }

  /** Samples a pixel has, 1 to 4. */
  public int channels() {
    return channels;
  }

  /** One sample, 0 to 255. */
  public int sample(int x, int y, int channel) {
    return samples[(y * width + x) * channels + channel] & 0xff;
  }

  /** The samples [height, width, channels] themselves, not a copy. */
  public byte[] samples() {
    return samples;
  }

  /**
   * Writes the samples as planes [channels, height, width], the layout of {@link ImageDataset},
   * from {@code at} on.
   *
   * @throws IndexOutOfBoundsException if {@code out} is too short
   */
  public void planes(byte[] out, int at) {
    int area = width * height;
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < area; i++) {
        out[at + c * area + i] = samples[i * channels + c];
      }
    }
  }

  /** For example {@code 28 x 28 pixels, 1 channel}. */
  @Override
  public String toString() {
    return width
        + " x "
        + height
        + " pixels, "
        + channels
        + (channels == 1 ? " channel" : " channels");
  }
}
