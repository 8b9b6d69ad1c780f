package limbeck.kd.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipException;
import limbeck.engine.io.FormatException;

/**
 * Reads CIFAR-10's binary files ({@code data_batch_1.bin} to {@code data_batch_5.bin}, {@code
 * test_batch.bin}), gzipped or not: records of one label byte and 3,072 bytes of a 32 × 32 image,
 * red plane first. Krizhevsky 2009, <i>Learning multiple layers of features from tiny images</i>.
 */
public final class CifarBinary {
  /** The classes in label order. */
  public static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private static final int SIDE = 32;
  private static final int CHANNELS = 3;
  private static final int PIXELS = CHANNELS * SIDE * SIDE;
  private static final int RECORD = 1 + PIXELS;

  /** The most images of one file: more than the whole set has. */
  private static final int MOST = 100_000;

  private CifarBinary() {}

  /**
   * The images of one file, in its order, as [3, 32, 32].
   *
   * @throws FormatException if the file is empty, does not end with a record, has more than 100,000
   *     of them, or a label above 9
   * @throws IOException if it cannot be read
   */
  public static ImageDataset read(Path file) throws IOException {
    byte[] records = records(file);
    int n = records.length / RECORD;
    byte[] values = new byte[n * PIXELS];
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      labels[i] = records[i * RECORD] & 0xff;
      if (labels[i] >= CLASSES.size()) {
        throw new FormatException(
            file + ": label " + i + " is " + labels[i] + ", which is not one of 0 to 9");
      }
      System.arraycopy(records, i * RECORD + 1, values, i * PIXELS, PIXELS);
    }
    String name = file.getFileName().toString();
    return new ImageDataset(name, SIDE, SIDE, CHANNELS, CLASSES, values, labels);
  }

  private static byte[] records(Path file) throws IOException {
    try (InputStream in = MaybeGzip.open(file)) {
      byte[] records = in.readNBytes(MOST * RECORD);
      if (in.read() >= 0) {
        throw new FormatException(file + " has more than " + MOST + " images");
      }
      if (records.length == 0 || records.length % RECORD != 0) {
        throw new FormatException(
            file
                + " has "
                + records.length
                + " bytes, which are no whole number of records of "
                + RECORD
                + " bytes; it is truncated, or no CIFAR-10 binary file");
      }
      return records;
    } catch (EOFException | ZipException e) {
      String how = e.getMessage() == null ? "it ends too early" : e.getMessage();
      throw new FormatException(file + " is truncated or damaged: " + how, e);
    }
  }
}
