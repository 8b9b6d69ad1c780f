package limbeck.kd.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import limbeck.engine.io.FormatException;
import limbeck.kd.data.jpeg.Jpeg;
import limbeck.kd.data.jpeg.PlatformJpeg;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of label, length and JPEG. */
class JpegStreamTest {
  @TempDir Path root;
  private Path folder;

  @BeforeEach
  void aFolder() throws IOException {
    folder = Files.createDirectory(root.resolve("birds"));
  }

  private static byte[] jpeg(int side, int channels, int seed) throws IOException {
    return PlatformJpeg.bytes(PlatformJpeg.picture(side, side, channels, seed));
  }

  private static byte[] record(int label, byte[] jpeg) {
    byte[] record = new byte[3 + jpeg.length];
    record[0] = (byte) label;
    record[1] = (byte) (jpeg.length >> 8);
    record[2] = (byte) jpeg.length;
    System.arraycopy(jpeg, 0, record, 3, jpeg.length);
    return record;
  }

  /** Labels 0, 2, 1, 0, 2, 1 and so on. */
  private static byte[] records(int count) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      out.write(record(2 * i % 3, jpeg(12, 3, i)));
    }
    return out.toByteArray();
  }

  private Path gzipped(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(bytes);
    }
    return file;
  }

  private static String message(Path file) {
    return assertThrows(FormatException.class, () -> JpegStream.read(file)).getMessage();
  }

  @Test
  void imagesComeInOrderAsPlanes() throws IOException {
    Files.writeString(folder.resolve("labels.txt"), "crow\n kite\njay\n");
    List<String> seen = new ArrayList<>();
    ImageDataset set =
        JpegStream.read(
            gzipped("train.jpegstream.gz", records(5)), (done, all) -> seen.add(done + "/" + all));
    assertEquals("birds-train: 5 images of 3 x 12 x 12 in 3 classes", set.toString());
    assertEquals(List.of("crow", "kite", "jay"), set.classNames());
    assertArrayEquals(new int[] {0, 2, 1, 0, 2}, set.labels());
    assertEquals(List.of("1/5", "2/5", "3/5", "4/5", "5/5"), seen);
    Image third = Jpeg.read(jpeg(12, 3, 3), "");
    byte[] planes = set.bytes(3);
    for (int i = 0; i < planes.length; i++) {
      assertEquals(third.sample(i % 12, i / 12 % 12, i / 144), planes[i] & 0xff);
    }
  }

  @Test
  void uncompressedIsTheSameAndClassesAreNumbered() throws IOException {
    Path plain = Files.write(folder.resolve("test.jpegstream"), records(3));
    ImageDataset set = JpegStream.read(plain);
    assertEquals(List.of("0", "1", "2"), set.classNames());
    assertEquals("birds-test", set.name());
    assertEquals(set.digest(), JpegStream.read(gzipped("x", records(3))).digest());
  }

  @Test
  void everyTruncationIsReported() throws IOException {
    byte[] whole = records(2);
    int second = record(0, jpeg(12, 3, 0)).length;
    for (int length = 0; length < whole.length; length += 7) {
      if (length != second) {
        Path file = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length));
        String message = message(file);
        assertTrue(message.startsWith(file.toString()), message);
      }
    }
    byte[] gzip = Files.readAllBytes(gzipped("whole", whole));
    for (int length = 1; length < gzip.length; length += 13) {
      Path file = Files.write(folder.resolve("cut"), Arrays.copyOf(gzip, length));
      assertTrue(message(file).startsWith(file.toString()));
    }
  }

  @Test
  void whatIsWrongIsSaidOfTheRecord() throws IOException {
    byte[] bad = records(3);
    int third = bad.length - record(1, jpeg(12, 3, 2)).length;
    bad[third + 3] = 0;
    Path file = Files.write(folder.resolve("bad"), bad);
    assertEquals(
        file + ", record 2: it is not a JPEG file: it does not begin with FFD8", message(file));
    Files.writeString(folder.resolve("labels.txt"), "crow\nkite\n");
    Files.write(file, records(2));
    assertEquals(file + ", record 1 has label 2; labels.txt names 2 classes", message(file));
    Files.writeString(folder.resolve("labels.txt"), "crow\n\n");
    assertTrue(message(file).contains("labels.txt has an empty line"), message(file));
    Files.writeString(folder.resolve("labels.txt"), "");
    assertTrue(message(file).contains("labels.txt is empty"), message(file));
    Files.write(folder.resolve("labels.txt"), new byte[] {(byte) 0xff});
    assertTrue(message(file).contains("labels.txt is no text in UTF-8"), message(file));
  }

  @Test
  void allImagesHaveOneSizeAndColour() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(record(0, jpeg(12, 3, 0)));
    out.write(record(0, jpeg(13, 3, 0)));
    Path file = Files.write(folder.resolve("mixed"), out.toByteArray());
    assertEquals(
        file
            + ", record 1 has 13 x 13 pixels, 3 channels, unlike "
            + file
            + ", record 0 with 12 x 12 pixels, 3 channels; bring all images of a set to one size"
            + " and colour",
        message(file));
  }

  @Test
  void thePublishedSetHasItsCounts() throws IOException {
    String data = System.getProperty("LIMBECK_DATA", System.getenv("LIMBECK_DATA"));
    assumeTrue(data != null, "skipped: LIMBECK_DATA names no folder with cifar10");
    Path file = Path.of(data, "cifar10", "train.jpegstream.gz");
    assumeTrue(Files.exists(file), "skipped: no " + file);
    ImageDataset set = JpegStream.read(file);
    assertEquals(50_000, set.size());
    for (int count : set.classCounts()) {
      assertEquals(5_000, count);
    }
    double[] means = new double[3];
    for (int i = 0; i < set.size(); i++) {
      byte[] image = set.bytes(i);
      for (int k = 0; k < image.length; k++) {
        means[k / 1024] += (image[k] & 0xff) / 255.0 / 1024 / set.size();
      }
    }
    // channel means as published with the files, to five decimals
    assertArrayEquals(new double[] {0.49125, 0.48209, 0.44652}, means, 5e-6);
  }
}
