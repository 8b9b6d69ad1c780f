package limbeck.kd.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import limbeck.engine.io.FormatException;
import limbeck.kd.data.jpeg.PlatformJpeg;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One entry for all formats: each is found by its files. */
class DataSetsTest {
  @TempDir Path root;

  private void idx(String part, int size) throws IOException {
    IdxWriter.write(root, part, RenderedDigits.of(3, size), true);
  }

  private void cifar(String name, int labelBytes, int images) throws IOException {
    int length = labelBytes + 3072;
    byte[] bytes = new byte[images * length];
    for (int i = 0; i < images; i++) {
      bytes[i * length + labelBytes - 1] = (byte) i;
      bytes[i * length + labelBytes] = (byte) (100 + i);
    }
    Files.write(root.resolve(name), bytes);
  }

  private String refusal(String part) {
    return assertThrows(FormatException.class, () -> DataSets.open(root, part))
        .getMessage()
        .replace(root.toString(), "ROOT");
  }

  private String name(String part) {
    return root.getFileName() + "-" + part;
  }

  @Test
  void idxIsFound() throws IOException {
    idx("train", 20);
    idx("t10k", 10);
    assertEquals(20, DataSets.open(root, "train").size());
    assertEquals(10, DataSets.open(root, "test").size());
    assertEquals(10, DataSets.open(root, "t10k").size());
    assertEquals(Idx.dataset(root, "train").digest(), DataSets.open(root, "train").digest());
  }

  @Test
  void cifar10IsFoundAndItsBatchesAreJoined() throws IOException {
    for (int batch = 1; batch <= 5; batch++) {
      cifar("data_batch_" + batch + ".bin", 1, 1 + batch);
    }
    cifar("test_batch.bin", 1, 3);
    ImageDataset train = DataSets.open(root, "train");
    assertEquals(name("train") + ": 20 images of 3 x 32 x 32 in 10 classes", train.toString());
    assertArrayEquals(
        new int[] {0, 1, 0, 1, 2, 0, 1, 2, 3, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 5}, train.labels());
    assertEquals(103, train.bytes(17)[0]);
    assertEquals(3, DataSets.open(root, "test").size());
    Files.delete(root.resolve("data_batch_4.bin"));
    assertEquals("ROOT holds no data_batch_4.bin or data_batch_4.bin.gz", refusal("train"));
  }

  @Test
  void cifar100IsFoundWithItsFineLabels() throws IOException {
    cifar("train.bin", 2, 7);
    ImageDataset numbered = DataSets.open(root, "train");
    assertEquals(100, numbered.classes());
    assertEquals("99", numbered.classNames().get(99));
    assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5, 6}, numbered.labels());
    assertEquals(106, numbered.bytes(6)[0]);
    List<String> names = new ArrayList<>(ClassNames.numbers(100));
    names.set(0, "apple");
    Files.write(root.resolve("fine_label_names.txt"), names);
    assertEquals("apple", DataSets.open(root, "train").classNames().get(0));
    Files.writeString(root.resolve("fine_label_names.txt"), "apple\n");
    assertEquals("ROOT/fine_label_names.txt names 1 classes; CIFAR-100 has 100", refusal("train"));
  }

  @Test
  void jpegStreamsAreFound() throws IOException {
    byte[] jpeg = PlatformJpeg.bytes(PlatformJpeg.picture(8, 8, 3, 1));
    byte[] record = new byte[3 + jpeg.length];
    record[1] = (byte) (jpeg.length >> 8);
    record[2] = (byte) jpeg.length;
    System.arraycopy(jpeg, 0, record, 3, jpeg.length);
    Files.write(root.resolve("test.jpegstream"), record);
    List<Integer> seen = new ArrayList<>();
    ImageDataset test = DataSets.open(root, "test", (done, all) -> seen.add(done));
    assertEquals(name("test") + ": 1 images of 3 x 8 x 8 in 1 classes", test.toString());
    assertEquals(List.of(1), seen);
  }

  @Test
  void foldersAreFound() throws IOException {
    Path file = root.resolve("train/crow/1.png");
    Files.createDirectories(file.getParent());
    Png.write(file, new Image(3, 3, 1, new byte[9]));
    assertEquals(
        name("train") + ": 1 images of 1 x 3 x 3 in 1 classes",
        DataSets.open(root, "train").toString());
  }

  @Test
  void whatWasLookedForIsSaid() throws IOException {
    assertEquals(
        "ROOT holds no test set; looked for t10k-images-idx3-ubyte or t10k-images-idx3-ubyte.gz (or"
            + " test-...); test_batch.bin (CIFAR-10); test.bin (CIFAR-100); test.jpegstream.gz; a"
            + " folder test with a folder of PNG or JPEG files for each class",
        refusal("test"));
    assertTrue(refusal("train").contains("data_batch_1.bin (CIFAR-10); train.bin"));
    FormatException e =
        assertThrows(
            FormatException.class,
            () -> DataSets.open(root, "test", DataFormat.CIFAR_10, LoadProgress.NONE));
    assertEquals(root + " holds no test set: no test_batch.bin (CIFAR-10)", e.getMessage());
    Path missing = root.resolve("missing");
    e = assertThrows(FormatException.class, () -> DataSets.open(missing, "train"));
    assertEquals(
        missing + ": no such folder; give the folder that holds the train set", e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> DataSets.open(root, "validation"));
  }

  @Test
  void severalFormatsInOneFolderMustBeToldApart() throws IOException {
    idx("train", 5);
    cifar("train.bin", 2, 1);
    assertEquals(
        "ROOT holds several train sets, as idx and as cifar100; say which format to read, or give"
            + " each a folder of its own",
        refusal("train"));
    assertEquals(5, DataSets.open(root, "train", DataFormat.of("idx"), LoadProgress.NONE).size());
    assertEquals(
        1, DataSets.open(root, "train", DataFormat.of("cifar100"), LoadProgress.NONE).size());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> DataFormat.of("zip"));
    assertEquals(
        "no data format \"zip\"; there are idx, emnist-letters, cifar10, cifar100, jpegstream,"
            + " folders",
        e.getMessage());
  }

  /** Labels 1 to 26, images stored with rows and columns exchanged, under MNIST's names. */
  @Test
  void emnistLettersAreReadUpright() throws IOException {
    ImageDataset digits = RenderedDigits.of(3, 30);
    int[] labels = digits.labels();
    byte[] values = new byte[30 * 784];
    for (int i = 0; i < 30; i++) {
      labels[i] = 1 + i % 26;
      System.arraycopy(digits.transposed().bytes(i), 0, values, i * 784, 784);
    }
    IdxWriter.write(
        root,
        "train",
        new ImageDataset("letters", 28, 28, 1, ClassNames.numbers(27), values, labels),
        false);
    ImageDataset letters =
        DataSets.open(root, "train", DataFormat.EMNIST_LETTERS, LoadProgress.NONE);
    assertEquals(26, letters.classes());
    for (int i = 0; i < 30; i++) {
      assertArrayEquals(digits.bytes(i), letters.bytes(i));
      assertEquals(i % 26, letters.label(i));
    }
  }
}
