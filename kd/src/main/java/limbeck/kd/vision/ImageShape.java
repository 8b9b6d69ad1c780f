package limbeck.kd.vision;

import limbeck.engine.tensor.Shape;
import limbeck.kd.data.ImageDataset;

/**
 * The geometry of an image: what a network must know that a flat row of values does not tell.
 *
 * @param channels values a pixel has: 1 for grey, 3 for red, green and blue
 * @param height rows of pixels
 * @param width pixels in a row
 */
public record ImageShape(int channels, int height, int width) {
  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if one is below 1, or there are more values than an array
   *     holds
   */
  public ImageShape {
    boolean some = channels >= 1 && height >= 1 && width >= 1;
    if (!some || (double) channels * height * width > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "images of "
              + text(channels, height, width)
              + ": sizes of 1 at least and fewer than 2^31 values expected");
    }
  }

  /** That of a data set's images. */
  public static ImageShape of(ImageDataset images) {
    return new ImageShape(images.channels(), images.height(), images.width());
  }

  /** A row of so many values that are no image: all that a multilayer perceptron asks for. */
  public static ImageShape flat(int values) {
    return new ImageShape(1, 1, values);
  }

  /** channels · height · width. */
  public int values() {
    return channels * height * width;
  }

  /** One example as data sets give it: [values]. */
  public Shape example() {
    return Shape.of(values());
  }

  /** For example {@code 3 x 32 x 32}. */
  @Override
  public String toString() {
    return text(channels, height, width);
  }

  private static String text(int channels, int height, int width) {
    return channels + " x " + height + " x " + width;
  }
}
