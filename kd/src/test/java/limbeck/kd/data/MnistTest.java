package limbeck.kd.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/**
 * Reads the published files, where property or environment variable LIMBECK_DATA names a folder
 * with them.
 */
class MnistTest {

  private static Path folder(String name, String file) {
    String data = System.getProperty("LIMBECK_DATA", System.getenv("LIMBECK_DATA"));
    assumeTrue(data != null, "skipped: LIMBECK_DATA names no folder with " + name);
    Path folder = Path.of(data, name);
    assumeTrue(Files.exists(folder.resolve(file)), "skipped: no " + folder.resolve(file));
    return folder;
  }

  @Test
  void mnistHasItsPublishedCounts() throws IOException {
    Path folder = folder("mnist", "train-images-idx3-ubyte.gz");
    ImageDataset train = Idx.dataset(folder, "train");
    assertEquals(60_000, train.size());
    assertArrayEquals(
        new int[] {5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949},
        train.classCounts());
    assertArrayEquals(
        new int[] {980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009},
        Idx.dataset(folder, "t10k").classCounts());
  }

  /** The MD5 of the official file, uncompressed. */
  @Test
  void writingMnistGivesTheOfficialFile() throws Exception {
    ImageDataset test = Idx.dataset(folder("mnist", "t10k-images-idx3-ubyte.gz"), "t10k");
    Path made = Files.createTempDirectory("idx");
    try {
      IdxWriter.write(made, "t10k", test, false);
      byte[] bytes = Files.readAllBytes(made.resolve("t10k-images-idx3-ubyte"));
      assertEquals(
          "2646ac647ad5339dbf082846283269ea",
          HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes)));
    } finally {
      Files.delete(made.resolve("t10k-images-idx3-ubyte"));
      Files.delete(made.resolve("t10k-labels-idx1-ubyte"));
      Files.delete(made);
    }
  }

  /**
   * MNIST is in the form that pictures are brought to, so its digits stay, but for the brightest
   * value: where that is 254 it becomes 255, which changes no value by more than 1. Four of 10,000
   * move: three that the frame cuts off, one whose mass lies exactly between two pixels.
   */
  @Test
  void mnistIsInTheFormOfPredictionAlready() throws IOException {
    ImageDataset test = Idx.dataset(folder("mnist", "t10k-images-idx3-ubyte.gz"), "t10k");
    int moved = 0;
    for (int i = 0; i < test.size(); i++) {
      byte[] digit = test.bytes(i);
      moved += greatestChange(digit, DigitImage.toDigit28(new Image(28, 28, 1, digit))) > 1 ? 1 : 0;
    }
    assertEquals(4, moved);
  }

  private static int greatestChange(byte[] a, byte[] b) {
    int greatest = 0;
    for (int i = 0; i < a.length; i++) {
      greatest = Math.max(greatest, Math.abs((a[i] & 0xff) - (b[i] & 0xff)));
    }
    return greatest;
  }

  @Test
  void emnistLettersHasItsPublishedCounts() throws IOException {
    Path folder = folder("emnist-letters", "emnist-letters-train-images-idx3-ubyte.gz");
    ImageDataset train = Idx.dataset(folder, "train");
    assertEquals(124_800, train.size());
    assertEquals(26, train.classes());
    for (int count : train.classCounts()) {
      assertEquals(4_800, count);
    }
  }

  /** The letter i is taller than wide; as stored it lies on its side. */
  @Test
  void emnistLettersAreUprightWhereThatIsAskedFor() throws IOException {
    Path folder = folder("emnist-letters", "emnist-letters-test-images-idx3-ubyte.gz");
    ImageDataset letters =
        DataSets.open(folder, "test", DataFormat.EMNIST_LETTERS, LoadProgress.NONE);
    assertEquals(20_800, letters.size());
    int i = letters.classNames().indexOf("i");
    assertTrue(height(letters.ofClasses(i)) > 1.5 * width(letters.ofClasses(i)));
    ImageDataset stored = DataSets.open(folder, "test");
    assertEquals(letters.digest(), stored.transposed().digest());
  }

  private static double height(ImageDataset images) {
    double sum = 0;
    for (int i = 0; i < images.size(); i++) {
      sum += spread(images.bytes(i));
    }
    return sum / images.size();
  }

  private static double width(ImageDataset images) {
    return height(images.transposed());
  }

  /** The standard deviation of the ink's row. */
  private static double spread(byte[] image) {
    double mass = 0;
    double sum = 0;
    double squares = 0;
    for (int k = 0; k < 784; k++) {
      int ink = image[k] & 0xff;
      double row = k / 28;
      mass += ink;
      sum += ink * row;
      squares += ink * row * row;
    }
    return Math.sqrt(squares / mass - sum / mass * (sum / mass));
  }
}
