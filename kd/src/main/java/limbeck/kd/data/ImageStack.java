package limbeck.kd.data;

import java.util.List;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.HeapBudget;

/** Images of one size that arrive one by one and become a data set. */
final class ImageStack {
  /** The most values of a set: 1 GiB, 350,000 colour images of 32 by 32. */
  private static final int MAX_VALUES = 1 << 30;

  private final Image first;
  private final String firstName;
  private final byte[] values;
  private final int[] labels;
  private int filled;

  /**
   * Room for {@code count} images like the first, which has still to be added.
   *
   * @param source what errors call the set
   * @param firstName and the first image
   */
  ImageStack(String source, int count, Image first, String firstName) throws FormatException {
    if (first.channels() == 2 || first.channels() == 4) {
      throw new FormatException(firstName + " is transparent; only grey and RGB images are read");
    }
    if (count > most(first)) {
      throw new FormatException(
          source
              + " has "
              + count
              + " images of "
              + first
              + "; only "
              + most(first)
              + " of this size are read");
    }
    new HeapBudget(source).take((long) count * first.samples().length);
    this.first = first;
    this.firstName = firstName;
    this.values = new byte[count * first.samples().length];
    this.labels = new int[count];
  }

  /** How many images like this one a set may have. */
  static int most(Image image) {
    return MAX_VALUES / image.samples().length;
  }

  /**
   * Adds the next image.
   *
   * @param name what errors call it
   */
  void add(Image image, int label, String name) throws FormatException {
    if (image.width() != first.width()
        || image.height() != first.height()
        || image.channels() != first.channels()) {
      throw new FormatException(
          name
              + " has "
              + image
              + ", unlike "
              + firstName
              + " with "
              + first
              + "; bring all images of a set to one size and colour");
    }
    image.planes(values, filled * image.samples().length);
    labels[filled++] = label;
  }

  /** The data set, once all images have been added. */
  ImageDataset dataset(String name, List<String> classNames) {
    return new ImageDataset(
        name, first.height(), first.width(), first.channels(), classNames, values, labels);
  }
}
