package limbeck.kd.vision;

/**
 * Rotates, scales, shears and shifts each image: {@link AffineJitter}. Text: {@code
 * affine:15:0.1:0.1:2}, the limits in the order of {@link AffineJitter.Limits}.
 *
 * @param limits how strong the changes are
 */
public record Affine(AffineJitter.Limits limits) implements Augmentation {
  @Override
  public Augment on(long seed, ImageShape images) {
    return new AffineJitter(seed, limits, images.channels(), images.height(), images.width());
  }

  @Override
  public String toString() {
    return "affine"
        + AugmentationText.settings(
            limits.degrees(), limits.scale(), limits.shear(), limits.shift());
  }
}
