package limbeck.kd.data.jpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.HeapBudget;
import limbeck.kd.data.Image;

/**
 * Reads JPEG files: baseline sequential DCT with Huffman coding and 8 bits a sample (ITU-T T.81),
 * grey, or YCbCr with sampling 4:4:4, 4:2:2 or 4:2:0 (ITU-T T.871), with restart markers, in one
 * scan or several. Progressive, lossless, hierarchical and arithmetic-coded files, RGB and CMYK are
 * refused by name. An orientation noted by a camera (Exif) is not applied.
 *
 * <p>Pixels are those of libjpeg with its default settings, and so of the platform's own reader,
 * bit for bit. Nothing is guessed: a file that is truncated or damaged is an error, where other
 * readers warn and fill in grey.
 */
public final class Jpeg {
  /** The largest file that is read, in bytes. */
  public static final int MAX_FILE = 1 << 26;

  /** The largest width or height. */
  public static final int MAX_SIDE = 1 << 14;

  /** The most pixels in an image. */
  public static final int MAX_PIXELS = 1 << 24;

  private Jpeg() {}

  /** Whether bytes begin as a JPEG file does, with the marker of the start of an image. */
  public static boolean starts(byte[] bytes) {
    return bytes.length >= 2 && (bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == Marker.SOI;
  }

  /**
   * The image in a file: 1 channel, grey, or 3, red, green and blue.
   *
   * @throws FormatException if the file is no JPEG, of a kind that is not read, truncated, damaged,
   *     or larger than the limits; the message names the file and the place in it
   * @throws IOException if it cannot be read
   */
  public static Image read(Path file) throws IOException {
    long size = Files.size(file);
    if (size > MAX_FILE) {
      throw new FormatException(
          file + " has " + size + " bytes; JPEG files are read up to " + MAX_FILE);
    }
    new HeapBudget(file.toString()).take(size);
    return read(Files.readAllBytes(file), file.toString());
  }

  /**
   * The image in the bytes of a file. What follows the end of the image is ignored.
   *
   * @param source what error messages call the bytes
   * @throws FormatException as {@link #read(Path)} does
   */
  public static Image read(byte[] bytes, String source) throws FormatException {
    return new JpegReader(new JpegBytes(bytes, source)).read();
  }
}
