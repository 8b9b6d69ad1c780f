package limbeck.kd.data.jpeg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import limbeck.engine.io.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kinds of files that are refused, with what is said, and the published images. */
class JpegTest {
  private static final PlatformJpeg.Settings USUAL =
      new PlatformJpeg.Settings(0.75f, 2, 2, 0, false);

  @TempDir Path folder;

  private static byte[] usual() throws IOException {
    return PlatformJpeg.bytes(PlatformJpeg.picture(20, 20, 3, 1), USUAL);
  }

  private static void assertRefused(byte[] file, String message) {
    FormatException e = assertThrows(FormatException.class, () -> Jpeg.read(file, "f.jpg"));
    assertEquals(message, e.getMessage());
  }

  /** A usual file with one byte of its frame segment changed; 0 is the first of the marker. */
  private static byte[] frameChanged(int at, int value) throws IOException {
    byte[] file = usual();
    file[SplicedJpeg.segment(file, Marker.SOF0) + at] = (byte) value;
    return file;
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    byte[] png = {(byte) 0x89, 'P', 'N', 'G'};
    assertRefused(png, "f.jpg: it is not a JPEG file: it does not begin with FFD8");
    assertRefused(new byte[0], "f.jpg: it is not a JPEG file: it does not begin with FFD8");
    assertFalse(Jpeg.starts(png));
    assertTrue(Jpeg.starts(usual()));
  }

  @Test
  void progressiveFilesAreRefused() throws IOException {
    byte[] file =
        PlatformJpeg.bytes(
            PlatformJpeg.picture(20, 20, 3, 1), new PlatformJpeg.Settings(0.75f, 1, 1, 0, true));
    assertRefused(
        file, "f.jpg: it is a progressive JPEG file; only baseline files are read, save it as one");
  }

  @Test
  void otherProcessesAreRefusedByName() throws IOException {
    String rest = " JPEG file; only baseline files are read, save it as one";
    assertRefused(frameChanged(1, 0xc9), "f.jpg: it is an arithmetic-coded" + rest);
    assertRefused(frameChanged(1, 0xc3), "f.jpg: it is a lossless" + rest);
    assertRefused(frameChanged(1, 0xc5), "f.jpg: it is a hierarchical" + rest);
    assertRefused(frameChanged(4, 12), "f.jpg: it has 12 bits a sample; only 8 are read");
  }

  @Test
  void samplingsThatLibrariesInterpolateDifferentlyAreRefused() throws IOException {
    String read =
        "; only 4:4:4 (1x1, 1x1, 1x1), 4:2:2 (2x1, 1x1, 1x1) and 4:2:0 (2x2, 1x1, 1x1) are read";
    for (int factors : new int[] {0x12, 0x41, 0x31, 0x33, 0x44}) {
      String name = (factors >> 4) + "x" + (factors & 15);
      assertRefused(
          frameChanged(11, factors),
          "f.jpg: its components are sampled " + name + ", 1x1, 1x1" + read);
    }
  }

  @Test
  void rgbIsRefused() throws IOException {
    byte[] file = usual();
    int jfif = SplicedJpeg.segment(file, Marker.APP0);
    file[jfif + 4] = 'X'; // no JFIF segment any more
    assertArrayEquals(Jpeg.read(usual(), "").samples(), Jpeg.read(file, "").samples());
    int frame = SplicedJpeg.segment(file, Marker.SOF0);
    int scan = SplicedJpeg.segment(file, Marker.SOS);
    for (int c = 0; c < 3; c++) {
      file[frame + 10 + 3 * c] = (byte) "RGB".charAt(c);
      file[scan + 5 + 2 * c] = (byte) "RGB".charAt(c);
    }
    assertRefused(
        file, "f.jpg: its components are red, green and blue; only grey and YCbCr are read");
  }

  @Test
  void aSizeThatTheFileCannotHoldTakesNoMemory() throws IOException {
    byte[] file = usual();
    int frame = SplicedJpeg.segment(file, Marker.SOF0);
    file[frame + 5] = 0x04; // 1024 + 20 rows
    file[frame + 7] = 0x3f; // of 16128 + 20 pixels
    FormatException e = assertThrows(FormatException.class, () -> Jpeg.read(file, "f.jpg"));
    assertTrue(e.getMessage().contains("16148 x 1044 pixels; sides from 1"), e.getMessage());
    file[frame + 5] = 0x03;
    e = assertThrows(FormatException.class, () -> Jpeg.read(file, "f.jpg"));
    assertTrue(e.getMessage().contains("bytes left cannot hold 16148 x 788"), e.getMessage());
    file[frame + 5] = 0;
    file[frame + 6] = 0;
    assertRefused(file, "f.jpg: it gives its height after the first scan (DNL), which is not read");
  }

  @Test
  void theFileIsNamedAndTheLimitToo() throws IOException {
    Path file = Files.write(folder.resolve("cut.jpg"), Arrays.copyOf(usual(), 300));
    FormatException e = assertThrows(FormatException.class, () -> Jpeg.read(file));
    assertTrue(e.getMessage().startsWith(file + ", byte "), e.getMessage());
    Files.write(file, usual());
    assertEquals("20 x 20 pixels, 3 channels", Jpeg.read(file).toString());
  }

  /** Fill bytes before markers, comments and foreign segments change nothing. */
  @Test
  void fillBytesAndCommentsArePassedOver() throws IOException {
    byte[] file = usual();
    byte[] comment = "\u00ff\u00ff\u00fe\0\7hello".getBytes(StandardCharsets.ISO_8859_1);
    byte[] more = new byte[file.length + comment.length];
    System.arraycopy(file, 0, more, 0, 2);
    System.arraycopy(comment, 0, more, 2, comment.length);
    System.arraycopy(file, 2, more, 2 + comment.length, file.length - 2);
    assertArrayEquals(Jpeg.read(file, "").samples(), Jpeg.read(more, "").samples());
  }

  /** All 10,000 test images of CIFAR-10 as published in JPEG, against the platform. */
  @Test
  void thePublishedImagesHaveThePixelsOfThePlatform() throws IOException {
    String data = System.getProperty("LIMBECK_DATA", System.getenv("LIMBECK_DATA"));
    assumeTrue(data != null, "skipped: LIMBECK_DATA names no folder with cifar10");
    Path file = Path.of(data, "cifar10", "test.jpegstream.gz");
    assumeTrue(Files.exists(file), "skipped: no " + file);
    int images = 0;
    try (DataInputStream in =
        new DataInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
      while (in.read() >= 0) {
        byte[] jpeg = in.readNBytes(in.readUnsignedShort());
        byte[] ours = Jpeg.read(jpeg, "record").samples();
        assertArrayEquals(PlatformJpeg.read(jpeg).samples(), ours, "image " + images);
        images++;
      }
    }
    assertEquals(10_000, images);
  }
}
