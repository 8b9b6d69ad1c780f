package limbeck.kd.data;

import limbeck.engine.io.FormatException;

/** Turns unfiltered rows into 8-bit samples: any depth, palettes, transparent colours. */
final class PngPixels {
  private final PngHeader header;
  private final byte[] palette;
  private final byte[] transparency;
  private final String source;

  /** The palette and the transparency are null where the file has none. */
  PngPixels(PngHeader header, byte[] palette, byte[] transparency, String source)
      throws FormatException {
    this.header = header;
    this.palette = palette;
    this.transparency = transparency;
    this.source = source;
    check();
  }

  private void check() throws FormatException {
    boolean indexed = header.colour() == PngHeader.PALETTE;
    boolean grey = header.colour() == PngHeader.GREY || header.colour() == PngHeader.GREY_ALPHA;
    if (palette == null ? indexed : grey || palette.length % 3 != 0) {
      throw new FormatException(
          source + ": the palette (PLTE) is missing, misplaced or not of whole colours");
    }
    if (transparency != null && transparency.length != transparencyLength()) {
      boolean fits = indexed && transparency.length <= palette.length / 3;
      if (!fits) {
        throw new FormatException(source + ": chunk tRNS does not fit the colour type");
      }
    }
  }

  private int transparencyLength() {
    return switch (header.colour()) {
      case PngHeader.GREY -> 2;
      case PngHeader.RGB -> 6;
      case PngHeader.PALETTE -> palette.length / 3;
      default -> -1;
    };
  }

  Image image(byte[] rows) throws FormatException {
    int colours = header.colour() == PngHeader.PALETTE ? 3 : header.channels();
    int channels = colours + (transparency == null ? 0 : 1);
    byte[] out = new byte[header.width() * header.height() * channels];
    int at = 0;
    for (int y = 0; y < header.height(); y++) {
      for (int x = 0; x < header.width(); x++) {
        if (header.colour() == PngHeader.PALETTE) {
          indexed(rows, x, y, out, at);
        } else {
          direct(rows, x, y, out, at);
        }
        at += channels;
      }
    }
    return new Image(header.width(), header.height(), channels, out);
  }

  private void indexed(byte[] rows, int x, int y, byte[] out, int at) throws FormatException {
    int index = raw(rows, x, y);
    if (index >= palette.length / 3) {
      throw new FormatException(
          source
              + " is damaged: pixel "
              + x
              + ","
              + y
              + " has colour "
              + index
              + " of "
              + palette.length / 3);
    }
    System.arraycopy(palette, 3 * index, out, at, 3);
    if (transparency != null) {
      out[at + 3] = index < transparency.length ? transparency[index] : (byte) 255;
    }
  }

  private void direct(byte[] rows, int x, int y, byte[] out, int at) {
    int channels = header.channels();
    boolean key = transparency != null;
    for (int c = 0; c < channels; c++) {
      int value = raw(rows, x * channels + c, y);
      key &= transparency != null && value == key(c);
      out[at + c] = (byte) scaled(value);
    }
    if (transparency != null) {
      out[at + channels] = (byte) (key ? 0 : 255);
    }
  }

  private int key(int channel) {
    return (transparency[2 * channel] & 0xff) << 8 | transparency[2 * channel + 1] & 0xff;
  }

  /** The sample as stored, of 1 to 16 bits; the leftmost of a byte is in its high bits. */
  private int raw(byte[] rows, int i, int y) {
    int bits = header.bits();
    int row = y * (header.rowBytes() + 1) + 1;
    if (bits == 16) {
      return (rows[row + 2 * i] & 0xff) << 8 | rows[row + 2 * i + 1] & 0xff;
    }
    int bit = i * bits;
    return (rows[row + (bit >> 3)] & 0xff) >> 8 - bits - (bit & 7) & (1 << bits) - 1;
  }

  private int scaled(int value) {
    return header.bits() == 16 ? value >> 8 : value * 255 / ((1 << header.bits()) - 1);
  }
}
