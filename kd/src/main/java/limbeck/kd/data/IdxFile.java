package limbeck.kd.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.HeapBudget;
import limbeck.engine.tensor.Shape;

/**
 * The content of one IDX file of unsigned bytes: two zero bytes, the type 8, the number of axes,
 * each axis as a big-endian 32-bit number, the values.
 */
final class IdxFile {
  /** Axes of images: count, height, width. */
  static final int IMAGES = 3;

  /** Axes of labels: count. */
  static final int LABELS = 1;

  /** The largest height or width. */
  static final int MAX_SIDE = 4096;

  /** The most values in a file: 1 GiB, 1.3 million images of 28 by 28. */
  static final int MAX_VALUES = 1 << 30;

  private static final int UNSIGNED_BYTE = 8;
  private static final int STEP = 1 << 20;

  private final int[] axes;
  private final byte[] values;

  private IdxFile(int[] axes, byte[] values) {
    this.axes = axes;
    this.values = values;
  }

  int axis(int i) {
    return axes[i];
  }

  byte[] values() {
    return values;
  }

  /** Reads a whole file, which must have {@code rank} axes and nothing after its values. */
  static IdxFile read(Path file, int rank) throws IOException {
    try (InputStream in = MaybeGzip.open(file)) {
      int[] axes = header(in, file, rank);
      byte[] values = values(in, file, Shape.of(axes).size());
      if (in.read() >= 0) {
        throw new FormatException(
            file + " goes on after the " + values.length + " values that its header declares");
      }
      return new IdxFile(axes, values);
    }
  }

  private static int[] header(InputStream in, Path file, int rank) throws IOException {
    byte[] bytes = in.readNBytes(4 + 4 * rank);
    boolean magic = bytes.length >= 4 && bytes[0] == 0 && bytes[1] == 0;
    if (!magic || bytes[2] != UNSIGNED_BYTE || bytes[3] != rank) {
      throw new FormatException(
          file
              + " does not start like an IDX file of "
              + (rank == IMAGES ? "images" : "labels")
              + ": expected 00 00 08 0"
              + rank
              + ", found "
              + hex(bytes));
    }
    if (bytes.length < 4 + 4 * rank) {
      throw new FormatException(file + " ends inside its header");
    }
    int[] axes = new int[rank];
    for (int i = 0; i < rank; i++) {
      axes[i] = bigEndian(bytes, 4 + 4 * i);
    }
    checkAxes(axes, file);
    return axes;
  }

  private static String hex(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(4, bytes.length); i++) {
      text.append(i == 0 ? "" : " ")
          .append(Character.forDigit(bytes[i] >> 4 & 15, 16))
          .append(Character.forDigit(bytes[i] & 15, 16));
    }
    return bytes.length == 0 ? "an empty file" : text.toString();
  }

  private static int bigEndian(byte[] b, int at) {
    return b[at] << 24 | (b[at + 1] & 0xff) << 16 | (b[at + 2] & 0xff) << 8 | b[at + 3] & 0xff;
  }

  private static void checkAxes(int[] axes, Path file) throws FormatException {
    long size = 1;
    for (int i = 0; i < axes.length; i++) {
      int limit = i == 0 ? MAX_VALUES : MAX_SIDE;
      if (axes[i] < 1 || axes[i] > limit || size * axes[i] > MAX_VALUES) {
        throw new FormatException(
            file
                + " declares axes "
                + unsigned(axes)
                + "; each must be at least 1, a side at most "
                + MAX_SIDE
                + ", all together at most "
                + MAX_VALUES
                + " values");
      }
      size *= axes[i];
    }
  }

  private static String unsigned(int[] axes) {
    return Arrays.stream(axes).mapToObj(Integer::toUnsignedString).toList().toString();
  }

  /**
   * Reads {@code count} values, growing as they arrive: a header's word alone reserves no memory.
   */
  private static byte[] values(InputStream in, Path file, int count) throws IOException {
    byte[] values = new byte[Math.min(count, STEP)];
    int filled = 0;
    while (filled < count) {
      if (filled == values.length) {
        int longer = (int) Math.min(count, 4L * filled);
        new HeapBudget(file.toString()).take((long) filled + longer);
        values = Arrays.copyOf(values, longer);
      }
      int n = in.readNBytes(values, filled, values.length - filled);
      filled += n;
      if (filled < values.length) {
        throw new FormatException(
            file + " is truncated: its header declares " + count + " values, it has " + filled);
      }
    }
    return values;
  }
}
