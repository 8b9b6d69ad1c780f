package limbeck.kd.data;

import java.nio.ByteBuffer;
import limbeck.engine.io.FormatException;

/**
 * The image header chunk of a PNG file.
 *
 * @param bits bits a sample, or a palette index
 * @param colour one of the colour types below
 */
record PngHeader(int width, int height, int bits, int colour) {
  static final int GREY = 0;
  static final int RGB = 2;
  static final int PALETTE = 3;
  static final int GREY_ALPHA = 4;
  static final int RGBA = 6;

  /** Reads the 13 bytes of the chunk. */
  static PngHeader read(ByteBuffer content, String source) throws FormatException {
    if (content.remaining() != 13) {
      throw new FormatException(
          source + ": the header chunk has " + content.remaining() + " bytes instead of 13");
    }
    PngHeader header =
        new PngHeader(
            content.getInt(), content.getInt(), content.get() & 0xff, content.get() & 0xff);
    header.check(source);
    int compression = content.get();
    int filter = content.get();
    if (compression != 0 || filter != 0) {
      throw new FormatException(source + ": unknown compression or filter method");
    }
    int interlace = content.get();
    if (interlace != 0) {
      throw new FormatException(
          source + ": interlaced (Adam7) PNG files are not supported; save it without interlacing");
    }
    return header;
  }

  private void check(String source) throws FormatException {
    if (width < 1
        || height < 1
        || width > Png.MAX_SIDE
        || height > Png.MAX_SIDE
        || (long) width * height > Png.MAX_PIXELS) {
      throw new FormatException(
          source
              + " declares "
              + Integer.toUnsignedString(width)
              + " x "
              + Integer.toUnsignedString(height)
              + " pixels; sides from 1 to "
              + Png.MAX_SIDE
              + " and at most "
              + Png.MAX_PIXELS
              + " pixels are read");
    }
    boolean known =
        switch (colour) {
          case GREY -> bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16;
          case PALETTE -> bits == 1 || bits == 2 || bits == 4 || bits == 8;
          case RGB, GREY_ALPHA, RGBA -> bits == 8 || bits == 16;
          default -> false;
        };
    if (!known) {
      throw new FormatException(
          source + ": colour type " + colour + " with " + bits + " bits is not defined by PNG");
    }
  }

  /** Samples a pixel has in the file. */
  int channels() {
    return switch (colour) {
      case GREY_ALPHA -> 2;
      case RGB -> 3;
      case RGBA -> 4;
      default -> 1;
    };
  }

  /** Bytes of one row, without its filter byte. */
  int rowBytes() {
    return (int) (((long) width * channels() * bits + 7) / 8);
  }

  /** How far back the filters look for the pixel to the left: at least one byte. */
  int pixelBytes() {
    return Math.max(1, channels() * bits / 8);
  }
}
