package limbeck.engine.io;

import java.io.IOException;

/**
 * A file or text whose content breaks its format or a limit. The message is one line: which format
 * and file, where in it (tensor, or line and column), what is wrong, and the limit or remedy.
 */
public class FormatException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int QUOTED = 80;

  /** An error with its one-line message. */
  public FormatException(String message) {
    super(message);
  }

  /** An error with its one-line message and what it was derived from. */
  public FormatException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Text from a file between quotes, safe to print: control characters escaped, cut when long. */
  public static String quote(String text) {
    StringBuilder s = new StringBuilder("\"");
    for (int i = 0; i < Math.min(QUOTED, text.length()); i++) {
      char c = text.charAt(i);
      boolean plain =
          c >= ' '
              && c != 0x7f
              && !Character.isISOControl(c)
              && !isSeparator(c)
              && !Character.isSurrogate(c);
      s.append(plain ? String.valueOf(c) : "\\u" + hex4(c));
    }
    return s.append(text.length() > QUOTED ? "…\"" : "\"").toString();
  }

  /** Four lower-case hexadecimal digits. */
  static String hex4(char c) {
    return Integer.toHexString(0x10000 | c).substring(1);
  }

  private static boolean isSeparator(char c) {
    return c == '\u2028' || c == '\u2029';
  }
}
