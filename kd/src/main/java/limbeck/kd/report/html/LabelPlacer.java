package limbeck.kd.report.html;

import java.util.ArrayList;
import java.util.List;

/**
 * Places labels beside their marks, one after another: the first of several places that is free and
 * inside the plot. A label that has none is left out; one that matters also tries all places
 * farther away.
 */
final class LabelPlacer {
  private static final double LETTER = 0.6; // wider than the estimate: labels keep a distance
  private static final double STEP = 5;
  private static final double FARTHEST = 32; // beyond, nobody sees what a label belongs to

  private final double width;
  private final double height;
  private final List<Box> taken = new ArrayList<>();

  LabelPlacer(double width, double height) {
    this.width = width;
    this.height = height;
  }

  private record Box(double left, double top, double right, double bottom) {
    boolean touches(Box other) {
      return right > other.left && left < other.right && bottom > other.top && top < other.bottom;
    }
  }

  /** Places around a mark, by compass. */
  enum Side {
    E(1, 0, "start"),
    W(-1, 0, "end"),
    N(0, -1, "middle"),
    S(0, 1, "middle"),
    NE(1, -1, "start"),
    SE(1, 1, "start"),
    NW(-1, -1, "end"),
    SW(-1, 1, "end");

    private final int right;
    private final int down;
    private final String anchor;

    Side(int right, int down, String anchor) {
      this.right = right;
      this.down = down;
      this.anchor = anchor;
    }

    private double dx(double gap) {
      return right * (down == 0 ? gap : gap * 0.7);
    }

    private double dy(double gap, double size) {
      if (down == 0) {
        return size * 0.35;
      }
      if (right == 0) {
        return down < 0 ? -gap : gap + size * 0.75;
      }
      return down < 0 ? -gap * 0.6 : gap * 0.6 + size * 0.7;
    }
  }

  /**
   * How a label is set.
   *
   * @param size of its letters
   * @param gap to its mark
   * @param far whether it also goes to places farther away
   * @param order places to try
   */
  record Style(String css, double size, double gap, boolean far, List<Side> order) {
    Style {
      order = List.copyOf(order);
    }

    private Style at(double farther) {
      return new Style(css, size, farther, far, List.of(Side.values()));
    }
  }

  /** Keeps labels out of a rectangle around a point. */
  void block(double x, double y, double radius) {
    taken.add(new Box(x - radius, y - radius, x + radius, y + radius));
  }

  /** Keeps labels out of a rectangle. */
  void block(double left, double top, double right, double bottom) {
    taken.add(new Box(left, top, right, bottom));
  }

  /** The label of the mark at x, y; empty where no place is free. */
  String place(double x, double y, String text, Style style) {
    for (Side side : style.order()) {
      if (isFree(box(x, y, text, side, style))) {
        return put(x, y, text, side, style);
      }
    }
    double gap = style.gap() + STEP;
    return style.far() && gap < FARTHEST ? place(x, y, text, style.at(gap)) : "";
  }

  private String put(double x, double y, String text, Side side, Style style) {
    taken.add(box(x, y, text, side, style));
    double left = x + side.dx(style.gap());
    double base = y + side.dy(style.gap(), style.size());
    return Svg.text(left, base, text, "text-anchor", side.anchor, "class", style.css());
  }

  private static Box box(double x, double y, String text, Side side, Style style) {
    double extent = text.codePointCount(0, text.length()) * style.size() * LETTER;
    double left = x + side.dx(style.gap()) - extent * shareLeft(side);
    double base = y + side.dy(style.gap(), style.size());
    return new Box(left, base - style.size() * 0.8, left + extent, base + style.size() * 0.25);
  }

  private static double shareLeft(Side side) {
    return switch (side.anchor) {
      case "end" -> 1;
      case "middle" -> 0.5;
      default -> 0;
    };
  }

  private boolean isFree(Box box) {
    boolean inside = box.left >= 0 && box.right <= width && box.top >= 0 && box.bottom <= height;
    return inside && taken.stream().noneMatch(box::touches);
  }
}
