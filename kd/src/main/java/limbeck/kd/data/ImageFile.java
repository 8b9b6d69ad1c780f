package limbeck.kd.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.HeapBudget;
import limbeck.kd.data.jpeg.Jpeg;

/** Reads an image file that is PNG or JPEG, whatever its name says. */
public final class ImageFile {
  private ImageFile() {}

  /**
   * The image in a file.
   *
   * @throws FormatException if it is neither PNG nor JPEG, or {@link Png} or {@link Jpeg} cannot
   *     read it
   * @throws IOException if it cannot be read
   */
  public static Image read(Path file) throws IOException {
    long size = Files.size(file);
    if (size > Png.MAX_FILE) {
      throw new FormatException(
          file + " has " + size + " bytes; images are read up to " + Png.MAX_FILE);
    }
    new HeapBudget(file.toString()).take(3 * size); // and its compressed parts
    byte[] bytes = Files.readAllBytes(file);
    if (Jpeg.starts(bytes)) {
      return Jpeg.read(bytes, file.toString());
    }
    if (Png.starts(bytes)) {
      return Png.read(bytes, file.toString());
    }
    throw new FormatException(file + " is neither a PNG nor a JPEG file");
  }
}
