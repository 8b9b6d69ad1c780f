package limbeck.kd.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import limbeck.engine.io.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files put together by hand, chunk by chunk. */
class PngTest {

  @Test
  void greyOfEveryDepthIsScaledTo255() throws IOException {
    assertArrayEquals(bytes(255, 0, 255), read(3, 1, 1, 0, 0, 0b1010_0000));
    assertArrayEquals(bytes(0, 85, 170, 255, 85), read(5, 1, 2, 0, 0, 0b0001_1011, 0b0100_0000));
    assertArrayEquals(bytes(0, 17, 255), read(3, 1, 4, 0, 0, 0x01, 0xf0));
    assertArrayEquals(bytes(1, 200), read(2, 1, 8, 0, 0, 1, 200));
    assertArrayEquals(bytes(0x12, 0xff), read(2, 1, 16, 0, 0, 0x12, 0x34, 0xff, 0x01));
  }

  @Test
  void everyColourTypeKeepsItsChannels() throws IOException {
    assertArrayEquals(bytes(9, 8), read(1, 1, 8, 4, 0, 9, 8));
    assertArrayEquals(bytes(9, 8, 7), read(1, 1, 8, 2, 0, 9, 8, 7));
    assertArrayEquals(bytes(9, 8, 7, 6), read(1, 1, 8, 6, 0, 9, 8, 7, 6));
    assertArrayEquals(
        bytes(9, 7, 5, 3), read(1, 1, 16, 6, 0, 9, 8, 7, 6, 5, 4, 3, 2)); // upper bytes
  }

  @Test
  void palettesBecomeColours() throws IOException {
    byte[] header = header(3, 1, 2, 3, 0);
    byte[] palette = bytes(1, 2, 3, 4, 5, 6, 7, 8, 9);
    byte[] rows = deflated(0, 0b1000_0100);
    Image plain = Png.read(file("IHDR", header, "PLTE", palette, "IDAT", rows), "p");
    assertArrayEquals(bytes(7, 8, 9, 1, 2, 3, 4, 5, 6), plain.samples());
    byte[] alpha = bytes(50, 60);
    Image clear = Png.read(file("IHDR", header, "PLTE", palette, "tRNS", alpha, "IDAT", rows), "p");
    assertArrayEquals(bytes(7, 8, 9, 255, 1, 2, 3, 50, 4, 5, 6, 60), clear.samples());
    fails("has colour 3 of 3", "IHDR", header, "PLTE", palette, "IDAT", deflated(0, 0xff));
    fails("palette (PLTE) is missing", "IHDR", header, "IDAT", rows);
    fails("not of whole colours", "IHDR", header, "PLTE", bytes(1, 2, 3, 4), "IDAT", rows);
    fails(
        "tRNS does not fit",
        "IHDR",
        header,
        "PLTE",
        palette,
        "tRNS",
        bytes(1, 2, 3, 4),
        "IDAT",
        rows);
  }

  @Test
  void oneColourCanBeTransparent() throws IOException {
    Image grey =
        Png.read(
            file("IHDR", header(2, 1, 8, 0, 0), "tRNS", bytes(0, 7), "IDAT", deflated(0, 7, 8)),
            "t");
    assertArrayEquals(bytes(7, 0, 8, 255), grey.samples());
    Image rgb =
        Png.read(
            file(
                "IHDR",
                header(2, 1, 8, 2, 0),
                "tRNS",
                bytes(0, 1, 0, 2, 0, 3),
                "IDAT",
                deflated(0, 1, 2, 3, 1, 2, 4)),
            "t");
    assertArrayEquals(bytes(1, 2, 3, 0, 1, 2, 4, 255), rgb.samples());
  }

  /** Each filter by the definition of the standard, on numbers small enough to check by hand. */
  @Test
  void filtersAreUndone() throws IOException {
    assertArrayEquals(bytes(1, 3, 6), read(3, 1, 8, 0, 1, 1, 2, 3)); // sub
    assertArrayEquals(bytes(5, 6, 6, 8), read(2, 2, 8, 0, 0, 5, 6, 2, 1, 2)); // up
    assertArrayEquals(bytes(5, 6, 3, 6), read(2, 2, 8, 0, 0, 5, 6, 3, 1, 2)); // average
    // paeth: above 10, so 10 + 1; then left 11, above 20, corner 10: 21 is nearest to 20
    assertArrayEquals(bytes(10, 20, 11, 22), read(2, 2, 8, 0, 0, 10, 20, 4, 1, 2));
  }

  @Test
  void imageDataMayComeInManyChunks() throws IOException {
    byte[] rows = deflated(0, 7, 8);
    byte[] image =
        file(
            "IHDR",
            header(2, 1, 8, 0, 0),
            "tEXt",
            bytes(65),
            "IDAT",
            Arrays.copyOf(rows, 3),
            "IDAT",
            new byte[0],
            "IDAT",
            Arrays.copyOfRange(rows, 3, rows.length),
            "tIME",
            bytes(1));
    assertArrayEquals(bytes(7, 8), Png.read(image, "split").samples());
  }

  @Test
  void everyTruncationIsAnError() {
    byte[] good = Png.bytes(new Image(3, 2, 1, bytes(1, 2, 3, 4, 5, 6)));
    for (int length = 0; length < good.length; length++) {
      byte[] cut = Arrays.copyOf(good, length);
      assertThrows(FormatException.class, () -> Png.read(cut, "cut"), "length " + length);
    }
  }

  @Test
  void anyFlippedBitIsAnError() {
    byte[] good = Png.bytes(new Image(3, 2, 1, bytes(1, 2, 3, 4, 5, 6)));
    for (int bit = 0; bit < 8 * good.length; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      assertThrows(FormatException.class, () -> Png.read(bad, "flipped"), "bit " + bit);
    }
  }

  @Test
  void checksumsAreChecked() {
    byte[] bad = Png.bytes(new Image(1, 1, 1, bytes(1)));
    bad[8 + 8 + 13] ^= 1; // the first byte of the header's checksum
    String said = assertThrows(FormatException.class, () -> Png.read(bad, "bad.png")).getMessage();
    assertEquals("bad.png is damaged: wrong checksum (CRC) of chunk IHDR", said);
  }

  @Test
  void headersAreChecked() {
    byte[] rows = deflated(0, 0);
    fails("interlaced (Adam7)", "IHDR", header(1, 1, 8, 0, 1), "IDAT", rows);
    fails("declares 0 x 1", "IHDR", header(0, 1, 8, 0, 0), "IDAT", rows);
    fails("declares 4294967295 x 1", "IHDR", header(-1, 1, 8, 0, 0), "IDAT", rows);
    fails("declares 16385 x 1", "IHDR", header(16385, 1, 8, 0, 0), "IDAT", rows);
    fails("declares 16384 x 16384", "IHDR", header(16384, 16384, 8, 0, 0), "IDAT", rows);
    fails("colour type 2 with 4 bits", "IHDR", header(1, 1, 4, 2, 0), "IDAT", rows);
    fails("colour type 3 with 16 bits", "IHDR", header(1, 1, 16, 3, 0), "IDAT", rows);
    fails("colour type 5", "IHDR", header(1, 1, 8, 5, 0), "IDAT", rows);
    fails("12 bytes instead of 13", "IHDR", new byte[12], "IDAT", rows);
    fails("must come first", "IDAT", rows);
    byte[] ok = header(1, 1, 8, 0, 0);
    fails("must come first and once", "IHDR", ok, "IHDR", ok, "IDAT", rows);
    fails("unknown critical chunk ABCD", "IHDR", ok, "ABCD", rows, "IDAT", rows);
    fails("not consecutive", "IHDR", ok, "IDAT", rows, "tEXt", rows, "IDAT", rows);
    fails("not four letters", "IHDR", ok, "A1CD", rows, "IDAT", rows);
    fails("no image data", "IHDR", ok);
  }

  @Test
  void amountOfDataIsChecked() {
    fails("less image data", "IHDR", header(2, 2, 8, 0, 0), "IDAT", deflated(0, 1, 2, 0, 1));
    fails("more image data", "IHDR", header(2, 1, 8, 0, 0), "IDAT", deflated(0, 1, 2, 0));
    fails("cannot hold", "IHDR", header(4096, 4096, 8, 0, 0), "IDAT", deflated(0, 1));
    fails("row 0 has filter 5", "IHDR", header(1, 1, 8, 0, 0), "IDAT", deflated(5, 1));
    fails("is damaged", "IHDR", header(1, 1, 8, 0, 0), "IDAT", bytes(1, 2, 3, 4));
    fails(
        "less image data", "IHDR", header(1, 1, 8, 0, 0), "IDAT", Arrays.copyOf(deflated(0, 1), 8));
  }

  @Test
  void filesAreReadAndWritten(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("x.png");
    Png.write(file, new Image(1, 2, 3, bytes(1, 2, 3, 4, 5, 6)));
    assertArrayEquals(bytes(1, 2, 3, 4, 5, 6), Png.read(file).samples());
    Files.writeString(file, "GIF89a");
    String said = assertThrows(FormatException.class, () -> Png.read(file)).getMessage();
    assertTrue(said.contains("x.png is not a PNG file"), said);
  }

  @Test
  void writesGreyAndRgbOnly() {
    Image grey = new Image(1, 1, 2, bytes(1, 2));
    assertThrows(IllegalArgumentException.class, () -> Png.bytes(grey));
    assertThrows(IllegalArgumentException.class, () -> new Image(1, 1, 2, bytes(1)));
  }

  private static byte[] read(int width, int height, int bits, int colour, int... rows)
      throws IOException {
    byte[] header = header(width, height, bits, colour, 0);
    return Png.read(file("IHDR", header, "IDAT", deflated(rows)), "made").samples();
  }

  private static void fails(String message, Object... chunks) {
    byte[] file = file(chunks);
    String said = assertThrows(FormatException.class, () -> Png.read(file, "x")).getMessage();
    assertTrue(said.contains(message), said);
  }

  /** A file of the given chunks, type and content in turn, and an end. */
  private static byte[] file(Object... chunks) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(PngReader.SIGNATURE);
    for (int i = 0; i < chunks.length; i += 2) {
      PngWriter.chunk(out, (String) chunks[i], (byte[]) chunks[i + 1]);
    }
    PngWriter.chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static byte[] header(int width, int height, int bits, int colour, int interlace) {
    return ByteBuffer.allocate(13)
        .putInt(width)
        .putInt(height)
        .put((byte) bits)
        .put((byte) colour)
        .put((byte) 0)
        .put((byte) 0)
        .put((byte) interlace)
        .array();
  }

  private static byte[] deflated(int... rows) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
      deflater.write(bytes(rows));
    } catch (IOException e) {
      throw new AssertionError("writing to memory", e);
    }
    return out.toByteArray();
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
