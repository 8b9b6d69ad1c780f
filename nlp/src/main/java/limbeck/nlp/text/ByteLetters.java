package limbeck.nlp.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The 256 bytes as 256 printable characters, so that tokens of bytes can be written in a text file:
 * the table of GPT-2 (Radford et al. 2019). Printable bytes of Latin-1 are themselves, the others
 * are the characters from U+0100 on, in order; so a space is Ġ.
 */
final class ByteLetters {
  private static final char[] LETTERS = letters();
  private static final int[] BYTES = bytes();

  private ByteLetters() {}

  private static char[] letters() {
    char[] letters = new char[256];
    char next = 256;
    for (int b = 0; b < 256; b++) {
      boolean printable = b >= '!' && b <= '~' || b >= 0xa1 && b <= 0xff && b != 0xad;
      letters[b] = printable ? (char) b : next++;
    }
    return letters;
  }

  private static int[] bytes() {
    int[] bytes = new int[0x180];
    Arrays.fill(bytes, -1);
    for (int b = 0; b < 256; b++) {
      bytes[LETTERS[b]] = b;
    }
    return bytes;
  }

  /** The character of a byte, 0 to 255. */
  static char of(int value) {
    return LETTERS[value];
  }

  /** A text's bytes in UTF-8, as their characters; surrogates without a partner become U+FFFD. */
  static String of(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (loneSurrogate(text)) {
      utf8 = mended(text).getBytes(StandardCharsets.UTF_8);
    }
    StringBuilder letters = new StringBuilder(utf8.length);
    for (byte b : utf8) {
      letters.append(of(b & 0xff));
    }
    return letters.toString();
  }

  private static boolean loneSurrogate(String text) {
    return text.codePoints().anyMatch(c -> c >= 0xd800 && c <= 0xdfff);
  }

  private static String mended(String text) {
    int[] c = text.codePoints().map(x -> x >= 0xd800 && x <= 0xdfff ? 0xfffd : x).toArray();
    return new String(c, 0, c.length);
  }

  /** The byte of a character; −1 if it stands for none. */
  static int byteOf(char letter) {
    return letter < BYTES.length ? BYTES[letter] : -1;
  }
}
