package limbeck.kd.data;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Puts an image into the chunks of a PNG file, each row unfiltered. */
final class PngWriter {
  private PngWriter() {}

  static byte[] bytes(Image image) {
    check(image);
    ByteBuffer header = ByteBuffer.allocate(13);
    header.putInt(image.width()).putInt(image.height()).put((byte) 8);
    header.put((byte) (image.channels() == 1 ? PngHeader.GREY : PngHeader.RGB));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(PngReader.SIGNATURE);
    chunk(out, "IHDR", header.array());
    chunk(out, "IDAT", deflated(rows(image)));
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static void check(Image image) {
    boolean large =
        image.width() > Png.MAX_SIDE
            || image.height() > Png.MAX_SIDE
            || (long) image.width() * image.height() > Png.MAX_PIXELS;
    if (large || image.channels() != 1 && image.channels() != 3) {
      throw new IllegalArgumentException(
          "cannot write "
              + image
              + " as PNG: 1 or 3 channels, sides to "
              + Png.MAX_SIDE
              + " and "
              + Png.MAX_PIXELS
              + " pixels are supported");
    }
  }

  private static byte[] rows(Image image) {
    int length = image.width() * image.channels();
    byte[] rows = new byte[image.height() * (length + 1)]; // a leading 0 in each: no filter
    for (int y = 0; y < image.height(); y++) {
      System.arraycopy(image.samples(), y * length, rows, y * (length + 1) + 1, length);
    }
    return rows;
  }

  private static byte[] deflated(byte[] rows) {
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(rows);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[1 << 14];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  /** Appends length, type, content and the CRC-32 of type and content. */
  static void chunk(ByteArrayOutputStream out, String type, byte[] content) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(content);
    ByteBuffer chunk = ByteBuffer.allocate(content.length + 12);
    chunk.putInt(content.length).put(name).put(content).putInt((int) crc.getValue());
    out.writeBytes(chunk.array());
  }
}
