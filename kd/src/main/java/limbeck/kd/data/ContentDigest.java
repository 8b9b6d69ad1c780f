package limbeck.kd.data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 over typed values; each is framed, so that no two sequences of values hash the same
 * bytes.
 */
public final class ContentDigest {
  private final MessageDigest sha;

  /**
   * A digest of contents laid out as {@code layout} says; a change of layout takes another name.
   */
  public ContentDigest(String layout) {
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    text(layout);
  }

  /** Adds a number. */
  public ContentDigest number(int value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      sha.update((byte) (value >>> shift));
    }
    return this;
  }

  /** Adds a text. */
  public ContentDigest text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    return number(utf8.length).bytes(utf8, 0, utf8.length);
  }

  /** Adds bytes whose count the caller has fixed by what was added before. */
  public ContentDigest bytes(byte[] values, int at, int length) {
    sha.update(values, at, length);
    return this;
  }

  /** The digest, 64 lower-case hexadecimal digits; ends this object's use. */
  public String hex() {
    return HexFormat.of().formatHex(sha.digest());
  }
}
