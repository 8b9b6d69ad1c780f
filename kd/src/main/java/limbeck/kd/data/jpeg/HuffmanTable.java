package limbeck.kd.data.jpeg;

import limbeck.engine.io.FormatException;

/**
 * A Huffman table (T.81, B.2.4.2 and annex C): codes of 1 to 16 bits, in ascending order within and
 * over the lengths, each standing for one byte.
 *
 * <p>Decoding looks at the next 16 bits. Codes of up to 8 bits are found in a table by the first 8
 * of them. For a longer one, the codes of a length and all shorter ones, filled up with zeros to 16
 * bits, lie below a limit (the method of T.81, F.2.2.3, left-aligned).
 */
final class HuffmanTable {
  private static final int LONGEST = 16;
  private static final int FAST = 8;

  private final short[] fast = new short[1 << FAST]; // length << 8 | symbol; 0: the code is longer
  private final int[] limit = new int[LONGEST + 1];
  private final int[] offset = new int[LONGEST + 1]; // of a length's symbols, less its first code
  private final byte[] symbols;

  /** Reads the 16 counts and the symbols that a segment holds next. */
  HuffmanTable(JpegBytes in) throws FormatException {
    int start = in.position();
    int[] counts = new int[LONGEST + 1];
    int total = 0;
    for (int length = 1; length <= LONGEST; length++) {
      counts[length] = in.u8();
      total += counts[length];
    }
    if (total == 0 || total > 256) {
      throw in.error("a Huffman table has " + total + " codes; 1 to 256 are possible", start);
    }
    symbols = new byte[total];
    for (int i = 0; i < total; i++) {
      symbols[i] = (byte) in.u8();
    }
    assign(counts, in, start);
  }

  private void assign(int[] counts, JpegBytes in, int start) throws FormatException {
    int code = 0;
    int at = 0;
    for (int length = 1; length <= LONGEST; length++) {
      offset[length] = at - code;
      if (code + counts[length] > 1 << length) {
        throw in.error("a Huffman table has more codes of " + length + " bits than exist", start);
      }
      for (int i = 0; i < counts[length]; i++, code++, at++) {
        remember(code, length, symbols[at] & 0xff);
      }
      limit[length] = code << LONGEST - length;
      code <<= 1;
    }
  }

  private void remember(int code, int length, int symbol) {
    if (length <= FAST) {
      int first = code << FAST - length;
      for (int i = 0; i < 1 << FAST - length; i++) {
        fast[first + i] = (short) (length << 8 | symbol);
      }
    }
  }

  /**
   * The code at the start of 16 bits: its length shifted left by 8, with its symbol; -1 if there is
   * none.
   */
  int find(int bits) {
    int found = fast[bits >>> LONGEST - FAST];
    return found != 0 ? found : findLong(bits);
  }

  private int findLong(int bits) {
    for (int length = FAST + 1; length <= LONGEST; length++) {
      if (bits < limit[length]) {
        int symbol = symbols[offset[length] + (bits >>> LONGEST - length)] & 0xff;
        return length << 8 | symbol;
      }
    }
    return -1;
  }
}
