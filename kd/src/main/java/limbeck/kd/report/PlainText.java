package limbeck.kd.report;

import java.text.Normalizer;
import java.util.Map;

/** Makes text safe for terminals, and plain for those that have only ASCII. */
public final class PlainText {
  private static final Map<Integer, String> ASCII =
      Map.ofEntries(
          Map.entry((int) '\u202f', " "),
          Map.entry((int) '\u00a0', " "),
          Map.entry((int) '\u2212', "-"),
          Map.entry((int) '\u2010', "-"),
          Map.entry((int) '\u2011', "-"),
          Map.entry((int) '\u2013', "-"),
          Map.entry((int) '\u2014', "-"),
          Map.entry((int) '\u2016', "||"),
          Map.entry((int) '\u2018', "'"),
          Map.entry((int) '\u2019', "'"),
          Map.entry((int) '\u201c', "\""),
          Map.entry((int) '\u201d', "\""),
          Map.entry((int) '\u2026', "..."),
          Map.entry((int) '\u2192', "->"),
          Map.entry((int) '\u2264', "<="),
          Map.entry((int) '\u2265', ">="),
          Map.entry((int) '±', "+/-"),
          Map.entry((int) '×', "x"),
          Map.entry((int) '·', "*"),
          Map.entry((int) 'µ', "u"),
          Map.entry((int) '²', "^2"),
          Map.entry((int) 'ß', "ss"),
          Map.entry((int) 'α', "alpha"),
          Map.entry((int) 'β', "beta"),
          Map.entry((int) 'γ', "gamma"),
          Map.entry((int) 'λ', "lambda"),
          Map.entry((int) 'τ', "tau"),
          Map.entry((int) 'φ', "phi"),
          Map.entry((int) 'ψ', "psi"),
          Map.entry((int) 'Φ', "Phi"),
          Map.entry((int) 'Ψ', "Psi"));

  private PlainText() {}

  /**
   * Returns the text on one line and without what could steer a terminal: line ends and tabs become
   * spaces; other control characters, and those that are invisible or turn the direction of
   * writing, become U+FFFD.
   */
  public static String line(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(c -> out.appendCodePoint(c == '\n' || c == '\t' ? ' ' : isUnsafe(c) ? 0xfffd : c));
    return out.toString();
  }

  private static boolean isUnsafe(int c) {
    return Character.isISOControl(c)
        || c >= 0x200b && c <= 0x200f
        || c >= 0x2028 && c <= 0x202e
        || c >= 0x2060 && c <= 0x2069
        || c >= 0xd800 && c <= 0xdfff
        || c == 0xfeff;
  }

  /**
   * Returns the text in printable ASCII: signs by their usual substitutes (± as +/-, τ as tau),
   * letters without their accents, and a question mark for all else.
   */
  public static String ascii(String text) {
    StringBuilder out = new StringBuilder();
    line(text).codePoints().forEach(c -> ascii(c, out));
    return out.toString();
  }

  private static void ascii(int c, StringBuilder out) {
    if (c >= ' ' && c < 0x7f) {
      out.append((char) c);
    } else if (ASCII.containsKey(c)) {
      out.append(ASCII.get(c));
    } else {
      int base = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFD).codePointAt(0);
      out.append(base >= ' ' && base < 0x7f ? (char) base : '?');
    }
  }
}
