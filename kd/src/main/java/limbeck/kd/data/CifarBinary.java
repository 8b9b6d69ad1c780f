package limbeck.kd.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.HeapBudget;

/**
 * Reads the binary files of CIFAR-10 ({@code data_batch_1.bin} to {@code data_batch_5.bin}, {@code
 * test_batch.bin}) and of CIFAR-100 ({@code train.bin}, {@code test.bin}), gzipped or not: records
 * of a label byte, in CIFAR-100 a coarse and a fine one, and 3,072 bytes of a 32 × 32 image, red
 * plane first. Krizhevsky 2009, <i>Learning multiple layers of features from tiny images</i>.
 */
public final class CifarBinary {
  /** The classes of CIFAR-10 in label order. */
  public static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private static final String FINE_NAMES = "fine_label_names.txt";
  private static final int FINE_CLASSES = 100;
  private static final int SIDE = 32;
  private static final int CHANNELS = 3;
  private static final int PIXELS = CHANNELS * SIDE * SIDE;

  /** The most images of one file: more than the whole set has. */
  private static final int MOST = 100_000;

  /** Of what a file holds: as it is read, as it was read, and with those of other files. */
  private static final long COPIES = 3;

  private CifarBinary() {}

  /**
   * The images of one file of CIFAR-10, in its order, as [3, 32, 32].
   *
   * @throws FormatException if the file is empty, does not end with a record, has more than 100,000
   *     of them, or a label above 9
   * @throws IOException if it cannot be read
   */
  public static ImageDataset read(Path file) throws IOException {
    return read(List.of(file), 1, CLASSES, file.getFileName().toString());
  }

  /**
   * A part of CIFAR-10, from the folder with its files: all five batches, or the test batch.
   *
   * @param part {@code train} or {@code test}
   * @throws FormatException if a file is missing, or as {@link #read} says
   * @throws IOException if one cannot be read
   */
  public static ImageDataset ten(Path folder, String part) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String name : filesOfTen(part)) {
      files.add(existing(folder, name));
    }
    return read(files, 1, CLASSES, DataSets.folderName(folder) + part);
  }

  /**
   * A part of CIFAR-100 with its fine labels, which are named by the lines of {@code
   * fine_label_names.txt} in the same folder, or by numbers where there is no such file.
   *
   * @param part {@code train} or {@code test}
   * @throws FormatException if the file is missing, the names are not 100, or as {@link #read} says
   * @throws IOException if one cannot be read
   */
  public static ImageDataset hundred(Path folder, String part) throws IOException {
    Path names = folder.resolve(FINE_NAMES);
    List<String> classes =
        Files.exists(names) ? ClassNames.read(names) : ClassNames.numbers(FINE_CLASSES);
    if (classes.size() != FINE_CLASSES) {
      throw new FormatException(names + " names " + classes.size() + " classes; CIFAR-100 has 100");
    }
    Path file = existing(folder, ofHundred(part));
    return read(List.of(file), 2, classes, DataSets.folderName(folder) + part);
  }

  /** The file that tells that CIFAR-10 is there. */
  static String firstOfTen(String part) {
    return filesOfTen(part).get(0);
  }

  /** The file of CIFAR-100. */
  static String ofHundred(String part) {
    return part + ".bin";
  }

  private static List<String> filesOfTen(String part) {
    return part.equals("train")
        ? List.of(
            "data_batch_1.bin",
            "data_batch_2.bin",
            "data_batch_3.bin",
            "data_batch_4.bin",
            "data_batch_5.bin")
        : List.of("test_batch.bin");
  }

  private static Path existing(Path folder, String name) throws FormatException {
    Path file = MaybeGzip.found(folder, name);
    if (file == null) {
      throw new FormatException(folder + " holds no " + name + " or " + name + ".gz");
    }
    return file;
  }

  /** The images of files in their order; the last of {@code labelBytes} is the label. */
  private static ImageDataset read(
      List<Path> files, int labelBytes, List<String> classes, String name) throws IOException {
    int length = labelBytes + PIXELS;
    HeapBudget budget = new HeapBudget(files.get(0).toString());
    List<byte[]> contents = new ArrayList<>();
    int images = 0;
    for (Path file : files) {
      byte[] records = records(file, length);
      budget.take(2L * records.length);
      checkLabels(records, labelBytes, classes.size(), file);
      contents.add(records);
      images += records.length / length;
    }
    byte[] values = new byte[images * PIXELS];
    int[] labels = new int[images];
    int image = 0;
    for (byte[] records : contents) {
      for (int at = 0; at < records.length; at += length, image++) {
        labels[image] = records[at + labelBytes - 1] & 0xff;
        System.arraycopy(records, at + labelBytes, values, image * PIXELS, PIXELS);
      }
    }
    return new ImageDataset(name, SIDE, SIDE, CHANNELS, classes, values, labels);
  }

  private static void checkLabels(byte[] records, int labelBytes, int classes, Path file)
      throws FormatException {
    int length = labelBytes + PIXELS;
    for (int i = 0; i < records.length / length; i++) {
      int label = records[i * length + labelBytes - 1] & 0xff;
      if (label >= classes) {
        throw new FormatException(
            file + ": label " + i + " is " + label + ", which is not one of 0 to " + (classes - 1));
      }
    }
  }

  private static byte[] records(Path file, int length) throws IOException {
    try (InputStream in = MaybeGzip.open(file)) {
      HeapBudget budget = new HeapBudget(file.toString());
      int most = (int) Math.min((long) MOST * length, budget.left() / COPIES);
      byte[] records = in.readNBytes(most);
      if (in.read() >= 0) {
        budget.take(COPIES * (records.length + 1L));
        throw new FormatException(file + " has more than " + MOST + " images");
      }
      if (records.length == 0 || records.length % length != 0) {
        throw new FormatException(
            file
                + " has "
                + records.length
                + " bytes, which are no whole number of records of "
                + length
                + " bytes; it is truncated, or no binary file of CIFAR");
      }
      return records;
    }
  }
}
