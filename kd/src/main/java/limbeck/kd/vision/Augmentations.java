package limbeck.kd.vision;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Changes of training images, one after the other, each kind once.
 *
 * @param list in the order in which they are applied; empty: images stay as they are
 */
public record Augmentations(List<Augmentation> list) {
  /** Images stay as they are. */
  public static final Augmentations NONE = new Augmentations(List.of());

  /**
   * Keeps the list unmodifiable.
   *
   * @throws IllegalArgumentException if a kind is there twice: both would draw the same
   */
  public Augmentations {
    list = List.copyOf(list);
    Set<Class<?>> kinds = new HashSet<>();
    for (Augmentation a : list) {
      if (!kinds.add(a.getClass())) {
        throw new IllegalArgumentException(
            "augmentation \"" + text(list) + "\": " + a + " is of a kind that is there already");
      }
    }
  }

  /**
   * Reads a text such as {@code flip,crop:4,cutout:8}, or {@code none}.
   *
   * @throws IllegalArgumentException if one is unknown, there twice, or its settings are missing,
   *     no numbers or out of range; the message says which and what is expected
   */
  public static Augmentations of(String text) {
    if (text.isBlank() || text.strip().equals("none")) {
      return NONE;
    }
    List<Augmentation> list = new ArrayList<>();
    for (String one : text.split(",", -1)) {
      list.add(AugmentationText.read(one.strip()));
    }
    return new Augmentations(list);
  }

  /** Whether images stay as they are. */
  public boolean isNone() {
    return list.isEmpty();
  }

  /**
   * All changes as one, for images of one shape.
   *
   * @throws IllegalArgumentException if such images cannot be changed so
   */
  public Augment on(long seed, ImageShape images) {
    List<Augment> ready = list.stream().map(a -> a.on(seed, images)).toList();
    return (epoch, example, in, inAt, out, outAt) -> {
      System.arraycopy(in, inAt, out, outAt, images.values());
      for (Augment change : ready) {
        change.apply(epoch, example, out, outAt, out, outAt);
      }
    };
  }

  /** The text that {@link #of} reads. */
  @Override
  public String toString() {
    return text(list);
  }

  private static String text(List<Augmentation> list) {
    return list.isEmpty() ? "none" : String.join(",", list.stream().map(Object::toString).toList());
  }
}
