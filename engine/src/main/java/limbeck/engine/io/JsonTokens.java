package limbeck.engine.io;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The tokens of one JSON text, asked for one after the other by a caller who knows (or looks at
 * {@link #peek}) what may come next. Holds no more than a position, so a caller decides what a text
 * may cost.
 */
final class JsonTokens {
  private final byte[] bytes;
  private final int end;
  private final String source;
  private int at;

  /**
   * @param source what errors begin with: format and file
   */
  JsonTokens(byte[] bytes, int end, String source) {
    this.bytes = bytes;
    this.end = end;
    this.source = source;
  }

  /** The next byte that is not white space, not consumed; −1 at the end. */
  int peek() {
    while (at < end && isSpace(bytes[at])) {
      at++;
    }
    return at < end ? bytes[at] & 0xff : -1;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /** Consumes one punctuation character. */
  void expect(char c) throws FormatException {
    if (peek() != c) {
      throw error("expected '" + c + "' but found " + found());
    }
    at++;
  }

  /**
   * Whether another element or member follows; consumes the comma before it, or the bracket that
   * ends them.
   *
   * @param first whether none was read yet
   */
  boolean more(boolean first, char close) throws FormatException {
    int c = peek();
    if (c == close) {
      at++;
      return false;
    }
    if (!first) {
      if (c != ',') {
        throw error("expected ',' or '" + close + "' but found " + found());
      }
      at++;
      if (peek() == close) {
        throw error("comma before '" + close + "'");
      }
    }
    return true;
  }

  /** A string and the colon after it. */
  String key() throws FormatException {
    if (peek() != '"') {
      throw error("expected a key in double quotes but found " + found());
    }
    String key = string();
    expect(':');
    return key;
  }

  String string() throws FormatException {
    if (peek() != '"') {
      throw error("expected a string but found " + found());
    }
    int open = at++;
    StringBuilder joined = null;
    while (true) {
      String run = plainRun(open);
      byte stop = bytes[at];
      if (stop == '"') {
        at++;
        return joined == null ? run : joined.append(run).toString();
      }
      joined = joined == null ? new StringBuilder(run) : joined.append(run);
      escape(joined);
    }
  }

  /** Characters up to a quote or a backslash, which is not consumed. */
  private String plainRun(int open) throws FormatException {
    int from = at;
    boolean ascii = true;
    while (at < end && bytes[at] != '"' && bytes[at] != '\\') {
      if (bytes[at] >= 0 && bytes[at] < ' ') {
        throw error(
            "control character in a string: write it as \\u"
                + FormatException.hex4((char) bytes[at]));
      }
      ascii &= bytes[at++] >= 0;
    }
    if (at == end) {
      at = open;
      throw error("string without a closing quote");
    }
    return ascii ? new String(bytes, from, at - from, StandardCharsets.US_ASCII) : utf8(from);
  }

  private String utf8(int from) throws FormatException {
    ByteBuffer run = ByteBuffer.wrap(bytes, from, at - from);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(run).toString();
    } catch (CharacterCodingException e) {
      at = run.position();
      throw error("invalid UTF-8");
    }
  }

  private void escape(StringBuilder out) throws FormatException {
    int c = at + 1 < end ? bytes[at + 1] : -1;
    int which = "\"\\/bfnrt".indexOf(c);
    if (which >= 0) {
      out.append("\"\\/\b\f\n\r\t".charAt(which));
      at += 2;
    } else if (c == 'u') {
      unicodeEscape(out);
    } else {
      throw error(
          "unknown escape in a string; there are \\\" \\\\ \\/ \\b \\f \\n \\r \\t" + " \\uXXXX");
    }
  }

  /** One {@code \}{@code uXXXX}, or two that are a surrogate pair. */
  private void unicodeEscape(StringBuilder out) throws FormatException {
    int unit = codeUnit(at);
    if (unit < 0) {
      throw error("\\u needs four hexadecimal digits");
    }
    if (Character.isHighSurrogate((char) unit)) {
      int low = codeUnit(at + 6);
      if (low < 0 || !Character.isLowSurrogate((char) low)) {
        throw error("lone surrogate \\u" + FormatException.hex4((char) unit));
      }
      out.append((char) unit).append((char) low);
      at += 12;
    } else if (Character.isLowSurrogate((char) unit)) {
      throw error("lone surrogate \\u" + FormatException.hex4((char) unit));
    } else {
      out.append((char) unit);
      at += 6;
    }
  }

  /** The code unit of the escape at {@code from}, or −1 when there is none. */
  private int codeUnit(int from) {
    if (from + 6 > end || bytes[from] != '\\' || bytes[from + 1] != 'u') {
      return -1;
    }
    int unit = 0;
    for (int i = from + 2; i < from + 6; i++) {
      int digit = bytes[i] < 0 ? -1 : Character.digit(bytes[i], 16);
      if (digit < 0) {
        return -1;
      }
      unit = unit * 16 + digit;
    }
    return unit;
  }

  /** A Long where the number is whole and fits, else a Double. */
  Number number() throws FormatException {
    peek();
    int from = at;
    skip("-");
    boolean zero = skip("0");
    if (zero && isDigit()) {
      throw error("number with a leading zero");
    }
    if (!zero) {
      digits();
    }
    boolean whole = true;
    if (skip(".")) {
      digits();
      whole = false;
    }
    if (skip("eE")) {
      skip("+-");
      digits();
      whole = false;
    }
    return value(from, whole);
  }

  private Number value(int from, boolean whole) throws FormatException {
    String text = new String(bytes, from, at - from, StandardCharsets.US_ASCII);
    if (whole && text.length() <= 20 && !text.equals("-0")) {
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException e) {
        // 19 digits and above the range of long: a double then
      }
    }
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value)) {
      at = from;
      throw error("number beyond the range of double");
    }
    return value;
  }

  private boolean skip(String anyOf) {
    boolean hit = at < end && anyOf.indexOf(bytes[at]) >= 0;
    at += hit ? 1 : 0;
    return hit;
  }

  private boolean isDigit() {
    return at < end && bytes[at] >= '0' && bytes[at] <= '9';
  }

  private void digits() throws FormatException {
    if (!isDigit()) {
      throw error("expected a digit but found " + found());
    }
    while (isDigit()) {
      at++;
    }
  }

  /** Consumes {@code word} if it is next. */
  boolean literal(String word) {
    peek();
    boolean hit = word.length() <= end - at;
    for (int i = 0; hit && i < word.length(); i++) {
      hit = bytes[at + i] == word.charAt(i);
    }
    at += hit ? word.length() : 0;
    return hit;
  }

  /** Checks that nothing but white space is left. */
  void end() throws FormatException {
    if (peek() >= 0) {
      throw error("expected the end of the text but found " + found());
    }
  }

  /** The next byte as a reader wants to see it. */
  String found() {
    if (at >= end) {
      return "the end of the text";
    }
    byte b = bytes[at];
    return b > ' ' && b < 0x7f
        ? "'" + (char) b + "'"
        : "byte 0x" + FormatException.hex4((char) (b & 0xff)).substring(2);
  }

  /** An error at the current position, which is told as line and column, both from 1. */
  FormatException error(String problem) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < at; i++) {
      if (bytes[i] == '\n') {
        line++;
        column = 1;
      } else if ((bytes[i] & 0xc0) != 0x80) {
        column++;
      }
    }
    return new FormatException(source + ": line " + line + ", column " + column + ": " + problem);
  }
}
