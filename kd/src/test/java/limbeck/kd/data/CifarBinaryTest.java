package limbeck.kd.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import limbeck.engine.io.FormatException;
import limbeck.engine.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CIFAR-10's binary files: records in order, and a clear refusal of anything else. */
class CifarBinaryTest {
  private static final int RECORD = 3073;

  @TempDir Path folder;

  /** Record r has label r mod 10 and value (r + 7·i) mod 256 at position i. */
  private static byte[] records(int count) {
    byte[] bytes = new byte[count * RECORD];
    for (int r = 0; r < count; r++) {
      bytes[r * RECORD] = (byte) (r % 10);
      for (int i = 0; i < RECORD - 1; i++) {
        bytes[r * RECORD + 1 + i] = (byte) (r + 7 * i);
      }
    }
    return bytes;
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("batch.bin"), bytes);
  }

  @Test
  void imagesComeInOrder() throws IOException {
    ImageDataset set = CifarBinary.read(file(records(12)));
    assertEquals(12, set.size());
    assertEquals(Shape.of(3072), set.example());
    assertEquals(1, set.label(11));
    assertEquals("automobile", set.classNames().get(1));
    float[] pixels = new float[3072];
    set.read(11, pixels, 0);
    assertEquals(11 / 255f, pixels[0]);
    assertEquals((11 + 7 * 3071) % 256 / 255f, pixels[3071]);
  }

  @Test
  void gzippedIsTheSame() throws IOException {
    Path zipped = folder.resolve("batch.bin.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      out.write(records(3));
    }
    assertEquals(CifarBinary.read(file(records(3))).digest(), CifarBinary.read(zipped).digest());
  }

  @Test
  void whatIsNoWholeRecordIsRefused() throws IOException {
    byte[] whole = records(2);
    for (int length : new int[] {0, 1, RECORD - 1, 2 * RECORD - 1}) {
      Path cut = file(Arrays.copyOf(whole, length));
      FormatException e = assertThrows(FormatException.class, () -> CifarBinary.read(cut));
      assertTrue(e.getMessage().startsWith(cut + " has " + length + " bytes"), e.getMessage());
    }
  }

  @Test
  void labelsAreChecked() throws IOException {
    byte[] bytes = records(2);
    bytes[RECORD] = (byte) 200;
    Path bad = file(bytes);
    FormatException e = assertThrows(FormatException.class, () -> CifarBinary.read(bad));
    assertEquals(bad + ": label 1 is 200, which is not one of 0 to 9", e.getMessage());
  }

  @Test
  void foldersAndDamagedGzipAreRefused() throws IOException {
    FormatException e = assertThrows(FormatException.class, () -> CifarBinary.read(folder));
    assertTrue(e.getMessage().contains("is a folder"), e.getMessage());
    Path damaged = file(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0});
    e = assertThrows(FormatException.class, () -> CifarBinary.read(damaged));
    assertTrue(e.getMessage().contains("is truncated or damaged"), e.getMessage());
  }

  @Test
  void thePublishedFilesHaveTheirCounts() throws IOException {
    String data = System.getProperty("LIMBECK_DATA", System.getenv("LIMBECK_DATA"));
    assumeTrue(data != null, "skipped: LIMBECK_DATA names no folder with cifar10");
    Path file = Path.of(data, "cifar10", "data_batch_1.first4000.bin.gz");
    assumeTrue(Files.exists(file), "skipped: no " + file);
    ImageDataset set = CifarBinary.read(file);
    assertArrayEquals(
        new int[] {396, 366, 420, 384, 422, 393, 414, 385, 407, 413}, set.classCounts());
  }
}
