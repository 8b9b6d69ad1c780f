package limbeck.kd.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import limbeck.engine.io.FormatException;

/**
 * Reads grey images and their labels from IDX files, gzipped or not: MNIST (LeCun, Cortes, Burges)
 * and the sets published in its format, such as Fashion-MNIST and EMNIST. {@link IdxWriter} writes
 * them.
 *
 * <p>EMNIST stores each image transposed; it is read as stored, {@link ImageDataset#transposed}
 * puts it upright.
 */
public final class Idx {
  private static final String LETTERS = "emnist-letters";
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String DIGITS = "0123456789";

  private Idx() {}

  /**
   * The images and labels of one split, found in a folder by their usual names: {@code
   * train-images-idx3-ubyte} and {@code train-labels-idx1-ubyte}, or {@code t10k} or {@code test}
   * in place of {@code train}; any prefix ending in a hyphen, a dot in place of the last hyphen,
   * and {@code .gz}. Classes are the ten digits, or what the prefixes {@code emnist-letters} (whose
   * labels 1 to 26 become classes 0 to 25), {@code emnist-balanced}, {@code emnist-bymerge} and
   * {@code emnist-byclass} stand for.
   *
   * @param which {@code train}, or {@code t10k} or {@code test}, which mean the same
   * @throws FormatException if the files are missing, ambiguous, truncated, too long, of another
   *     kind or disagree, or a label is not a class
   * @throws IOException if they cannot be read
   */
  public static ImageDataset dataset(Path folder, String which) throws IOException {
    IdxFiles files = IdxFiles.find(folder, which);
    int first = files.prefix().startsWith(LETTERS) ? 1 : 0;
    return read(files, which, classNames(files.prefix()), first);
  }

  /**
   * As {@link #dataset(Path, String)}, with the classes named by the caller: label 0 is {@code
   * classNames.get(0)}.
   *
   * @throws FormatException as above
   * @throws IOException as above
   */
  public static ImageDataset dataset(Path folder, String which, List<String> classNames)
      throws IOException {
    return read(IdxFiles.find(folder, which), which, List.copyOf(classNames), 0);
  }

  /**
   * One split of EMNIST Letters, whatever its prefix, as stored: labels 1 to 26 are classes a to z.
   */
  static ImageDataset emnistLetters(Path folder, String which) throws IOException {
    return read(IdxFiles.find(folder, which), which, letters(LOWER), 1);
  }

  /**
   * The first images of a file, without labels.
   *
   * @param limit how many at most
   * @return one array of pixels from 0 to 1 for each
   * @throws FormatException if it is no IDX file of images
   * @throws IOException if it cannot be read
   */
  public static float[][] images(Path file, int limit) throws IOException {
    IdxFile content = IdxFile.read(file, IdxFile.IMAGES);
    int size = content.axis(1) * content.axis(2);
    float[][] images = new float[Math.min(limit, content.axis(0))][size];
    for (int i = 0; i < images.length; i++) {
      for (int j = 0; j < size; j++) {
        images[i][j] = (content.values()[i * size + j] & 0xff) / 255f;
      }
    }
    return images;
  }

  private static ImageDataset read(
      IdxFiles files, String which, List<String> classNames, int firstLabel) throws IOException {
    IdxFile images = IdxFile.read(files.images(), IdxFile.IMAGES);
    IdxFile labels = IdxFile.read(files.labels(), IdxFile.LABELS);
    if (images.axis(0) != labels.axis(0)) {
      throw new FormatException(
          files.images()
              + " has "
              + images.axis(0)
              + " images but "
              + files.labels()
              + " has "
              + labels.axis(0)
              + " labels; use files of one set and split");
    }
    int[] numbers = labels(labels.values(), files.labels(), classNames.size(), firstLabel);
    return new ImageDataset(
        named(files) + which,
        images.axis(1),
        images.axis(2),
        1,
        classNames,
        images.values(),
        numbers);
  }

  /** What stands before the split in a set's name: the files' own prefix, or the folder's name. */
  private static String named(IdxFiles files) {
    Path folder = files.images().toAbsolutePath().normalize().getParent();
    return files.prefix().isEmpty() && folder.getFileName() != null
        ? folder.getFileName() + "-"
        : files.prefix();
  }

  private static int[] labels(byte[] bytes, Path file, int classes, int first)
      throws FormatException {
    int[] labels = new int[bytes.length];
    for (int i = 0; i < labels.length; i++) {
      int stored = bytes[i] & 0xff;
      labels[i] = stored - first;
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new FormatException(
            file
                + ": label "
                + i
                + " is "
                + stored
                + ", which is not one of the classes "
                + first
                + " to "
                + (classes - 1 + first)
                + "; name the classes if there are others");
      }
    }
    return labels;
  }

  private static List<String> classNames(String prefix) {
    if (prefix.startsWith(LETTERS)) {
      return letters(LOWER);
    }
    if (prefix.startsWith("emnist-byclass")) {
      return letters(DIGITS + UPPER + LOWER);
    }
    if (prefix.startsWith("emnist-balanced") || prefix.startsWith("emnist-bymerge")) {
      return letters(
          DIGITS + UPPER + "abdefghnqrt"); // the lower-case letters unlike their capitals
    }
    return letters(DIGITS);
  }

  private static List<String> letters(String characters) {
    List<String> names = new ArrayList<>();
    for (char c : characters.toCharArray()) {
      names.add(String.valueOf(c));
    }
    return List.copyOf(names);
  }
}
