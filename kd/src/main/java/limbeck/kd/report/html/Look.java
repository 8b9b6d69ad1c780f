package limbeck.kd.report.html;

import limbeck.kd.report.Arm;

/**
 * How an arm is drawn: a colour, by the class of its role, and a shape that says the same. Teachers
 * are squares, assistants triangles, students alone rings, distilled students discs; a distilled
 * arm that the verdict is not about is a diamond.
 *
 * @param css class that sets the colour
 * @param shape the shape of its marks
 */
record Look(String css, Shape shape) {
  static final Look TEACHER = new Look("r-teacher", Shape.SQUARE);
  static final Look ALONE = new Look("r-student", Shape.RING);
  static final Look DISTILLED = new Look("r-distilled", Shape.DISC);

  /** Shapes of marks. */
  enum Shape {
    SQUARE,
    TRIANGLE,
    RING,
    DISC,
    DIAMOND
  }

  /** The look of a role, whatever its name is in a record. */
  static Look ofRole(String role) {
    return switch (role) {
      case "teacher" -> TEACHER;
      case "assistant" -> new Look("r-assistant", Shape.TRIANGLE);
      case "student" -> ALONE;
      case "distilled" -> DISTILLED;
      default -> new Look("r-reference", Shape.DISC);
    };
  }

  /** The look of an arm in a report whose verdict is about {@code main}. */
  static Look of(Arm arm, String main) {
    Look look = ofRole(arm.role());
    boolean further = look.shape == Shape.DISC && !arm.id().equals(main);
    return further ? new Look(look.css, Shape.DIAMOND) : look;
  }

  /** A mark without a value of its own. */
  String mark(double x, double y, double size) {
    return mark(x, y, size, "", "");
  }

  /** A mark that says its value, with a further class, which may be empty. */
  String mark(double x, double y, double size, String tip, String more) {
    String fill = shape == Shape.RING ? "open " : "mark ";
    String classes = (tip.isEmpty() ? "" : "m ") + fill + css + (more.isEmpty() ? "" : " " + more);
    return switch (shape) {
      case SQUARE -> {
        double side = size * 1.76;
        yield Svg.titledRect(x - side / 2, y - side / 2, side, side, tip, "class", classes);
      }
      case TRIANGLE -> outline(triangle(x, y, size), tip, classes);
      case DIAMOND -> outline(diamond(x, y, size * 1.25), tip, classes);
      case RING -> Svg.circle(x, y, size * 0.92, tip, "class", classes);
      case DISC -> Svg.circle(x, y, size, tip, "class", classes);
    };
  }

  private static String outline(String d, String tip, String classes) {
    return Markup.tag("path", Svg.title(tip), "d", d, "class", classes);
  }

  private static String triangle(double x, double y, double r) {
    String top = Svg.at(x, y - r * 1.15);
    String right = Svg.at(x + r * 1.1, y + r * 0.85);
    return "M" + top + "L" + right + "H" + Markup.coordinate(x - r * 1.1) + "Z";
  }

  private static String diamond(double x, double y, double r) {
    return "M"
        + Svg.at(x, y - r)
        + "L"
        + Svg.at(x + r, y)
        + "L"
        + Svg.at(x, y + r)
        + "L"
        + Svg.at(x - r, y)
        + "Z";
  }

  /** The shape in the size of text, to stand before a name. */
  String key() {
    return Markup.tag(
        "svg", mark(6, 6, 4.4), "class", "key", "viewBox", "0 0 12 12", "aria-hidden", "true");
  }

  /** Text in the colour. */
  String coloured(String text) {
    return Markup.tag("span", Markup.escape(text), "class", "c-text " + css);
  }

  /** Bold text in the colour, for sentences. */
  String named(String text) {
    return Markup.tag(
        "span", Markup.escape(text), "class", "c-text " + css, "style", "font-weight:600");
  }
}
