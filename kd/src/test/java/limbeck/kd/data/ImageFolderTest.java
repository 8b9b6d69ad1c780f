package limbeck.kd.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import limbeck.engine.io.FormatException;
import limbeck.kd.data.jpeg.PlatformJpeg;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of image files: what order they are read in, and what may not be there. */
class ImageFolderTest {
  @TempDir Path root;

  private void png(String name, int side, int channels, int value) throws IOException {
    byte[] samples = new byte[side * side * channels];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (value + i % channels);
    }
    Png.write(path(name), new Image(side, side, channels, samples));
  }

  private Path path(String name) throws IOException {
    Path path = root.resolve(name);
    Files.createDirectories(path.getParent());
    return path;
  }

  private void assertRefused(String message) {
    FormatException e = assertThrows(FormatException.class, () -> ImageFolder.read(root));
    assertEquals(message.replace("ROOT", root.toString()), e.getMessage());
  }

  /** Upper-case letters come before lower-case ones, 10 before 9: by code units. */
  @Test
  void classesAndImagesComeInTheOrderOfTheirNames() throws IOException {
    png("dog/9.png", 4, 3, 90);
    png("dog/10.PNG", 4, 3, 100);
    png("Cat/a.png", 4, 3, 10);
    Files.createFile(path("dog/.hidden"));
    ImageDataset set = ImageFolder.read(root);
    assertEquals(List.of("Cat", "dog"), set.classNames());
    assertArrayEquals(new int[] {0, 1, 1}, set.labels());
    assertEquals(10, set.bytes(0)[0]);
    assertEquals(100, set.bytes(1)[0]);
    assertEquals(92, set.bytes(2)[32]); // the blue plane
    assertEquals(root.getFileName().toString(), set.name());
  }

  @Test
  void pngAndJpegMayBeMixedWhateverTheirNamesSay() throws IOException {
    png("a/1.png", 12, 3, 0);
    Files.write(path("a/2.png"), PlatformJpeg.bytes(PlatformJpeg.picture(12, 12, 3, 1)));
    assertEquals(2, ImageFolder.read(root).size());
  }

  @Test
  void anotherSizeOrColourIsRefused() throws IOException {
    png("a/1.png", 4, 3, 0);
    png("b/2.png", 5, 3, 0);
    assertRefused(
        "ROOT/b/2.png has 5 x 5 pixels, 3 channels, unlike ROOT/a/1.png with 4 x 4 pixels, 3"
            + " channels; bring all images of a set to one size and colour");
    png("b/2.png", 4, 1, 0);
    assertRefused(
        "ROOT/b/2.png has 4 x 4 pixels, 1 channel, unlike ROOT/a/1.png with 4 x 4 pixels, 3"
            + " channels; bring all images of a set to one size and colour");
  }

  @Test
  void whatIsNoImageIsRefused() throws IOException {
    assertRefused("ROOT is empty; it must hold a folder for each class");
    Files.createDirectories(root.resolve("a"));
    assertRefused("ROOT/a has no images; remove the class or add some");
    Files.writeString(path("a/1.png"), "no image");
    assertRefused("ROOT/a/1.png is neither a PNG nor a JPEG file");
    Files.writeString(path("a/0.txt"), "");
    assertRefused(
        "ROOT/a/0.txt is not called like an image; only .png, .jpg and .jpeg files may be here");
    Files.writeString(path("readme"), "");
    assertRefused("ROOT/readme is not a folder; ROOT must hold a folder for each class, no more");
  }

  @Test
  void missingFoldersAreNamed() {
    Path missing = root.resolve("missing");
    FormatException e = assertThrows(FormatException.class, () -> ImageFolder.read(missing));
    assertEquals(missing + ": no such folder", e.getMessage());
  }
}
