package limbeck.kd.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import limbeck.engine.io.FormatException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdxTest {
  private static final ImageDataset DIGITS = RenderedDigits.of(5, 30);
  private static final String IMAGES = "train-images-idx3-ubyte";
  private static final String LABELS = "train-labels-idx1-ubyte";

  @TempDir Path folder;

  @BeforeEach
  void writeGoodFiles() throws IOException {
    IdxWriter.write(folder, "train", DIGITS, false);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void roundTrip(boolean gzip) throws IOException {
    Path other = folder.resolve("made/of/two");
    IdxWriter.write(other, "t10k", DIGITS, gzip);
    ImageDataset back = Idx.dataset(other, "t10k");
    assertEquals(DIGITS.digest(), back.digest());
    assertEquals(28, back.height());
    assertEquals(28, back.width());
    assertEquals(back.digest(), Idx.dataset(other, "test").digest());
  }

  @Test
  void layoutIsThatOfTheFormat() throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(LABELS));
    assertArrayEquals(new byte[] {0, 0, 8, 1, 0, 0, 0, 30}, Arrays.copyOf(bytes, 8));
    assertEquals(DIGITS.label(0), bytes[8]);
    byte[] images = Files.readAllBytes(folder.resolve(IMAGES));
    assertArrayEquals(
        new byte[] {0, 0, 8, 3, 0, 0, 0, 30, 0, 0, 0, 28, 0, 0, 0, 28}, Arrays.copyOf(images, 16));
    assertArrayEquals(DIGITS.bytes(0), Arrays.copyOfRange(images, 16, 16 + 784));
  }

  @ParameterizedTest
  @CsvSource({
    "emnist-letters-test-images-idx3-ubyte, emnist-letters-test-labels-idx1-ubyte, test",
    "train-images.idx3-ubyte, train-labels.idx1-ubyte, train",
    "my-own-train-images-idx3-ubyte, my-own-train-labels.idx1-ubyte, train",
    "test-images-idx3-ubyte, test-labels-idx1-ubyte, t10k",
  })
  void findsTheUsualNames(String images, String labels, String which) throws IOException {
    Path other = Files.createDirectory(folder.resolve("names"));
    Files.copy(folder.resolve(IMAGES), other.resolve(images));
    byte[] numbers = Files.readAllBytes(folder.resolve(LABELS));
    Arrays.fill(numbers, 8, numbers.length, (byte) 1);
    Files.write(other.resolve(labels), numbers);
    ImageDataset found = Idx.dataset(other, which);
    assertEquals(30, found.size());
    assertEquals(images.startsWith("emnist") ? "a" : "1", found.classNames().get(found.label(7)));
  }

  @Test
  void emnistClassNamesHaveTheirNumbers() throws IOException {
    Path other = folder.resolve("e");
    IdxWriter.write(other, "emnist-balanced-train", DIGITS, true);
    assertEquals(47, Idx.dataset(other, "train").classes());
    other = folder.resolve("f");
    IdxWriter.write(other, "emnist-byclass-train", DIGITS, true);
    assertEquals(62, Idx.dataset(other, "train").classes());
  }

  @Test
  void aPrefixIsFineUnlessThereAreTwo() throws IOException {
    Path other = folder.resolve("several");
    IdxWriter.write(other, "one-train", DIGITS, false);
    IdxWriter.write(other, "two-train", DIGITS, false);
    fails(other, "several sets (one-, two-)");
    IdxWriter.write(other, "train", DIGITS.slice(0, 7), false);
    assertEquals(7, Idx.dataset(other, "train").size());
  }

  @Test
  void missingFilesAreNamed() throws IOException {
    fails(folder.resolve("nowhere"), "no such folder");
    fails(folder.resolve(LABELS), "is not a folder");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    fails(empty, "holds no train-images-idx3-ubyte or train-images-idx3-ubyte.gz");
    Files.copy(folder.resolve(IMAGES), empty.resolve(IMAGES));
    fails(empty, "holds no train-labels-idx1-ubyte");
    assertThrows(IllegalArgumentException.class, () -> Idx.dataset(folder, "validation"));
  }

  @Test
  void everyTruncationIsAnError() throws IOException {
    byte[] good = Files.readAllBytes(folder.resolve(LABELS));
    for (int length = 0; length < good.length; length++) {
      Files.write(folder.resolve(LABELS), Arrays.copyOf(good, length));
      assertThrows(FormatException.class, () -> Idx.dataset(folder, "train"));
    }
    fails(folder, "declares 30 values, it has 29");
  }

  @Test
  void everyTruncationOfACompressedFileIsAnError() throws IOException {
    byte[] good = gzip(Files.readAllBytes(folder.resolve(LABELS)));
    for (int length = 0; length < good.length; length++) {
      Files.write(folder.resolve(LABELS), Arrays.copyOf(good, length));
      assertThrows(FormatException.class, () -> Idx.dataset(folder, "train"), "length " + length);
    }
  }

  @Test
  void damageInACompressedFileIsAnError() throws IOException {
    byte[] good = gzip(Files.readAllBytes(folder.resolve(LABELS)));
    good[good.length - 5] ^= 1; // the checksum
    Files.write(folder.resolve(LABELS), good);
    fails(folder, "truncated or damaged");
  }

  /** Some bits of a gzip header mean nothing, such as its time; all others are guarded. */
  @Test
  void anyFlippedBitIsAnErrorOrWithoutEffect() throws IOException {
    byte[] good = gzip(Files.readAllBytes(folder.resolve(LABELS)));
    int errors = 0;
    for (int bit = 0; bit < 8 * good.length; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(folder.resolve(LABELS), bad);
      try {
        assertEquals(DIGITS.digest(), Idx.dataset(folder, "train").digest(), "bit " + bit);
      } catch (FormatException e) {
        errors++;
      }
    }
    assertTrue(errors > 8 * (good.length - 10), errors + " errors"); // all but the 10-byte header
  }

  @Test
  void wrongKindsAreErrors() throws IOException {
    Files.copy(folder.resolve(LABELS), folder.resolve("x"));
    Files.write(folder.resolve(LABELS), Files.readAllBytes(folder.resolve(IMAGES)));
    fails(folder, "expected 00 00 08 01, found 00 00 08 03");
    Files.write(folder.resolve(LABELS), new byte[0]);
    fails(folder, "an empty file");
    Files.write(folder.resolve(LABELS), "<html>not found</html>".getBytes("US-ASCII"));
    fails(folder, "found 3c 68 74 6d");
  }

  @Test
  void disagreementsAreErrors() throws IOException {
    put(LABELS, new byte[29], 8, 29);
    fails(folder, "has 30 images but");
    byte[] labels = new byte[30];
    labels[17] = 10;
    put(LABELS, labels, 8, 30);
    fails(folder, "label 17 is 10, which is not one of the classes 0 to 9");
    List<String> eleven = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "ten");
    assertEquals(10, Idx.dataset(folder, "train", eleven).label(17));
  }

  @Test
  void trailingBytesAreErrors() throws IOException {
    put(LABELS, new byte[31], 8, 30);
    fails(folder, "goes on after the 30 values");
  }

  @Test
  void hostileSizesAreRefusedBeforeMemoryIsTaken() throws IOException {
    put(IMAGES, new byte[0], 8, 0x7fffffff, 28, 28);
    fails(folder, "declares axes [2147483647, 28, 28]");
    put(IMAGES, new byte[0], 8, 1, 0x80000000, 1);
    fails(folder, "declares axes [1, 2147483648, 1]");
    put(IMAGES, new byte[0], 8, 1, 1 << 13, 1);
    fails(folder, "a side at most 4096");
    put(IMAGES, new byte[0], 8, 0, 28, 28);
    fails(folder, "each must be at least 1");
    put(IMAGES, new byte[100], 8, 1 << 18, 64, 64); // 1 GiB declared, read in steps
    fails(folder, "declares 1073741824 values, it has 100");
  }

  @Test
  void aBombIsNotInflatedBeyondWhatItDeclares() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(new byte[] {0, 0, 8, 1, 0, 0, 0, 30});
      for (int i = 0; i < 64; i++) {
        gzip.write(new byte[1 << 20]);
      }
    }
    Files.write(folder.resolve(LABELS), out.toByteArray());
    fails(folder, "goes on after the 30 values");
  }

  @Test
  void refusesToWriteWhatTheFormatCannotHold() {
    ImageDataset colour = new ImageDataset("c", 1, 1, 3, List.of("a"), new byte[3], new int[1]);
    assertThrows(
        IllegalArgumentException.class, () -> IdxWriter.write(folder, "train", colour, false));
  }

  private void put(String name, byte[] values, int type, int... axes) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * axes.length + values.length);
    bytes.put((byte) 0).put((byte) 0).put((byte) type).put((byte) axes.length);
    for (int axis : axes) {
      bytes.putInt(axis);
    }
    Files.write(folder.resolve(name), bytes.put(values).array());
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  private static void fails(Path where, String message) {
    String said =
        assertThrows(FormatException.class, () -> Idx.dataset(where, "train")).getMessage();
    assertTrue(said.contains(message), said);
    assertTrue(said.contains(where.toString()), said);
    assertEquals(1, said.lines().count(), said);
  }
}
