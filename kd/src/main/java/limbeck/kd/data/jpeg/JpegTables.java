package limbeck.kd.data.jpeg;

import limbeck.engine.io.FormatException;

/**
 * The tables that segments define before a scan: quantization (T.81, B.2.4.1), Huffman (B.2.4.2)
 * and the restart interval (B.2.4.4). A later definition takes the place of an earlier one.
 */
final class JpegTables {
  private static final int PLACES = 4;

  /** Natural position 8 v + u of each coefficient in the zigzag order of T.81, figure A.6. */
  static final int[] NATURAL = {
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
    13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59,
    52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63
  };

  private final JpegBytes in;
  private final int[][] quantization = new int[PLACES][];
  private final HuffmanTable[][] huffman = new HuffmanTable[2][PLACES];
  private int restart;

  JpegTables(JpegBytes in) {
    this.in = in;
  }

  /** Reads the content of a segment of quantization tables: steps in zigzag order. */
  void readQuantization() throws FormatException {
    while (in.left() > 0) {
      int at = in.position();
      int kind = in.u8();
      if (kind >> 4 > 1 || (kind & 15) >= PLACES) {
        throw in.error("there is no quantization table of kind " + kind, at);
      }
      int[] steps = new int[64];
      for (int k = 0; k < 64; k++) {
        steps[k] = kind >> 4 == 0 ? in.u8() : in.u16();
        if (steps[k] == 0) {
          throw in.error("a quantization table holds a zero", at);
        }
      }
      quantization[kind & 15] = steps;
    }
  }

  /** Reads the content of a segment of Huffman tables. */
  void readHuffman() throws FormatException {
    while (in.left() > 0) {
      int at = in.position();
      int kind = in.u8();
      if (kind >> 4 > 1 || (kind & 15) >= PLACES) {
        throw in.error("there is no Huffman table of kind " + kind, at);
      }
      huffman[kind >> 4][kind & 15] = new HuffmanTable(in);
    }
  }

  /** Reads the content of a segment with the restart interval. */
  void readRestart() throws FormatException {
    restart = in.u16();
  }

  int restart() {
    return restart;
  }

  /** The steps of a table, in zigzag order. */
  int[] quantization(int place) throws FormatException {
    int[] steps = quantization[place];
    if (steps == null) {
      throw in.error("quantization table " + place + " is used but not defined");
    }
    return steps;
  }

  /** A table for first coefficients (kind 0) or the others (kind 1). */
  HuffmanTable huffman(int kind, int place) throws FormatException {
    HuffmanTable table = place < PLACES ? huffman[kind][place] : null;
    if (table == null) {
      throw in.error(
          "Huffman table " + (kind == 0 ? "DC " : "AC ") + place + " is used but not defined");
    }
    return table;
  }
}
