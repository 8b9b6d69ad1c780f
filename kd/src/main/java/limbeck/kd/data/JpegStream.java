package limbeck.kd.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import limbeck.engine.io.FormatException;
import limbeck.kd.data.jpeg.Jpeg;

/**
 * Reads labelled JPEG images from one file, gzipped or not: records of a label byte, the length of
 * what follows as two bytes, the high one first, and a JPEG file of that length. By custom it is
 * called {@code train.jpegstream.gz} or {@code test.jpegstream.gz}. Classes are named by the lines
 * of {@code labels.txt} in the same folder; where there is none, by their numbers, up to the
 * largest label of the file.
 *
 * <p>The file is read twice: once to count the records, once to decode them one by one, so that
 * memory holds the pixels and one record.
 */
public final class JpegStream {
  /** Ends the names of such files, before {@code .gz}. */
  static final String SUFFIX = ".jpegstream";

  private static final String NAMES = "labels.txt";

  private JpegStream() {}

  /**
   * As {@link #read(Path, LoadProgress)}, telling nobody.
   *
   * @throws FormatException as there
   * @throws IOException as there
   */
  public static ImageDataset read(Path file) throws IOException {
    return read(file, LoadProgress.NONE);
  }

  /**
   * The images of a file, in its order.
   *
   * @throws FormatException if the file is empty, truncated or damaged, an image cannot be read or
   *     differs in size, or a label has no name; the message names the record
   * @throws IOException if it cannot be read
   */
  public static ImageDataset read(Path file, LoadProgress progress) throws IOException {
    return decode(file, scan(file), progress);
  }

  /** What the first reading finds out. */
  private record Contents(int records, int largestLabel, Image first) {}

  private static Contents scan(Path file) throws IOException {
    Image first = null;
    int records = 0;
    int largest = 0;
    try (InputStream in = MaybeGzip.open(file)) {
      for (int label = in.read(); label >= 0; label = in.read()) {
        byte[] jpeg = content(in, file, records);
        if (first == null) {
          first = Jpeg.read(jpeg, record(file, 0));
        }
        records++;
        largest = Math.max(largest, label);
        if (records > ImageStack.most(first)) {
          throw new FormatException(
              file
                  + " has more than "
                  + (records - 1)
                  + " images of "
                  + first
                  + "; no more are read");
        }
      }
    }
    if (first == null) {
      throw new FormatException(file + " is empty; records of label, length and JPEG are expected");
    }
    return new Contents(records, largest, first);
  }

  private static ImageDataset decode(Path file, Contents contents, LoadProgress progress)
      throws IOException {
    List<String> classes = classNames(file, contents.largestLabel());
    ImageStack stack =
        new ImageStack(file.toString(), contents.records(), contents.first(), record(file, 0));
    try (InputStream in = MaybeGzip.open(file)) {
      for (int i = 0; i < contents.records(); i++) {
        int label = in.read();
        String name = record(file, i);
        if (label >= classes.size()) {
          throw new FormatException(
              name
                  + " has label "
                  + label
                  + "; "
                  + NAMES
                  + " names "
                  + classes.size()
                  + " classes");
        }
        stack.add(Jpeg.read(content(in, file, i), name), label, name);
        progress.read(i + 1, contents.records());
      }
    }
    return stack.dataset(setName(file), classes);
  }

  private static byte[] content(InputStream in, Path file, int record) throws IOException {
    int high = in.read();
    int low = in.read();
    int length = high << 8 | low;
    byte[] content = in.readNBytes(Math.max(0, length));
    if (low < 0 || content.length < length) {
      throw new FormatException(record(file, record) + " is truncated: the file ends inside it");
    }
    return content;
  }

  private static String record(Path file, int number) {
    return file + ", record " + number;
  }

  private static List<String> classNames(Path file, int largestLabel) throws IOException {
    Path names = file.resolveSibling(NAMES);
    return Files.exists(names) ? ClassNames.read(names) : ClassNames.numbers(largestLabel + 1);
  }

  /** The name of the folder and that of the part: {@code cifar10-train}. */
  private static String setName(Path file) {
    String part = file.getFileName().toString();
    int end = part.indexOf(SUFFIX);
    String set = DataSets.folderName(file.toAbsolutePath().getParent());
    return set + (end > 0 ? part.substring(0, end) : part);
  }
}
