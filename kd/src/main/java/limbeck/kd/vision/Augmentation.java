package limbeck.kd.vision;

/**
 * A kind of random change of training images, with its settings; {@link #on} makes it ready for a
 * seed and a shape of image. What is drawn is a function of the seed, the epoch and the number of
 * the example, each kind from a stream of its own: the same for everyone who looks at the example
 * in that epoch, teacher and student alike, in any batch and on any thread.
 *
 * <p>{@link Object#toString} gives the text that {@link Augmentations#of} reads: the name and the
 * settings, separated by colons.
 */
public sealed interface Augmentation permits Affine, ColourJitter, Crop, Cutout, Flip {
  /**
   * The change, for images of one shape.
   *
   * @throws IllegalArgumentException if such images cannot be changed so
   */
  Augment on(long seed, ImageShape images);
}
