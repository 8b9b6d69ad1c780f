package limbeck.kd.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import limbeck.engine.io.FormatException;

/** Opens a folder with a data set, whatever format it is in. */
public final class DataSets {
  private static final String TRAIN = "train";
  private static final String TEST = "test";

  private DataSets() {}

  /**
   * One part of the set in a folder, in the format that the names of the files there tell.
   *
   * @param part {@code train}, or {@code test} or {@code t10k}, which mean the same
   * @throws FormatException if there is no such part, in any format or in several, or it cannot be
   *     read as that format says
   * @throws IOException if it cannot be read
   */
  public static ImageDataset open(Path folder, String part) throws IOException {
    return open(folder, part, LoadProgress.NONE);
  }

  /** As {@link #open(Path, String)}, telling how far it is where that takes long. */
  public static ImageDataset open(Path folder, String part, LoadProgress progress)
      throws IOException {
    return open(folder, part, find(folder, name(part)), progress);
  }

  /**
   * As {@link #open(Path, String)}, in a given format.
   *
   * @throws FormatException if there is no such part in that format, or it cannot be read as the
   *     format says
   * @throws IOException if it cannot be read
   */
  public static ImageDataset open(
      Path folder, String part, DataFormat format, LoadProgress progress) throws IOException {
    String which = name(part);
    checkFolder(folder, which);
    if (!isIn(folder, which, format)) {
      throw new FormatException(folder + " holds no " + which + " set: no " + files(which, format));
    }
    return switch (format) {
      case IDX -> Idx.dataset(folder, which);
      case EMNIST_LETTERS -> Idx.emnistLetters(folder, which).transposed();
      case CIFAR_10 -> CifarBinary.ten(folder, which);
      case CIFAR_100 -> CifarBinary.hundred(folder, which);
      case JPEG_STREAM ->
          JpegStream.read(MaybeGzip.found(folder, which + JpegStream.SUFFIX), progress);
      case FOLDERS ->
          ImageFolder.read(folder.resolve(which), progress).named(folderName(folder) + which);
    };
  }

  private static String name(String part) {
    return switch (part) {
      case TRAIN -> TRAIN;
      case TEST, "t10k" -> TEST;
      default ->
          throw new IllegalArgumentException(
              "no part \"" + part + "\" of a data set; there are train and test");
    };
  }

  private static void checkFolder(Path folder, String part) throws FormatException {
    if (!Files.isDirectory(folder)) {
      throw new FormatException(
          folder
              + (Files.exists(folder) ? " is not a folder" : ": no such folder")
              + "; give the folder that holds the "
              + part
              + " set");
    }
  }

  /** The only format of a part, or what was looked for. */
  private static DataFormat find(Path folder, String part) throws IOException {
    checkFolder(folder, part);
    List<DataFormat> found = new ArrayList<>();
    List<String> wanted = new ArrayList<>();
    for (DataFormat format : DataFormat.values()) {
      if (format != DataFormat.EMNIST_LETTERS) {
        wanted.add(files(part, format));
        if (isIn(folder, part, format)) {
          found.add(format);
        }
      }
    }
    if (found.isEmpty()) {
      throw new FormatException(
          folder + " holds no " + part + " set; looked for " + String.join("; ", wanted));
    }
    if (found.size() > 1) {
      throw new FormatException(
          folder
              + " holds several "
              + part
              + " sets, as "
              + String.join(" and as ", found.stream().map(DataFormat::word).toList())
              + "; say which format to read, or give each a folder of its own");
    }
    return found.get(0);
  }

  private static boolean isIn(Path folder, String part, DataFormat format) throws IOException {
    return switch (format) {
      case IDX, EMNIST_LETTERS -> IdxFiles.holds(folder, part);
      case CIFAR_10 -> MaybeGzip.found(folder, CifarBinary.firstOfTen(part)) != null;
      case CIFAR_100 -> MaybeGzip.found(folder, CifarBinary.ofHundred(part)) != null;
      case JPEG_STREAM -> MaybeGzip.found(folder, part + JpegStream.SUFFIX) != null;
      case FOLDERS -> Files.isDirectory(folder.resolve(part));
    };
  }

  /** The files of a part, in words. */
  private static String files(String part, DataFormat format) {
    return switch (format) {
      case IDX, EMNIST_LETTERS -> IdxFiles.shown(part, "images-idx3");
      case CIFAR_10 -> CifarBinary.firstOfTen(part) + " (CIFAR-10)";
      case CIFAR_100 -> CifarBinary.ofHundred(part) + " (CIFAR-100)";
      case JPEG_STREAM -> part + JpegStream.SUFFIX + ".gz";
      case FOLDERS -> "a folder " + part + " with a folder of PNG or JPEG files for each class";
    };
  }

  /** The name of a folder and a hyphen, or nothing for the root. */
  static String folderName(Path folder) {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return name == null ? "" : name + "-";
  }
}
