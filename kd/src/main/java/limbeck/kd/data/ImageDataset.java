package limbeck.kd.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import limbeck.engine.tensor.Shape;

/**
 * Labelled images of one size, a byte a value: 60,000 images of 28 by 28 take 47 MB. A value byte
 * b, unsigned, reads as b / 255f. Values are laid out [channels, height, width], and an example is
 * that flattened. Subsets share the bytes.
 */
public final class ImageDataset implements TensorDataset {
  private static final int MAX_CLASSES = 1 << 16;

  /** b / 255f of each byte: looked up, as a division takes several times as long. */
  private static final float[] FRACTIONS = new float[256];

  static {
    for (int b = 0; b < FRACTIONS.length; b++) {
      FRACTIONS[b] = b / 255f;
    }
  }

  private final String name;
  private final int height;
  private final int width;
  private final int channels;
  private final List<String> classNames;
  private final byte[] values;
  private final int[] labels;
  private final int[] rows; // position of example i in values and labels; null: i itself
  private volatile String digest; // computed once wanted; a race computes the same

  /**
   * Images over {@code values}, which is not copied and must not change afterwards.
   *
   * @param values [examples, channels, height, width] flattened
   * @param labels one an image
   * @throws IllegalArgumentException if the lengths disagree, a size is below 1, or a label is not
   *     a class
   */
  public ImageDataset(
      String name,
      int height,
      int width,
      int channels,
      List<String> classNames,
      byte[] values,
      int[] labels) {
    this(name, height, width, channels, List.copyOf(classNames), values, labels.clone(), null);
    checkSizes();
    checkLabels();
  }

  private ImageDataset(
      String name,
      int height,
      int width,
      int channels,
      List<String> classNames,
      byte[] values,
      int[] labels,
      int[] rows) {
    this.name = name;
    this.height = height;
    this.width = width;
    this.channels = channels;
    this.classNames = classNames;
    this.values = values;
    this.labels = labels;
    this.rows = rows;
  }

  private void checkSizes() {
    if (height < 1 || width < 1 || channels < 1) {
      throw new IllegalArgumentException(name + ": images of " + extent() + " have no values");
    }
    long area = (long) height * width;
    if (area > Integer.MAX_VALUE
        || area * channels > Integer.MAX_VALUE
        || area * channels * labels.length != values.length) {
      throw new IllegalArgumentException(
          name
              + ": "
              + values.length
              + " values are not "
              + labels.length
              + " images of "
              + extent());
    }
  }

  private String extent() {
    return channels + " x " + height + " x " + width;
  }

  private void checkLabels() {
    if (classNames.isEmpty() || classNames.size() > MAX_CLASSES) {
      throw new IllegalArgumentException(
          name + ": " + classNames.size() + " classes; 1 to " + MAX_CLASSES + " are supported");
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classNames.size()) {
        throw new IllegalArgumentException(
            name
                + ": label "
                + labels[i]
                + " of image "
                + i
                + " is not one of "
                + classNames.size()
                + " classes");
      }
    }
  }

  @Override
  public String name() {
    return name;
  }

  /** The same images under another name. */
  public ImageDataset named(String other) {
    return new ImageDataset(other, height, width, channels, classNames, values, labels, rows);
  }

  @Override
  public int size() {
    return rows == null ? labels.length : rows.length;
  }

  /** Rows of pixels. */
  public int height() {
    return height;
  }

  /** Pixels in a row. */
  public int width() {
    return width;
  }

  /** Values a pixel has: 1 for grey. */
  public int channels() {
    return channels;
  }

  @Override
  public Shape example() {
    return Shape.of(exampleSize());
  }

  int exampleSize() {
    return channels * height * width;
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public int label(int i) {
    return labels[row(i)];
  }

  /**
   * Example {@code i} as unsigned bytes [channels, height, width], in a new array.
   *
   * @throws IndexOutOfBoundsException if there is no example {@code i}
   */
  public byte[] bytes(int i) {
    int from = row(i) * exampleSize();
    return Arrays.copyOfRange(values, from, from + exampleSize());
  }

  @Override
  public void read(int i, float[] out, int at) {
    int from = row(i) * exampleSize();
    for (int k = 0; k < exampleSize(); k++) {
      out[at + k] = FRACTIONS[values[from + k] & 0xff];
    }
  }

  private int row(int i) {
    if (i < 0 || i >= size()) {
      throw new IndexOutOfBoundsException(name + ": no example " + i + "; there are " + size());
    }
    return rows == null ? i : rows[i];
  }

  @Override
  public ImageDataset subset(int[] indices) {
    int[] chosen = new int[indices.length];
    for (int k = 0; k < chosen.length; k++) {
      chosen[k] = row(indices[k]);
    }
    return new ImageDataset(name, height, width, channels, classNames, values, labels, chosen);
  }

  @Override
  public ImageDataset slice(int from, int to) {
    return (ImageDataset) TensorDataset.super.slice(from, to);
  }

  @Override
  public ImageDataset ofClasses(int... wanted) {
    return (ImageDataset) TensorDataset.super.ofClasses(wanted);
  }

  /**
   * The examples of the given classes, in the order of the set, as a set of these classes alone:
   * the class named first has label 0, and so on.
   *
   * @throws IllegalArgumentException if one is not a class of this set, or is named twice
   */
  public ImageDataset narrowedTo(int... wanted) {
    int[] labelOf = new int[classes()];
    Arrays.fill(labelOf, -1);
    List<String> names = new ArrayList<>();
    ImageDataset kept = ofClasses(wanted); // refuses what is no class
    for (int c : wanted) {
      if (labelOf[c] >= 0) {
        throw new IllegalArgumentException(name + ": class " + c + " is named twice");
      }
      labelOf[c] = names.size();
      names.add(classNames.get(c));
    }
    return kept.relabelled(names, labelOf);
  }

  @Override
  public ImageDataset grouped(List<String> names, int[] classOf) {
    if (classOf.length != classes()) {
      throw new IllegalArgumentException(
          name + ": " + classOf.length + " new classes for " + classes());
    }
    ImageDataset grouped = relabelled(names, classOf);
    grouped.checkLabels();
    return grouped;
  }

  /** The same examples with other labels: {@code labelOf} has the new one of each class. */
  private ImageDataset relabelled(List<String> names, int[] labelOf) {
    int[] renamed = new int[labels.length];
    Arrays.setAll(renamed, i -> labelOf[labels[i]]);
    return new ImageDataset(
        name, height, width, channels, List.copyOf(names), values, renamed, rows);
  }

  /** A copy in which rows and columns of every image are exchanged. */
  public ImageDataset transposed() {
    byte[] turned = new byte[size() * exampleSize()];
    int area = height * width;
    for (int i = 0; i < size(); i++) {
      int from = row(i) * exampleSize();
      for (int k = 0; k < exampleSize(); k++) {
        int y = k % area / width;
        int to = k / area * area + k % width * height + y;
        turned[i * exampleSize() + to] = values[from + k];
      }
    }
    return new ImageDataset(name, width, height, channels, classNames, turned, labels());
  }

  @Override
  public String digest() {
    String known = digest;
    if (known == null) {
      known = computeDigest();
      digest = known;
    }
    return known;
  }

  private String computeDigest() {
    ContentDigest content = new ContentDigest("limbeck images 1");
    content.number(channels).number(height).number(width).number(classNames.size());
    classNames.forEach(content::text);
    content.number(size());
    for (int i = 0; i < size(); i++) {
      content.number(label(i)).bytes(values, row(i) * exampleSize(), exampleSize());
    }
    return content.hex();
  }

  @Override
  public String toString() {
    return name + ": " + size() + " images of " + extent() + " in " + classes() + " classes";
  }
}
