package limbeck.kd.data;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.HeapBudget;

/** Takes a PNG file apart: signature, chunks with their checksums and order, compressed rows. */
final class PngReader {
  static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  private final ByteBuffer file;
  private final String source;
  private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
  private PngHeader header;
  private byte[] palette;
  private byte[] transparency;
  private boolean ended;

  PngReader(byte[] bytes, String source) {
    this.file = ByteBuffer.wrap(bytes);
    this.source = source;
  }

  Image read() throws FormatException {
    byte[] start = new byte[Math.min(SIGNATURE.length, file.remaining())];
    file.get(start);
    if (!Arrays.equals(start, SIGNATURE)) {
      throw new FormatException(source + " is not a PNG file: it has not the PNG signature");
    }
    String previous = "";
    while (!ended) {
      previous = chunk(previous);
    }
    if (compressed.size() == 0) {
      throw new FormatException(source + " has no image data (IDAT)");
    }
    byte[] rows = inflate((header.rowBytes() + 1L) * header.height());
    PngRows.unfilter(rows, header, source);
    return new PngPixels(header, palette, transparency, source).image(rows);
  }

  /** Reads one chunk and returns its type. */
  private String chunk(String previous) throws FormatException {
    if (file.remaining() < 12) {
      throw new FormatException(source + " is truncated: it ends without an end chunk (IEND)");
    }
    int length = file.getInt();
    if (length < 0 || length > file.remaining() - 8) {
      throw new FormatException(
          source
              + " is truncated: a chunk declares "
              + Integer.toUnsignedString(length)
              + " bytes, "
              + Math.max(0, file.remaining() - 8)
              + " are left");
    }
    byte[] name = new byte[4];
    file.get(name);
    String type = new String(name, StandardCharsets.ISO_8859_1);
    checkType(type);
    ByteBuffer content = file.slice(file.position(), length);
    file.position(file.position() + length);
    checkSum(name, content.duplicate(), type);
    take(type, previous, content);
    return type;
  }

  private void checkType(String type) throws FormatException {
    for (char c : type.toCharArray()) {
      if ((c < 'A' || c > 'Z') && (c < 'a' || c > 'z')) {
        throw new FormatException(source + " is damaged: a chunk type is not four letters");
      }
    }
    if (header == null != type.equals("IHDR")) {
      throw new FormatException(
          source + ": the header chunk (IHDR) must come first and once, found " + type);
    }
  }

  private void checkSum(byte[] name, ByteBuffer content, String type) throws FormatException {
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(content);
    if (file.getInt() != (int) crc.getValue()) {
      throw new FormatException(source + " is damaged: wrong checksum (CRC) of chunk " + type);
    }
  }

  private void take(String type, String previous, ByteBuffer content) throws FormatException {
    switch (type) {
      case "IHDR" -> header = PngHeader.read(content, source);
      case "PLTE" -> palette = once(palette, type, content, 768);
      case "tRNS" -> transparency = once(transparency, type, content, 256);
      case "IDAT" -> data(previous, content);
      case "IEND" -> ended = true;
      default -> {
        if (Character.isUpperCase(type.charAt(0))) {
          throw new FormatException(source + ": unknown critical chunk " + type);
        }
      }
    }
  }

  private byte[] once(byte[] before, String type, ByteBuffer content, int limit)
      throws FormatException {
    int length = content.remaining();
    if (before != null || compressed.size() > 0 || length == 0 || length > limit) {
      throw new FormatException(
          source + ": chunk " + type + " is repeated, misplaced or not 1 to " + limit + " bytes");
    }
    byte[] bytes = new byte[length];
    content.get(bytes);
    return bytes;
  }

  private void data(String previous, ByteBuffer content) throws FormatException {
    if (compressed.size() > 0 && !previous.equals("IDAT")) {
      throw new FormatException(source + ": the image data chunks (IDAT) are not consecutive");
    }
    compressed.write(content.array(), content.arrayOffset(), content.remaining());
  }

  /** Exactly {@code size} bytes, no more and no fewer; deflate cannot shrink data below 1/1032. */
  private byte[] inflate(long size) throws FormatException {
    if (size > 1032L * compressed.size()) {
      throw new FormatException(
          source
              + " is truncated: "
              + compressed.size()
              + " bytes of image data cannot hold "
              + header.width()
              + " x "
              + header.height()
              + " pixels");
    }
    // the rows, and pixels of four samples at most; a palette's are larger than its rows
    new HeapBudget(source).take(size + 4L * header.width() * header.height());
    byte[] rows = new byte[(int) size];
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(compressed.toByteArray());
      int filled = fill(inflater, rows);
      boolean more = !inflater.finished() && inflater.inflate(new byte[1]) > 0;
      if (filled < rows.length || more || !inflater.finished()) {
        throw new FormatException(
            source
                + " has "
                + (more ? "more" : "less")
                + " image data than "
                + header.width()
                + " x "
                + header.height()
                + " pixels");
      }
      return rows;
    } catch (DataFormatException e) {
      throw new FormatException(source + " is damaged: " + e.getMessage());
    } finally {
      inflater.end();
    }
  }

  private static int fill(Inflater inflater, byte[] rows) throws DataFormatException {
    int filled = 0;
    while (filled < rows.length) {
      int n = inflater.inflate(rows, filled, rows.length - filled);
      if (n == 0) {
        break; // finished, or starved of input: both are too few
      }
      filled += n;
    }
    return filled;
  }
}
