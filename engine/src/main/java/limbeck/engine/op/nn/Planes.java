package limbeck.engine.op.nn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;

/** Sizes of [batch, channels, length] and [batch, channels, height, width]. */
final class Planes {
  /** Names of the axes of space, by their number. */
  private static final String[][] SPACE = {{}, {"length"}, {"height", "width"}};

  /** Elements of a plane with its padding that are never too many. */
  private static final long MOST_PADDED = 1 << 24;

  /** Elements of a larger one, per element of the plane itself. */
  private static final long MOST_GROWTH = 16;

  private Planes() {}

  /** Axes of operand 0 of an op with so many axes of space, as a spec names them. */
  static String axes(int space) {
    return "batch channels " + String.join(" ", SPACE[space]);
  }

  /** How many planes there are. */
  static int count(Shape x) {
    return x.axis(0) * x.axis(1);
  }

  /** The rows of a plane; 1 where there is but one axis of space. */
  static int height(Shape x) {
    return x.rank() == 4 ? x.axis(2) : 1;
  }

  /** The elements of a plane; 1 where there is no axis of space. */
  static int size(Shape x) {
    return x.rank() == 2 ? 1 : height(x) * x.last();
  }

  /** How a window slides down a plane. */
  static Window down(List<Window> windows) {
    return windows.size() == 2 ? windows.get(0) : Window.ONE;
  }

  /** How a window slides across a plane. */
  static Window across(List<Window> windows) {
    return windows.get(windows.size() - 1);
  }

  /**
   * The windows of an op, one for each axis of space.
   *
   * @throws IllegalArgumentException if there are not one or two
   */
  static List<Window> checked(String op, List<Window> windows) {
    if (windows.size() < 1 || windows.size() > 2) {
      throw new IllegalArgumentException(
          op + ": " + windows.size() + " windows, one or two expected: one for each axis of space");
    }
    return List.copyOf(windows);
  }

  /**
   * The sizes that an op gives to planes, one for each axis of space.
   *
   * @throws IllegalArgumentException if there are not one or two, or one is below 1
   */
  static List<Integer> checkedSizes(String op, List<Integer> sizes) {
    if (sizes.size() < 1 || sizes.size() > 2 || sizes.stream().anyMatch(n -> n < 1)) {
      throw new IllegalArgumentException(
          op + ": sizes " + sizes + ", one or two numbers from 1 on expected");
    }
    return List.copyOf(sizes);
  }

  /**
   * Operand 0 with planes of other sizes.
   *
   * @throws ShapeException if its rank is another, or its planes are empty
   */
  static Shape resized(OpSpec spec, Shape x, List<Integer> sizes) {
    if (x.rank() != 2 + sizes.size()) {
      throw spec.rankError(0, x, 2 + sizes.size());
    }
    Shape y = x;
    for (int i = 0; i < sizes.size(); i++) {
      if (x.axis(2 + i) == 0) {
        throw new ShapeException(spec.name() + ": " + spec.describe(0, x) + " has empty planes");
      }
      y = y.with(2 + i, sizes.get(i));
    }
    return y;
  }

  /** The windows as settings of an op: a list for each of their components. */
  static Map<String, Object> settings(List<Window> windows) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("size", windows.stream().map(Window::size).toList());
    settings.put("stride", windows.stream().map(Window::stride).toList());
    settings.put("padding", windows.stream().map(Window::padding).toList());
    settings.put("dilation", windows.stream().map(Window::dilation).toList());
    return settings;
  }

  /** Checks the rank of operand 0, and that it is not empty but for the batch. */
  static void require(OpSpec spec, Shape x, int rank) {
    if (x.rank() != rank) {
      throw spec.rankError(0, x, rank);
    }
    for (int i = 1; i < rank; i++) {
      if (x.axis(i) == 0) {
        throw new ShapeException(spec.name() + ": " + spec.describe(0, x) + " has no elements");
      }
    }
  }

  /**
   * The result of windows sliding over operand 0.
   *
   * @throws ShapeException if a window is longer than its axis, or a plane with its padding is so
   *     large that a few numbers would ask for gigabytes
   */
  static Shape slide(OpSpec spec, Shape x, int channels, List<Window> windows) {
    long padded = 1;
    long plane = 1;
    for (int i = 0; i < windows.size(); i++) {
      plane *= x.axis(2 + i);
      padded *= windows.get(i).padded(x.axis(2 + i));
      if (windows.get(i).positions(x.axis(2 + i)) == 0) {
        throw tooShort(spec, x, i, windows);
      }
    }
    if (padded > Integer.MAX_VALUE || padded > MOST_PADDED && padded / plane >= MOST_GROWTH) {
      throw tooLarge(spec, x, padded);
    }
    int length = windows.get(0).positions(x.axis(2));
    return windows.size() == 1
        ? Shape.of(x.axis(0), channels, length)
        : Shape.of(x.axis(0), channels, length, windows.get(1).positions(x.axis(3)));
  }

  private static ShapeException tooLarge(OpSpec spec, Shape x, long padded) {
    return new ShapeException(
        spec.name()
            + ": planes of "
            + spec.describe(0, x)
            + " with their padding have "
            + padded
            + " elements; at most "
            + MOST_PADDED
            + ", or "
            + MOST_GROWTH
            + " times what they have without, and at most "
            + Integer.MAX_VALUE);
  }

  private static ShapeException tooShort(OpSpec spec, Shape x, int i, List<Window> windows) {
    Window window = windows.get(i);
    return new ShapeException(
        spec.name()
            + ": "
            + spec.describe(0, x)
            + " is too short for the window: "
            + SPACE[windows.size()][i]
            + " "
            + window.padded(x.axis(2 + i))
            + " with padding, the window covers "
            + window.reach());
  }
}
