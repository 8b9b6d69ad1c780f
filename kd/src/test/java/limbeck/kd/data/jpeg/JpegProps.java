package limbeck.kd.data.jpeg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import limbeck.engine.io.FormatException;
import limbeck.kd.data.Image;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Pixels are those of libjpeg, and no damage ends in anything but an error of the format. */
class JpegProps {

  /** All samplings, sizes around the blocks, any quality, with restart markers and without. */
  @Property(tries = 400)
  void pixelsAreThoseOfThePlatform(
      @ForAll @IntRange(min = 1, max = 50) int width,
      @ForAll @IntRange(min = 1, max = 50) int height,
      @ForAll @IntRange(min = 0, max = 3) int kind,
      @ForAll @IntRange(min = 0, max = 100) int quality,
      @ForAll @IntRange(min = 0, max = 4) int restart,
      @ForAll long seed)
      throws IOException {
    int channels = kind == 3 ? 1 : 3;
    int across = kind == 1 || kind == 2 ? 2 : 1;
    int down = kind == 2 ? 2 : 1;
    PlatformJpeg.Settings settings =
        new PlatformJpeg.Settings(quality / 100f, across, down, restart, false);
    byte[] file = PlatformJpeg.bytes(PlatformJpeg.picture(width, height, channels, seed), settings);
    assertEquals(restart > 0, SplicedJpeg.has(file, Marker.DRI));
    assertSame(PlatformJpeg.read(file), Jpeg.read(file, "made"));
  }

  private static void assertSame(Image theirs, Image ours) {
    assertEquals(theirs.toString(), ours.toString());
    assertArrayEquals(theirs.samples(), ours.samples());
  }

  /** Components in scans of their own, where only blocks that hold pixels are coded. */
  @Property(tries = 100)
  void aScanForEachComponentIsRead(
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 2) int across,
      @ForAll long seed)
      throws IOException {
    byte[] file = SplicedJpeg.scans(width, height, across, across, seed);
    assertSame(PlatformJpeg.read(file), Jpeg.read(file, "spliced"));
  }

  /** The first kilobyte holds headers, tables and data; files of all samplings, with restarts. */
  @Property(tries = 12)
  void everyTruncationIsReported(@ForAll @IntRange(min = 0, max = 3) int kind, @ForAll long seed)
      throws IOException {
    byte[] file = small(kind, seed);
    for (int length = 0; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      FormatException e = assertThrows(FormatException.class, () -> Jpeg.read(cut, "cut"));
      assertTrue(e.getMessage().startsWith("cut"), e.getMessage());
      assertEquals(1, e.getMessage().lines().count());
    }
  }

  /** Every single bit of a file is changed once. */
  @Example
  void everyChangedBitGivesAnImageOrAnErrorOfTheFormat() throws IOException {
    int errors = 0;
    int images = 0;
    for (int kind = 0; kind < 4; kind++) {
      byte[] file = small(kind, kind);
      for (int bit = 0; bit < 8 * file.length; bit++) {
        byte[] changed = file.clone();
        changed[bit / 8] ^= (byte) (1 << bit % 8);
        if (reads(changed)) {
          images++;
        } else {
          errors++;
        }
      }
    }
    assertTrue(errors > 1000 && images > 1000, errors + " errors, " + images + " images");
  }

  @Property(tries = 3000)
  void anyDamageGivesAnImageOrAnErrorOfTheFormat(
      @ForAll @IntRange(min = 0, max = 3) int kind,
      @ForAll @IntRange(min = 1, max = 20) int changes,
      @ForAll long seed)
      throws IOException {
    byte[] file = small(kind, seed & 7);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < changes; i++) {
      file[random.nextInt(file.length)] = (byte) random.nextInt(256);
    }
    reads(file);
    reads(Arrays.copyOf(file, random.nextInt(file.length + 50)));
  }

  /** Whether it is an image; any other exception than an error of the format fails the test. */
  private static boolean reads(byte[] file) {
    try {
      Image image = Jpeg.read(file, "damaged");
      assertEquals(image.width() * image.height() * image.channels(), image.samples().length);
      return true;
    } catch (FormatException e) {
      assertTrue(e.getMessage().startsWith("damaged"), e.getMessage());
      assertEquals(1, e.getMessage().lines().count());
      return false;
    }
  }

  private static byte[] small(int kind, long seed) throws IOException {
    int across = kind == 1 || kind == 2 ? 2 : 1;
    return PlatformJpeg.bytes(
        PlatformJpeg.picture(21, 13, kind == 3 ? 1 : 3, seed),
        new PlatformJpeg.Settings(0.6f, across, kind == 2 ? 2 : 1, (int) (seed & 1), false));
  }
}
