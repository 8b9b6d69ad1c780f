package limbeck.kd.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import limbeck.engine.io.FormatException;

/** Opens a file for reading, decompressed if its first bytes say gzip, whatever its name says. */
public final class MaybeGzip {
  private static final int BUFFER = 1 << 16;

  private MaybeGzip() {}

  /** The file of a name in a folder, or else that with {@code .gz} after it, or else null. */
  static Path found(Path folder, String name) {
    Path plain = folder.resolve(name);
    Path zipped = folder.resolve(name + ".gz");
    return Files.isRegularFile(plain) ? plain : Files.isRegularFile(zipped) ? zipped : null;
  }

  /**
   * The content of {@code file}.
   *
   * @throws FormatException if it is a folder
   * @throws IOException if it cannot be read
   */
  public static InputStream open(Path file) throws IOException {
    requireFile(file);
    return of(Files.newInputStream(file));
  }

  /**
   * Checks that something is no folder.
   *
   * @throws FormatException if it is
   */
  public static void requireFile(Path file) throws FormatException {
    if (Files.isDirectory(file)) {
      throw new FormatException(file + " is a folder; a file is needed");
    }
  }

  /**
   * The content of a file that is open; closed if it cannot be read.
   *
   * @param raw at its beginning
   * @throws IOException if it cannot be read
   */
  public static InputStream of(InputStream raw) throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw, BUFFER);
    try {
      in.mark(2);
      boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      return gzip ? new GZIPInputStream(in, BUFFER) : in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }
}
