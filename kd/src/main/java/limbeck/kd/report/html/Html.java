package limbeck.kd.report.html;

import java.util.List;
import java.util.stream.Collectors;

/** The pieces that sections are made of; contents are markup, titles are text. */
final class Html {
  private Html() {}

  /** A section with its heading and what it shows in a sentence, which may be empty. */
  static String section(String id, String title, String finding, String body) {
    String heading = Markup.tag("h2", Markup.escape(title), "id", "h-" + id);
    String said = finding.isEmpty() ? "" : Markup.tag("p", finding, "class", "finding");
    return Markup.tag("section", heading + said + body, "id", id, "aria-labelledby", "h-" + id);
  }

  static String figure(String caption, String body) {
    String head = caption.isEmpty() ? "" : Markup.tag("figcaption", caption);
    return Markup.tag("figure", head + body);
  }

  /** A caption: what the figure is, and what its marks are. */
  static String caption(String title, String marks, boolean below) {
    String first = Markup.tag("b", Markup.escape(title));
    return first + (below ? "<br>" : " ") + Markup.tag("span", Markup.escape(marks));
  }

  static String note(String content) {
    return Markup.tag("p", content, "class", "note");
  }

  /** A box that scrolls where its content is too wide, reached by keys. */
  static String region(String name, String body) {
    return Markup.tag(
        "div", body, "class", "scroll", "tabindex", 0, "role", "group", "aria-label", name);
  }

  /** Numbers behind a figure, folded away. */
  static String numbers(String title, String table) {
    String summary = Markup.tag("summary", Markup.escape(title));
    return Markup.tag("details", summary + region(title, table), "class", "data");
  }

  /** Text that not everybody needs, folded away on screens. */
  static String more(String title, String body) {
    return Markup.tag("details", Markup.tag("summary", title) + body, "class", "more");
  }

  /** A table; the first cell of each row is its head. */
  static String table(List<String> heads, List<List<String>> rows) {
    String body =
        rows.stream()
            .map(row -> Markup.tag("tr", rowHead(row.get(0)) + cells(row.subList(1, row.size()))))
            .collect(Collectors.joining());
    return table("", Markup.tag("tr", heads(heads)), body);
  }

  /** A table of text, heads first; the first cell of each row is its head. */
  static String textTable(List<List<String>> rows) {
    List<List<String>> escaped =
        rows.stream().map(row -> row.stream().map(Markup::escape).toList()).toList();
    return table(escaped.get(0), escaped.subList(1, escaped.size()));
  }

  /** A table of rows that are markup; its class may be empty. */
  static String table(String css, String head, String body) {
    String content = Markup.tag("thead", head) + Markup.tag("tbody", body);
    return Markup.tag("table", content, "class", css.isEmpty() ? null : css);
  }

  static String heads(List<String> heads) {
    return heads.stream()
        .map(h -> Markup.tag("th", h, "scope", "col"))
        .collect(Collectors.joining());
  }

  static String rowHead(String content) {
    return Markup.tag("th", content, "scope", "row");
  }

  private static String cells(List<String> cells) {
    return cells.stream().map(c -> Markup.tag("td", c)).collect(Collectors.joining());
  }

  /** A term and what it means. */
  static String definition(String term, String meaning) {
    return Markup.tag("dt", term) + Markup.tag("dd", meaning);
  }

  static String definitions(String css, String body) {
    return Markup.tag("dl", body, "class", css);
  }

  /** Plots side by side; {@code css} says how many fit. */
  static String grid(String css, String body) {
    return Markup.tag("div", body, "class", css);
  }
}
