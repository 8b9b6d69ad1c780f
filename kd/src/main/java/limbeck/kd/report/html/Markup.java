package limbeck.kd.report.html;

import limbeck.kd.report.PlainText;

/** Elements of HTML and SVG as text. Whatever comes from a record passes {@link #escape}. */
final class Markup {
  private Markup() {}

  /**
   * The text as markup for content and attributes in double quotes: line ends and tabs as spaces,
   * and what is invisible or turns the direction of writing as U+FFFD.
   */
  static String escape(String text) {
    StringBuilder out = new StringBuilder();
    PlainText.line(text).chars().forEach(c -> escape((char) c, out));
    return out.toString();
  }

  private static void escape(char c, StringBuilder out) {
    switch (c) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '"' -> out.append("&quot;");
      default -> out.append(c);
    }
  }

  /**
   * An element with its end tag.
   *
   * @param content markup
   * @param attributes see {@link #open}
   */
  static String tag(String name, String content, Object... attributes) {
    return open(name, attributes) + content + "</" + name + ">";
  }

  /**
   * A start tag, which is all of an element that has no content.
   *
   * @param attributes names and values by turns; a value that is null is left out with its name,
   *     {@code true} stands for a name alone, a {@code Double} is a coordinate
   */
  static String open(String name, Object... attributes) {
    StringBuilder out = new StringBuilder("<").append(name);
    for (int i = 0; i < attributes.length; i += 2) {
      Object value = attributes[i + 1];
      if (value != null) {
        out.append(' ').append(attributes[i]);
        out.append(Boolean.TRUE.equals(value) ? "" : "=\"" + value(value) + "\"");
      }
    }
    return out.append('>').toString();
  }

  private static String value(Object value) {
    return value instanceof Double x ? coordinate(x) : escape(value.toString());
  }

  /** A coordinate to 0.1, half up, with no more digits than it needs. */
  static String coordinate(double x) {
    long tenths = Math.round(x * 10);
    long whole = Math.abs(tenths) / 10;
    long rest = Math.abs(tenths) % 10;
    return (tenths < 0 ? "-" : "") + whole + (rest == 0 ? "" : "." + rest);
  }
}
