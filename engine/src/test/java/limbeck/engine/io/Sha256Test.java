package limbeck.engine.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Test {
  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(length).nextBytes(bytes);
    return bytes;
  }

  private static byte[] platform(byte[] bytes) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }

  /** The examples of FIPS 180-4, of one block, of two, and of many. */
  @Test
  void ofTheStandardsExamples() {
    assertEquals("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", ours("abc"));
    assertEquals(
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
        ours("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"));
    assertEquals(
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
        ours("a".repeat(1_000_000)));
  }

  private static String ours(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return HexFormat.of().formatHex(ShortSha256.of(bytes, bytes.length));
  }

  @Test
  void ofEveryLengthAroundTheBlocks() throws Exception {
    for (int length = 0; length < 200; length++) {
      byte[] bytes = random(length);
      byte[] longer = Arrays.copyOf(bytes, length + 7); // what lies behind must not count
      Arrays.fill(longer, length, longer.length, (byte) 1);
      assertArrayEquals(platform(bytes), ShortSha256.of(longer, length), "length " + length);
    }
  }

  /** All ways in, on both sides of the length from which on the platform hashes. */
  @Test
  void shortAndLongContentHasThePlatformsHash(@TempDir Path folder) throws Exception {
    for (int length : new int[] {Sha256.SHORT - 1, Sha256.SHORT, Sha256.SHORT + 1}) {
      byte[] bytes = random(length);
      String expected = HexFormat.of().formatHex(platform(bytes));
      assertEquals(expected, Sha256.hex(bytes));
      assertEquals(expected, Sha256.hex(Files.write(folder.resolve("bytes"), bytes)));
      assertEquals(expected, Sha256.hex(out -> inPieces(bytes, out)));
    }
  }

  private static void inPieces(byte[] bytes, OutputStream out) throws IOException {
    out.write(bytes[0]);
    int piece = 100_003;
    for (int at = 1; at < bytes.length; at += piece) {
      out.write(bytes, at, Math.min(piece, bytes.length - at));
    }
  }
}
