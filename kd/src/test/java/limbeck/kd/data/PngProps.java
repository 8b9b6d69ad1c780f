package limbeck.kd.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import limbeck.engine.io.FormatException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Our files against our reader and against the platform's, both ways. */
class PngProps {

  @Property(tries = 100)
  void roundTrip(
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll boolean colour,
      @ForAll long seed)
      throws IOException {
    Image image = noise(width, height, colour ? 3 : 1, seed);
    byte[] file = Png.bytes(image);
    Image back = Png.read(file, "made");
    assertEquals(image.toString(), back.toString());
    assertArrayEquals(image.samples(), back.samples());
    BufferedImage theirs = ImageIO.read(new ByteArrayInputStream(file));
    assertArrayEquals(image.samples(), samples(theirs, image.channels()));
  }

  /** Types 5 RGB, 6 RGBA, 10 grey, 11 16-bit grey, 12 1-bit palette, 13 8-bit palette. */
  @Property(tries = 200)
  void readsWhatThePlatformWrites(
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 0, max = 5) int kind,
      @ForAll long seed)
      throws IOException {
    int[] types = {
      BufferedImage.TYPE_3BYTE_BGR,
      BufferedImage.TYPE_4BYTE_ABGR,
      BufferedImage.TYPE_BYTE_GRAY,
      BufferedImage.TYPE_USHORT_GRAY,
      BufferedImage.TYPE_BYTE_BINARY,
      BufferedImage.TYPE_BYTE_INDEXED
    };
    BufferedImage theirs = new BufferedImage(width, height, types[kind]);
    fill(theirs, new SplittableRandom(seed));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageIO.write(theirs, "png", file);
    Image ours = Png.read(file.toByteArray(), "platform");
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        check(theirs, ours, x, y);
      }
    }
  }

  /** Grey is compared as stored: getRGB would pass it through a colour profile. */
  private static void check(BufferedImage theirs, Image ours, int x, int y) {
    if (ours.channels() < 3
        && theirs.getRaster().getNumBands() == 1
        && theirs.getType() != BufferedImage.TYPE_BYTE_BINARY) {
      int stored = theirs.getRaster().getSample(x, y, 0);
      boolean wide = theirs.getType() == BufferedImage.TYPE_USHORT_GRAY;
      assertEquals(wide ? stored >> 8 : stored, ours.sample(x, y, 0));
      return;
    }
    int argb = theirs.getRGB(x, y);
    for (int c = 0; c < Math.min(3, ours.channels()); c++) {
      assertEquals(argb >> 16 - 8 * c & 0xff, ours.sample(x, y, c));
    }
    if (ours.channels() == 4) {
      assertEquals(argb >>> 24, ours.sample(x, y, 3));
    }
  }

  /** Damage anywhere is an error of the format or leaves an image, never another exception. */
  @Property(tries = 1000)
  void damageIsReported(
      @ForAll @IntRange(min = 0, max = 200) int at, @ForAll byte value, @ForAll boolean cut) {
    byte[] file = Png.bytes(noise(7, 5, 1, 3));
    if (cut) {
      file = Arrays.copyOf(file, Math.min(at, file.length));
    } else {
      file[at % file.length] = value;
    }
    try {
      Image read = Png.read(file, "damaged");
      assertArrayEquals(noise(7, 5, 1, 3).samples(), read.samples()); // the checksums saw no change
    } catch (FormatException e) {
      assertEquals(1, e.getMessage().lines().count());
    }
  }

  private static Image noise(int width, int height, int channels, long seed) {
    byte[] samples = new byte[width * height * channels];
    new SplittableRandom(seed).nextBytes(samples);
    return new Image(width, height, channels, samples);
  }

  private static void fill(BufferedImage image, SplittableRandom random) {
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        if (image.getColorModel().getNumComponents() >= 3) {
          image.setRGB(x, y, random.nextInt());
        } else {
          image.getRaster().setSample(x, y, 0, random.nextInt(1 << 8));
        }
      }
    }
  }

  private static byte[] samples(BufferedImage image, int channels) {
    byte[] samples = new byte[image.getWidth() * image.getHeight() * channels];
    for (int i = 0; i < samples.length; i++) {
      int pixel = i / channels;
      samples[i] =
          (byte)
              image
                  .getRaster()
                  .getSample(pixel % image.getWidth(), pixel / image.getWidth(), i % channels);
    }
    return samples;
  }
}
