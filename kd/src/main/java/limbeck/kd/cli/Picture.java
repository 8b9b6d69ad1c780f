package limbeck.kd.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import limbeck.engine.io.FormatException;
import limbeck.kd.data.DigitImage;
import limbeck.kd.data.Idx;
import limbeck.kd.data.Png;

/**
 * An image to be read by a model.
 *
 * @param name the file, with a number where it holds several
 * @param pixels from 0 to 1
 */
record Picture(String name, float[] pixels) {
  /** The images of a PNG or IDX file. */
  static List<Picture> read(Path file, int limit, int size) throws IOException {
    List<Picture> pictures = new ArrayList<>();
    if (file.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
      float[] pixels = new float[DigitImage.SIDE * DigitImage.SIDE];
      try {
        DigitImage.read(Png.read(file), pixels, 0);
      } catch (IllegalArgumentException e) {
        throw new FormatException(file + ": " + e.getMessage(), e);
      }
      pictures.add(new Picture(file.toString(), pixels));
    } else {
      float[][] images = Idx.images(file, limit);
      for (int i = 0; i < images.length; i++) {
        pictures.add(new Picture(file + "[" + i + "]", images[i]));
      }
    }
    for (Picture p : pictures) {
      if (p.pixels.length != size) {
        throw new FormatException(
            file + ": images of " + p.pixels.length + " pixels, the model reads " + size);
      }
    }
    return pictures;
  }
}
