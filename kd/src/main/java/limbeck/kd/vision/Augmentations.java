package limbeck.kd.vision;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import limbeck.engine.io.Json;

/**
 * Changes of training images, one after the other, each kind once; and at the end, if wanted, their
 * mixture with other images.
 *
 * @param list in the order in which they are applied; empty: images stay as they are
 * @param mixup how images that are changed so are mixed, labels along with them; null: not at all
 */
public record Augmentations(List<Augmentation> list, Mixup mixup) {
  private static final String MIXUP = "mixup";

  /** Changes that keep the labels. */
  public Augmentations(List<Augmentation> list) {
    this(list, null);
  }

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
   * Reads a text such as {@code flip,crop:4,mixup:0.2}, or {@code none}.
   *
   * @throws IllegalArgumentException if one is unknown, there twice, its settings are missing, no
   *     numbers or out of range, or something comes after mixup; the message says which and what is
   *     expected
   */
  public static Augmentations of(String text) {
    if (text.isBlank() || text.strip().equals("none")) {
      return NONE;
    }
    List<String> texts = List.of(text.split(",", -1));
    String last = texts.get(texts.size() - 1).strip();
    boolean mixes = isMixup(last);
    List<Augmentation> list = new ArrayList<>();
    for (String one : mixes ? texts.subList(0, texts.size() - 1) : texts) {
      if (isMixup(one.strip())) {
        throw new IllegalArgumentException(
            "augmentation \"" + text + "\": mixup comes last, as it mixes images that are changed");
      }
      list.add(AugmentationText.read(one.strip()));
    }
    return new Augmentations(list, mixes ? AugmentationText.mixup(last) : null);
  }

  private static boolean isMixup(String text) {
    return text.split(":", 2)[0].equals(MIXUP);
  }

  /** Whether images stay as they are. */
  public boolean isNone() {
    return list.isEmpty() && mixup == null;
  }

  /**
   * All changes of single images as one, for images of one shape; without the mixture.
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
    if (mixup == null) {
      return text(list);
    }
    String mixed = MIXUP + ":" + Json.write(mixup.alpha());
    return list.isEmpty() ? mixed : text(list) + "," + mixed;
  }

  private static String text(List<Augmentation> list) {
    return list.isEmpty() ? "none" : String.join(",", list.stream().map(Object::toString).toList());
  }
}
