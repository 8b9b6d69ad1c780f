package limbeck.kd.data.jpeg;

import limbeck.engine.io.FormatException;

/**
 * The bits of entropy-coded data (T.81, F.2.2.5): the high bit of a byte first, a zero byte after
 * each 255 removed, up to the next marker. Beyond that there are zeros, which may be looked at but
 * not taken.
 */
final class BitReader {
  private static final int ENOUGH = 32; // a code and the bits that follow it: 16 + 11

  private final JpegBytes in;
  private final byte[] bytes;
  private int next; // position of the first byte that is not in the store
  private long store; // its low `count` bits come next
  private int count;
  private int beyond; // how many of these come after the end of the data

  BitReader(JpegBytes in) {
    this.in = in;
    this.bytes = in.array();
    this.next = in.position();
  }

  /** Decodes one symbol (T.81, F.2.2.3). */
  int symbol(HuffmanTable table) throws FormatException {
    if (count < ENOUGH) {
      fill();
    }
    int found = table.find((int) (store >>> count - 16) & 0xffff);
    if (found < 0) {
      throw in.error("the data are damaged: no Huffman code is like this", next);
    }
    take(found >> 8);
    return found & 0xff;
  }

  /**
   * The signed number in the next {@code size} bits, 0 to 11, which directly follow a symbol:
   * RECEIVE and EXTEND of T.81, F.2.2.1.
   */
  int number(int size) throws FormatException {
    take(size);
    int bits = (int) (store >>> count) & (1 << size) - 1;
    return bits >= 1 << size >> 1 ? bits : bits - (1 << size) + 1;
  }

  private void take(int n) throws FormatException {
    count -= n;
    if (count < beyond) {
      boolean cut = next >= bytes.length;
      throw in.error(
          cut
              ? "the file is truncated, its data end here"
              : "the data are damaged: a marker stands where more blocks are needed",
          next);
    }
  }

  private void fill() {
    while (count <= Long.SIZE - 16) {
      int b = next < bytes.length ? bytes[next] & 0xff : -1;
      boolean stuffed = b == 0xff && next + 1 < bytes.length && bytes[next + 1] == 0;
      boolean data = b >= 0 && (b < 0xff || stuffed);
      store = store << 8 | (data ? b : 0);
      count += 8;
      beyond += data ? 0 : 8;
      next += data ? stuffed ? 2 : 1 : 0;
    }
  }

  /**
   * Ends the data: drops the bits that fill the last byte, after which there must be none, and
   * moves the position of the bytes behind it.
   */
  void end() throws FormatException {
    if (count - beyond >= 8 || next < bytes.length && !atMarker()) {
      throw in.error("the data are damaged: they go on after the last block", next);
    }
    in.position(next);
    store = 0;
    count = 0;
    beyond = 0;
  }

  /** Goes on at the position of the bytes, after a restart marker. */
  void restart() {
    next = in.position();
  }

  private boolean atMarker() {
    return (bytes[next] & 0xff) == 0xff && !(next + 1 < bytes.length && bytes[next + 1] == 0);
  }
}
