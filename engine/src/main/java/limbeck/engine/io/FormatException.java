package limbeck.engine.io;

import java.io.IOException;

/**
 * A file or text whose content breaks its format or a limit. The message is one line: which format
 * and file, where in it (tensor, or line and column), what is wrong, and the limit or remedy.
 */
public class FormatException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int QUOTED = 80;

  /** The longest message: names in damaged files have any length. */
  private static final int MOST = 4000;

  /** An error with its one-line message. */
  public FormatException(String message) {
    super(cut(message));
  }

  /** An error with its one-line message and what it was derived from. */
  public FormatException(String message, Throwable cause) {
    super(cut(message), cause);
  }

  private static String cut(String message) {
    boolean longer = message != null && message.length() > MOST;
    return longer ? message.substring(0, MOST) + "…" : message;
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
