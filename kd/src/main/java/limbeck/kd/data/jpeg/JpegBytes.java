package limbeck.kd.data.jpeg;

import java.nio.charset.StandardCharsets;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.HeapBudget;

/** The bytes of a file and a position in them, from which nothing is read beyond a limit. */
final class JpegBytes {
  private final byte[] bytes;
  private final String source;
  private int position;
  private int limit; // end of the segment that is being read, or of the file

  JpegBytes(byte[] bytes, String source) {
    this.bytes = bytes;
    this.source = source;
    this.limit = bytes.length;
  }

  /** Memory for what is made of the file. */
  HeapBudget budget() {
    return new HeapBudget(source);
  }

  byte[] array() {
    return bytes;
  }

  int position() {
    return position;
  }

  void position(int place) {
    position = place;
  }

  /** Bytes left in the segment, or in the file between segments. */
  int left() {
    return limit - position;
  }

  /** Bytes left in the file. */
  int leftInFile() {
    return bytes.length - position;
  }

  /** One byte, 0 to 255. */
  int u8() throws FormatException {
    if (position >= limit) {
      throw error(
          limit < bytes.length
              ? "a segment is shorter than its content"
              : "the file is truncated, it ends here");
    }
    return bytes[position++] & 0xff;
  }

  /** Two bytes, the high one first. */
  int u16() throws FormatException {
    return u8() << 8 | u8();
  }

  /** Enters the segment whose length comes next (T.81, B.1.1.4); returns the bytes of content. */
  int enter() throws FormatException {
    int length = u16();
    if (length < 2 || length - 2 > leftInFile()) {
      position -= 2;
      throw error(
          "a segment declares " + length + " bytes, " + leftInFile() + " are left in the file");
    }
    limit = position + length - 2;
    return length - 2;
  }

  /** Leaves the segment, passing over what is left of it. */
  void leave() {
    position = limit;
    limit = bytes.length;
  }

  /** Leaves the segment, all of which must have been read. */
  void leaveAtEnd() throws FormatException {
    if (left() != 0) {
      throw error("a segment is longer than its content");
    }
    leave();
  }

  /** Whether what comes next in the segment is this text. */
  boolean startsWith(String text) {
    byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
    boolean same = left() >= wanted.length;
    for (int i = 0; same && i < wanted.length; i++) {
      same = bytes[position + i] == wanted[i];
    }
    return same;
  }

  /** An error at the present position. */
  FormatException error(String what) {
    return error(what, position);
  }

  /** An error at a position. */
  FormatException error(String what, int at) {
    return new FormatException(source + ", byte " + at + ": " + what);
  }

  /** An error of the file as a whole. */
  FormatException refused(String why) {
    return new FormatException(source + ": " + why);
  }
}
