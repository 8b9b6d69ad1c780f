package limbeck.kd.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.HeapBudget;

/**
 * Reads and writes PNG files (ISO/IEC 15948) without the desktop module. Reads every colour type, 1
 * to 16 bits a sample, not interlaced; writes grey and RGB of 8 bits.
 */
public final class Png {
  /** The largest file that is read, in bytes. */
  public static final int MAX_FILE = 1 << 26;

  /** The largest width or height. */
  public static final int MAX_SIDE = 1 << 14;

  /** The most pixels in an image. */
  public static final int MAX_PIXELS = 1 << 24;

  private Png() {}

  /** Whether bytes begin as a PNG file does. */
  public static boolean starts(byte[] bytes) {
    byte[] signature = PngReader.SIGNATURE;
    return bytes.length >= signature.length
        && Arrays.equals(bytes, 0, signature.length, signature, 0, signature.length);
  }

  /**
   * The image in a file. Samples of fewer than 8 bits are scaled to 0..255, of 16 bits cut to their
   * upper 8; a palette becomes RGB; transparent colours become an alpha channel. Gamma and other
   * ancillary chunks are checked and ignored.
   *
   * @throws FormatException if the file is no PNG, is truncated, damaged, interlaced or larger than
   *     the limits
   * @throws IOException if it cannot be read
   */
  public static Image read(Path file) throws IOException {
    long size = Files.size(file);
    if (size > MAX_FILE) {
      throw new FormatException(
          file + " has " + size + " bytes; PNG files are read up to " + MAX_FILE);
    }
    new HeapBudget(file.toString()).take(3 * size); // and its compressed parts
    return read(Files.readAllBytes(file), file.toString());
  }

  /**
   * The image in the bytes of a file.
   *
   * @param source what error messages call the bytes
   * @throws FormatException as {@link #read(Path)} does
   */
  public static Image read(byte[] bytes, String source) throws FormatException {
    return new PngReader(bytes, source).read();
  }

  /**
   * The bytes of a PNG file with the image.
   *
   * @throws IllegalArgumentException unless it has 1 or 3 channels and keeps the limits of reading
   */
  public static byte[] bytes(Image image) {
    return PngWriter.bytes(image);
  }

  /**
   * Writes the image to a file, over what is there.
   *
   * @throws IllegalArgumentException as {@link #bytes} does
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, Image image) throws IOException {
    Files.write(file, bytes(image));
  }
}
