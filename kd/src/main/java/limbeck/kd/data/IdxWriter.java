package limbeck.kd.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes grey images and their labels as IDX files, as {@link Idx} reads them. */
public final class IdxWriter {
  private IdxWriter() {}

  /**
   * Writes {@code which-images-idx3-ubyte} and {@code which-labels-idx1-ubyte}, with {@code .gz} if
   * compressed, over what is there. The folder is made if there is none.
   *
   * @param which {@code train} or {@code t10k}, or a prefix, a hyphen and one of these
   * @throws IllegalArgumentException if the images are not grey or there are more than 256 classes
   * @throws IOException if a file cannot be written
   */
  public static void write(Path folder, String which, ImageDataset images, boolean gzip)
      throws IOException {
    if (images.channels() != 1 || images.classes() > 256) {
      throw new IllegalArgumentException(
          "IDX files hold grey images of at most 256 classes, not " + images);
    }
    Files.createDirectories(folder);
    String ending = "-ubyte" + (gzip ? ".gz" : "");
    try (OutputStream out = open(folder.resolve(which + "-images-idx3" + ending), gzip)) {
      header(out, images.size(), images.height(), images.width());
      for (int i = 0; i < images.size(); i++) {
        out.write(images.bytes(i));
      }
    }
    try (OutputStream out = open(folder.resolve(which + "-labels-idx1" + ending), gzip)) {
      header(out, images.size());
      for (int i = 0; i < images.size(); i++) {
        out.write(images.label(i));
      }
    }
  }

  private static OutputStream open(Path file, boolean gzip) throws IOException {
    OutputStream out = Files.newOutputStream(file);
    try {
      return new BufferedOutputStream(gzip ? new GZIPOutputStream(out) : out, 1 << 16);
    } catch (IOException e) {
      out.close();
      throw e;
    }
  }

  private static void header(OutputStream out, int... axes) throws IOException {
    out.write(new byte[] {0, 0, 8, (byte) axes.length});
    for (int axis : axes) {
      for (int shift = 24; shift >= 0; shift -= 8) {
        out.write(axis >>> shift);
      }
    }
  }
}
