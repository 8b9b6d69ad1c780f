package limbeck.kd.vision;

/**
 * Surrounds each image with {@code padding} zeros and cuts a piece of its size out of that at
 * random: the same as a shift of up to {@code padding} pixels along each axis, {@link PixelJitter}.
 * With 4 the usual augmentation of CIFAR images, He et al. 2016, arXiv:1512.03385, section 4.2.
 * Text: {@code crop:4}.
 *
 * @param padding pixels on each side
 */
public record Crop(int padding) implements Augmentation {
  /**
   * Checks the padding.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public Crop {
    if (padding < 0) {
      throw new IllegalArgumentException(
          "crop:" + padding + ": 0 pixels of padding or more expected");
    }
  }

  @Override
  public Augment on(long seed, ImageShape images) {
    return new PixelJitter(seed, padding, images.channels(), images.height(), images.width());
  }

  @Override
  public String toString() {
    return "crop:" + padding;
  }
}
