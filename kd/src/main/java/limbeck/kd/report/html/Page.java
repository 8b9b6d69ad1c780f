package limbeck.kd.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A whole page: policy, style, head, navigation, sections, script.
 *
 * @param title what stands in the window's bar
 * @param version of Limbeck
 * @param sample whether the data are made up, which the page then says
 * @param source what it is drawn from, as markup
 */
record Page(String title, String version, boolean sample, String source) {
  private static final String POLICY =
      "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline';"
          + " base-uri 'none'; form-action 'none'";

  private static final Pattern HEADING =
      Pattern.compile("<section id=\"([^\"]+)\"[^>]*><h2[^>]*>([^<]*)</h2>");

  /**
   * The page.
   *
   * @param header its head
   * @param sections its sections, at least one, the first with the id {@code result}
   */
  String of(String header, List<String> sections) {
    return String.join(
        "\n",
        "<!doctype html>",
        "<html lang=\"en\">",
        head(),
        "<body>",
        Markup.tag("a", "Skip to the results", "class", "skip", "href", "#result"),
        banner() + "<div class=\"page\">",
        header,
        navigation(sections),
        Markup.tag("main", "\n" + String.join("\n", sections) + "\n"),
        footer(),
        "</div>",
        Markup.tag("script", "\n" + resource("report.js")),
        "</body>",
        "</html>",
        "");
  }

  private String head() {
    String shown = (sample ? "SAMPLE DATA: " : "") + title + " · Limbeck report";
    return Markup.tag(
        "head",
        String.join(
            "\n",
            "",
            Markup.open("meta", "charset", "utf-8"),
            Markup.open(
                "meta", "name", "viewport", "content", "width=device-width, initial-scale=1"),
            Markup.open("meta", "name", "color-scheme", "content", "light dark"),
            Markup.open("meta", "http-equiv", "Content-Security-Policy", "content", POLICY),
            Markup.open("meta", "name", "generator", "content", "Limbeck " + version),
            Markup.tag("title", Markup.escape(shown)),
            Markup.tag("style", "\n" + resource("report.css")),
            ""));
  }

  private String banner() {
    String said = Markup.tag("b", "SAMPLE DATA") + " made up to show the layout";
    return sample ? Markup.tag("p", said, "class", "sample") + "\n" : "";
  }

  private static String navigation(List<String> sections) {
    String items =
        sections.stream()
            .map(HEADING::matcher)
            .filter(Matcher::lookingAt)
            .map(m -> Markup.tag("li", Markup.tag("a", m.group(2), "href", "#" + m.group(1))))
            .collect(Collectors.joining());
    return Markup.tag("nav", Markup.tag("ol", items), "class", "toc", "aria-label", "Sections");
  }

  private String footer() {
    return Markup.tag(
        "footer",
        Markup.tag(
            "p",
            (sample ? "SAMPLE DATA. " : "")
                + "Drawn by Limbeck "
                + Markup.escape(version)
                + " from "
                + source
                + ". This page is complete in itself: it loads nothing."));
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
