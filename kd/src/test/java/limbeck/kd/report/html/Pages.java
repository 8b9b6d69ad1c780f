package limbeck.kd.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import limbeck.engine.io.Json;
import limbeck.kd.report.ReportJson;
import limbeck.kd.report.RunReport;

/** Reports with made-up data, and what must hold of every page. */
final class Pages {
  /** The sections of a report that has everything, in order. */
  static final List<String> SECTIONS =
      List.of(
          "result",
          "values",
          "pareto",
          "dark",
          "confusions",
          "calibration",
          "curves",
          "path",
          "cost",
          "conventions",
          "reproduce");

  private static final Set<String> EMPTY = Set.of("meta", "img", "input", "col", "br");
  private static final Pattern TAG =
      Pattern.compile("<(/?)([a-z][a-z0-9]*)((?:\\s+[a-zA-Z0-9:-]+(?:=\"[^\"<>]*\")?)*)\\s*>");
  private static final Pattern LEFTWARD =
      Pattern.compile("<text x=\"(-?[0-9.]+)\"[^>]*text-anchor=\"end\"[^>]*>([^<]*)</text>");
  private static final double NARROWEST = 4.5; // mean width of the letters of a label, at least
  private static final int LARGEST = 1_500_000;

  private Pages() {}

  static String resource(String name) throws IOException {
    try (InputStream in = Pages.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The made-up run with everything in it. */
  static RunReport sample() throws IOException {
    return ReportJson.parse(resource("sample.json"));
  }

  /** The made-up run, changed. */
  @SuppressWarnings("unchecked")
  static RunReport changed(Consumer<Map<String, Object>> change) throws IOException {
    Map<String, Object> report = (Map<String, Object>) Json.parse(resource("sample.json"));
    change.accept(report);
    return ReportJson.parse(Json.write(report));
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> object(Map<String, Object> parent, String name) {
    return (Map<String, Object>) parent.get(name);
  }

  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> objects(Map<String, Object> parent, String name) {
    return (List<Map<String, Object>>) parent.get(name);
  }

  /** The page without style and script, which are files of their own. */
  static String body(String page) throws IOException {
    return page.replace(resource("report.css"), "…").replace(resource("report.js"), "…");
  }

  static List<String> sections(String page) {
    return all(page, "<section id=\"([^\"]+)\"");
  }

  private static List<String> all(String page, String pattern) {
    List<String> found = new ArrayList<>();
    Matcher m = Pattern.compile(pattern).matcher(page);
    while (m.find()) {
      found.add(m.group(1));
    }
    return found;
  }

  /**
   * Fails unless the page is well formed, loads nothing, names its plots and images, links to what
   * is there, shows no number that is none, and no label that ends in a plot begins outside it.
   */
  static void check(String page) throws IOException {
    assertTrue(page.getBytes(StandardCharsets.UTF_8).length < LARGEST);
    String body = body(page);
    int start = body.indexOf("<html");
    balanced(body.substring(start).replaceAll("(?s)(<script[^>]*>).*?(</script>)", "$1$2"));
    for (String source : all(body, "\\ssrc=\"([^\"]*)\"")) {
      assertTrue(source.startsWith("data:image/png;base64,"), source);
    }
    List<String> ids = all(body, "\\sid=\"([^\"]+)\"");
    assertEquals(ids.size(), new TreeSet<>(ids).size(), "an id twice: " + ids);
    for (String link : all(body, "href=\"([^\"]+)\"")) {
      assertTrue(link.startsWith("#") && ids.contains(link.substring(1)), link);
    }
    assertEquals(List.of(), all(body, "(<svg(?![^>]*(?:aria-label|aria-hidden))[^>]*>)"));
    assertEquals(List.of(), all(body, "(<img(?![^>]*\\salt=\"[^\"]+\")[^>]*>)"));
    assertEquals(List.of(), all(body, "(?<![\\w.])(NaN|Infinity|null)(?!\\w)"));
    assertLabelsBeginInside(body);
    assertEquals(List.of(), all(body, "=\"(-?\\d+\\.\\d{2,}|-?\\d+E\\d+)\" [xyrd]\\d?="));
  }

  private static void assertLabelsBeginInside(String body) {
    Matcher m = LEFTWARD.matcher(body);
    while (m.find()) {
      double begin =
          Double.parseDouble(m.group(1))
              - NARROWEST * m.group(2).replaceAll("&[a-z]+;", "?").length();
      assertTrue(begin >= 0, m.group());
    }
  }

  private static void balanced(String markup) {
    Deque<String> open = new ArrayDeque<>();
    int at = 0;
    Matcher m = TAG.matcher(markup);
    while (m.find()) {
      String text = markup.substring(at, m.start());
      assertTrue(text.indexOf('<') < 0 && text.indexOf('>') < 0, () -> "not a tag in: " + text);
      if (m.group(1).isEmpty()) {
        if (!EMPTY.contains(m.group(2))) {
          open.push(m.group(2));
        }
      } else {
        assertEquals(open.pop(), m.group(2), () -> markup.substring(0, m.start()));
      }
      at = m.end();
    }
    assertEquals(List.of(), List.copyOf(open));
  }
}
