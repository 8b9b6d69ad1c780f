package limbeck.kd.data;

import java.util.List;
import limbeck.kd.Words;

/** What a folder with a data set may hold. */
public enum DataFormat {
  /** IDX files, as of MNIST: {@link Idx}. */
  IDX("idx"),

  /**
   * IDX files of EMNIST Letters, whatever they are called: labels 1 to 26 become classes a to z,
   * and images, which are stored transposed, are put upright. Never found by itself, since the
   * files do not tell; it must be asked for.
   */
  EMNIST_LETTERS("emnist-letters"),

  /** CIFAR-10's binary files: {@link CifarBinary}. */
  CIFAR_10("cifar10"),

  /** CIFAR-100's binary files, with the fine labels: {@link CifarBinary}. */
  CIFAR_100("cifar100"),

  /** A stream of JPEG records: {@link JpegStream}. */
  JPEG_STREAM("jpegstream"),

  /** Image files in a folder for each class: {@link ImageFolder}. */
  FOLDERS("folders");

  private static final Words<DataFormat> WORDS =
      new Words<>("data format", List.of(values()), DataFormat::word);

  private final String word;

  DataFormat(String word) {
    this.word = word;
  }

  /** The word that names it in settings. */
  public String word() {
    return word;
  }

  /** All words. */
  public static List<String> words() {
    return WORDS.all();
  }

  /**
   * The format that a word names.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static DataFormat of(String word) {
    return WORDS.of(word);
  }
}
