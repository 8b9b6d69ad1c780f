package limbeck.kd.data;

import limbeck.engine.io.FormatException;

/** Undoes the row filters of PNG (ISO/IEC 15948, section 9). */
final class PngRows {
  private PngRows() {}

  /** Unfilters in place: rows of a filter byte and {@link PngHeader#rowBytes()} bytes. */
  static void unfilter(byte[] rows, PngHeader header, String source) throws FormatException {
    int stride = header.rowBytes() + 1;
    for (int y = 0; y < header.height(); y++) {
      int at = y * stride + 1;
      int above = y == 0 ? -1 : at - stride;
      int filter = rows[at - 1] & 0xff;
      if (filter > 4) {
        throw new FormatException(source + " is damaged: row " + y + " has filter " + filter);
      }
      unfilter(rows, at, above, stride - 1, header.pixelBytes(), filter);
    }
  }

  private static void unfilter(byte[] rows, int at, int above, int length, int pixel, int filter) {
    for (int i = 0; filter != 0 && i < length; i++) {
      int left = i < pixel ? 0 : rows[at + i - pixel] & 0xff;
      int up = above < 0 ? 0 : rows[above + i] & 0xff;
      int corner = above < 0 || i < pixel ? 0 : rows[above + i - pixel] & 0xff;
      int predicted =
          switch (filter) {
            case 1 -> left;
            case 2 -> up;
            case 3 -> (left + up) / 2;
            default -> paeth(left, up, corner);
          };
      rows[at + i] += (byte) predicted;
    }
  }

  /** Whichever of the three is closest to left + up - corner; ties go left, then up. */
  private static int paeth(int left, int up, int corner) {
    int byLeft = Math.abs(up - corner);
    int byUp = Math.abs(left - corner);
    int byCorner = Math.abs(left + up - 2 * corner);
    if (byLeft <= byUp && byLeft <= byCorner) {
      return left;
    }
    return byUp <= byCorner ? up : corner;
  }
}
