package limbeck.kd.report.html;

import java.util.List;

/** The elements that plots are made of. Further attributes are names and values by turns. */
final class Svg {
  private Svg() {}

  /** A point of a path. */
  record Point(double x, double y) {}

  /** A plot, its name a sentence that says what it shows. */
  static String plot(double width, double height, String name, String body) {
    return Markup.tag(
        "svg", body, "viewBox", box(width, height), "role", "img", "aria-label", name);
  }

  /** A drawing that repeats what stands beside it, and so needs no name. */
  static String ornament(double width, double height, String body, Object... more) {
    Object[] attributes = after(more, "viewBox", box(width, height));
    return Markup.tag("svg", body, after(new Object[] {"aria-hidden", "true"}, attributes));
  }

  private static String box(double width, double height) {
    return "0 0 " + Markup.coordinate(width) + " " + Markup.coordinate(height);
  }

  static String text(double x, double y, String text, Object... more) {
    return Markup.tag("text", Markup.escape(text), after(more, "x", x, "y", y));
  }

  static String line(double x1, double y1, double x2, double y2, String css) {
    return Markup.tag("line", "", "x1", x1, "y1", y1, "x2", x2, "y2", y2, "class", css);
  }

  /** A line that says its value. */
  static String line(double x1, double y1, double x2, double y2, String css, String tip) {
    return Markup.tag("line", title(tip), "x1", x1, "y1", y1, "x2", x2, "y2", y2, "class", css);
  }

  static String rect(double x, double y, double width, double height, Object... more) {
    return titledRect(x, y, width, height, "", more);
  }

  /** A rectangle that says its value. */
  static String titledRect(
      double x, double y, double width, double height, String tip, Object... more) {
    Object[] attributes = after(more, "x", x, "y", y, "width", width, "height", height);
    return Markup.tag("rect", title(tip), attributes);
  }

  static String circle(double x, double y, double radius, String tip, Object... more) {
    return Markup.tag("circle", title(tip), after(more, "cx", x, "cy", y, "r", radius));
  }

  static String path(String d, Object... more) {
    return Markup.tag("path", "", after(more, "d", d));
  }

  /** A line through points. */
  static String path(List<Point> points, Object... more) {
    StringBuilder d = new StringBuilder();
    for (Point p : points) {
      d.append(d.length() == 0 ? 'M' : 'L').append(at(p.x(), p.y()));
    }
    return path(d.toString(), more);
  }

  /** A place in a path's data. */
  static String at(double x, double y) {
    return Markup.coordinate(x) + " " + Markup.coordinate(y);
  }

  /** The value of a mark, shown under the pointer; nothing where it is empty. */
  static String title(String tip) {
    return tip.isEmpty() ? "" : Markup.tag("title", Markup.escape(tip));
  }

  private static Object[] after(Object[] more, Object... first) {
    Object[] all = new Object[first.length + more.length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return all;
  }
}
