package limbeck.engine.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 (FIPS 180-4) as 64 lower-case hexadecimal digits. Long content is hashed by the platform,
 * short by {@link ShortSha256}, so that a process which loads a small model need not wait for the
 * platform's security providers.
 */
public final class Sha256 {
  /**
   * Bytes up to which content is short. In a JVM that has just started the platform needs three
   * times as long for a megabyte still; in a warm one our half megabyte takes 2 ms more than its.
   */
  static final int SHORT = 1 << 19;

  private Sha256() {}

  /** The hash of bytes. */
  public static String hex(byte[] bytes) {
    boolean isShort = bytes.length <= SHORT;
    return format(
        isShort ? ShortSha256.of(bytes, bytes.length) : Platform.newDigest().digest(bytes));
  }

  /** The hash of a file's content, read in slices. */
  public static String hex(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      Content content = new Content();
      in.transferTo(content);
      return format(content.hash());
    }
  }

  /** The hash of whatever {@code writer} writes. */
  static String hex(AtomicFile.Writer writer) throws IOException {
    Content content = new Content();
    writer.write(content);
    return format(content.hash());
  }

  private static String format(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }

  /** Keeps what is written to it while that is short, and hands it to the platform when not. */
  private static final class Content extends ByteArrayOutputStream {
    private MessageDigest digest;

    @Override
    public synchronized void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
      if (digest == null && length > SHORT - count) {
        digest = Platform.newDigest();
        digest.update(buf, 0, count);
      }
      if (digest == null) {
        super.write(bytes, from, length);
      } else {
        digest.update(bytes, from, length);
      }
    }

    byte[] hash() {
      return digest == null ? ShortSha256.of(buf, count) : digest.digest();
    }
  }

  /** A class of its own: then those of the platform are not loaded for short content. */
  private static final class Platform {
    static MessageDigest newDigest() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }
  }
}
