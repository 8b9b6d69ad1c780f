package limbeck.kd.data.jpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import limbeck.engine.io.FormatException;
import org.junit.jupiter.api.Test;

/** Codes as T.81, annex C assigns them. */
class HuffmanTableTest {

  /** A table from counts of the first lengths, symbols 0, 1, 2 and so on. */
  private static HuffmanTable table(int... counts) throws FormatException {
    byte[] bytes = new byte[16 + 256];
    for (int i = 0; i < counts.length; i++) {
      bytes[i] = (byte) counts[i];
    }
    for (int i = 0; i < 256; i++) {
      bytes[16 + i] = (byte) i;
    }
    return new HuffmanTable(new JpegBytes(bytes, "table"));
  }

  private static int found(int length, int symbol) {
    return length << 8 | symbol;
  }

  /** The table of T.81, K.3.1 for brightness: 00, 010, 011, 100, 101, 110, 1110 and so on. */
  @Test
  void theTypicalTableOfFirstCoefficients() throws FormatException {
    HuffmanTable table = table(0, 1, 5, 1, 1, 1, 1, 1, 1);
    assertEquals(found(2, 0), table.find(0b0011111111111111));
    assertEquals(found(3, 1), table.find(0b0100000000000000));
    assertEquals(found(3, 5), table.find(0b1101111111111111));
    assertEquals(found(4, 6), table.find(0b1110111111111111));
    assertEquals(found(8, 10), table.find(0b1111111011111111));
    assertEquals(found(9, 11), table.find(0b1111111101111111));
    assertEquals(-1, table.find(0b1111111110000000));
    assertEquals(-1, table.find(0xffff));
  }

  /** One code of every length: 0, 10, 110, …; each 16 bits are found by counting leading ones. */
  @Test
  void codesOfAllLengths() throws FormatException {
    HuffmanTable table = table(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    for (int bits = 0; bits < 0xffff; bits++) {
      int ones = Integer.numberOfLeadingZeros(~bits << 16);
      assertEquals(found(ones + 1, ones), table.find(bits));
    }
    assertEquals(-1, table.find(0xffff));
  }

  @Test
  void aFullTableOfEightBits() throws FormatException {
    HuffmanTable table = table(0, 0, 0, 0, 0, 0, 0, 255);
    assertEquals(found(8, 254), table.find(0xfe00));
    assertEquals(-1, table.find(0xff00));
  }

  @Test
  void moreCodesThanThereAreAreRefused() {
    FormatException e = assertThrows(FormatException.class, () -> table(3));
    assertEquals(
        "table, byte 0: a Huffman table has more codes of 1 bits than exist", e.getMessage());
    e = assertThrows(FormatException.class, () -> table(1, 3));
    assertTrue(e.getMessage().contains("more codes of 2 bits"), e.getMessage());
    e = assertThrows(FormatException.class, () -> table(0, 0, 0, 0, 0, 0, 0, 0, 255, 255));
    assertTrue(e.getMessage().contains("510 codes; 1 to 256 are possible"), e.getMessage());
    assertThrows(FormatException.class, () -> table());
  }
}
