package limbeck.kd.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import limbeck.engine.io.FormatException;

/**
 * Opens a file for reading, decompressed if its first bytes say gzip, whatever its name says.
 *
 * <p>A zipped file may hold 256 MiB, or a hundred times its own size if that is more: so no small
 * file keeps a reader busy for long. What is truncated or damaged is a {@link FormatException}.
 */
public final class MaybeGzip {
  private static final int BUFFER = 1 << 16;
  private static final long MOST_BYTES = 1L << 28;
  private static final long MOST_TIMES = 100;

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
    return of(Files.newInputStream(file), file, Files.size(file));
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
   * @param file what errors call it
   * @param size bytes of {@code raw}
   * @throws FormatException if it begins as gzip and does not go on so
   * @throws IOException if it cannot be read
   */
  public static InputStream of(InputStream raw, Path file, long size) throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw, BUFFER);
    try {
      in.mark(2);
      boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      long most = Math.max(MOST_BYTES, MOST_TIMES * Math.min(size, Long.MAX_VALUE / MOST_TIMES));
      return gzip ? new Unzipped(in, file, most) : in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** What a zipped file holds, up to a limit. */
  private static final class Unzipped extends InputStream {
    private final InputStream in;
    private final Path file;
    private final long most;
    private long left;

    Unzipped(InputStream zipped, Path file, long most) throws IOException {
      this.file = file;
      this.most = most;
      this.left = most;
      try {
        this.in = new GZIPInputStream(zipped, BUFFER);
      } catch (EOFException | ZipException e) {
        throw damaged(e);
      }
    }

    private FormatException damaged(IOException e) {
      String how = e.getMessage() == null ? "it ends too early" : e.getMessage();
      return new FormatException(file + " is truncated or damaged: " + how, e);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int at, int n) throws IOException {
      int count;
      try {
        count = in.read(to, at, n);
      } catch (EOFException | ZipException e) {
        throw damaged(e);
      }
      left -= Math.max(0, count);
      if (left < 0) {
        throw new FormatException(
            file
                + " holds more than "
                + (most >> 20)
                + " MiB, a hundred times its own size or more; unzip it if it is right");
      }
      return count;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
