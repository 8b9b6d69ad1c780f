package limbeck.kd.data.jpeg;

import java.util.Arrays;
import java.util.List;
import limbeck.engine.io.FormatException;

/**
 * Decodes the entropy-coded data of one scan into the samples of its components (T.81, A.2, E.2.4
 * and F.2).
 */
final class ScanDecoder {
  /** The most blocks a unit of several components has (B.2.3). */
  static final int MOST_BLOCKS = 10;

  private static final int MOST_DC_BITS = 11; // table F.1
  private static final int MOST_AC_BITS = 10; // table F.2
  private static final int SIXTEEN_ZEROS = 0xf0;

  private final JpegBytes in;
  private final JpegFrame frame;
  private final List<ScanHeader.Part> parts;
  private final int restart;
  private final BitReader bits;
  private final InverseDct transform = new InverseDct();
  private final int[] coefficients = new int[64];
  private final int[] predictions; // the first coefficient of each component's last block

  /** A decoder of the data at the position of {@code in}. */
  ScanDecoder(JpegBytes in, JpegFrame frame, ScanHeader header) {
    this.in = in;
    this.frame = frame;
    this.parts = header.parts();
    this.restart = header.restart();
    this.bits = new BitReader(in);
    this.predictions = new int[parts.size()];
  }

  /** Decodes all units; moves the position of the bytes to the marker that follows. */
  void decode() throws FormatException {
    boolean alone = parts.size() == 1;
    Component first = parts.get(0).component();
    int wide = alone ? first.codedWide() : frame.unitsWide();
    int high = alone ? first.codedHigh() : frame.unitsHigh();
    for (int i = 0; i < wide * high; i++) {
      if (restart > 0 && i > 0 && i % restart == 0) {
        passRestart(i / restart - 1);
      }
      if (alone) {
        block(0, i % wide, i / wide);
      } else {
        unit(i % wide, i / wide);
      }
    }
    bits.end();
    parts.forEach(part -> part.component().setDecoded());
  }

  /** Markers count from 0 to 7 and again; predictions begin anew (E.2.4, F.2.1.3.1). */
  private void passRestart(int number) throws FormatException {
    bits.end();
    int at = in.position();
    int marker = JpegReader.marker(in);
    int expected = Marker.RST0 + number % 8;
    if (marker != expected) {
      throw in.error(
          "the data are damaged: restart marker "
              + Marker.text(expected)
              + " expected, found "
              + Marker.text(marker),
          at);
    }
    bits.restart();
    Arrays.fill(predictions, 0);
  }

  /** The blocks of a unit, component by component, each row by row (A.2.3). */
  private void unit(int x, int y) throws FormatException {
    for (int p = 0; p < predictions.length; p++) {
      Component c = parts.get(p).component();
      for (int j = 0; j < c.down(); j++) {
        for (int i = 0; i < c.across(); i++) {
          block(p, x * c.across() + i, y * c.down() + j);
        }
      }
    }
  }

  /** One block (F.2.2): its coefficients, multiplied by their steps, and their transform. */
  private void block(int part, int x, int y) throws FormatException {
    ScanHeader.Part p = parts.get(part);
    Component c = p.component();
    int size = bits.symbol(p.dc());
    check(size <= MOST_DC_BITS);
    predictions[part] += bits.number(size);
    int dc = predictions[part] * p.quantization()[0];
    if (others(p)) {
      coefficients[0] = dc;
      transform.samples(coefficients, c.samples(), c.block(x, y), c.stride());
      Arrays.fill(coefficients, 0);
    } else {
      InverseDct.flat(dc, c.samples(), c.block(x, y), c.stride());
    }
  }

  /** Coefficients 1 to 63 (F.2.2.2); false if all are zero. */
  private boolean others(ScanHeader.Part p) throws FormatException {
    int[] steps = p.quantization();
    int k = 1;
    while (k < 64) {
      int symbol = bits.symbol(p.ac());
      int size = symbol & 15;
      if (size == 0 && symbol != SIXTEEN_ZEROS) {
        return k > 1; // the end of the block
      }
      k += symbol >> 4;
      check(k < 64 && size <= MOST_AC_BITS);
      coefficients[JpegTables.NATURAL[k]] = bits.number(size) * steps[k];
      k++;
    }
    return true;
  }

  private void check(boolean possible) throws FormatException {
    if (!possible) {
      throw in.error("the data are damaged: a block of the scan that begins here is impossible");
    }
  }
}
