package limbeck.kd.onnx;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import limbeck.engine.io.FormatException;

/**
 * The plain files of a tar archive, one after another (POSIX.1-1988 "ustar": headers of 512 bytes,
 * contents padded to as many). Nothing is written anywhere, so names may be what they like.
 */
final class TarReader {
  private static final int BLOCK = 512;
  private static final int NAME = 100;
  private static final int SIZE = 124;
  private static final int SIZE_LENGTH = 12;
  private static final int TYPE = 156;
  private static final int PREFIX = 345;
  private static final int PREFIX_LENGTH = 155;

  private final InputStream in;
  private final String source;
  private final byte[] header = new byte[BLOCK];
  private long left;
  private long size;
  private String name;

  TarReader(InputStream in, String source) {
    this.in = in;
    this.source = source;
  }

  /** Goes to the next plain file; false at the end. */
  boolean next() throws IOException {
    while (true) {
      skip(left + padding(left));
      left = 0;
      int n = in.readNBytes(header, 0, BLOCK);
      if (n == 0 || n == BLOCK && header[0] == 0) {
        return false;
      }
      if (n < BLOCK) {
        throw new FormatException("tar: " + source + " ends within a header");
      }
      size = octal();
      left = size;
      String prefix = text(PREFIX, PREFIX_LENGTH);
      name = prefix.isEmpty() ? text(0, NAME) : prefix + "/" + text(0, NAME);
      if (header[TYPE] == '0' || header[TYPE] == 0) {
        return true;
      }
    }
  }

  /** The path of the file. */
  String name() {
    return name;
  }

  /** Its bytes. */
  long size() {
    return size;
  }

  byte[] content() throws IOException {
    if (size > Integer.MAX_VALUE - 16) {
      throw new FormatException("tar: " + source + ": " + name + " has " + size + " bytes");
    }
    byte[] bytes = in.readNBytes((int) size);
    if (bytes.length < size) {
      throw new FormatException("tar: " + source + " ends within " + name);
    }
    skip(padding(size));
    left = 0;
    return bytes;
  }

  private void skip(long bytes) throws IOException {
    try {
      in.skipNBytes(bytes);
    } catch (EOFException e) {
      throw new FormatException("tar: " + source + " ends within " + name, e);
    }
  }

  private static long padding(long n) {
    return -n & BLOCK - 1;
  }

  private String text(int from, int length) {
    int n = 0;
    while (n < length && header[from + n] != 0) {
      n++;
    }
    return new String(header, from, n, StandardCharsets.UTF_8);
  }

  private long octal() throws FormatException {
    String digits = text(SIZE, SIZE_LENGTH).trim();
    try {
      long value = digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new FormatException(
          "tar: " + source + ": a header has the size " + FormatException.quote(digits), e);
    }
    throw new FormatException("tar: " + source + ": a header has the size " + digits);
  }
}
