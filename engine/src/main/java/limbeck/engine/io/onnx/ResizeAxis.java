package limbeck.engine.io.onnx;

/**
 * Where the elements of a resized axis come from: ONNX's operator Resize, version 19. An axis of n
 * elements becomes one of m.
 */
final class ResizeAxis {
  /**
   * How an axis is resized.
   *
   * @param kind nearest, linear or cubic
   * @param place coordinate_transformation_mode: where element j of the result lies
   * @param nearest which of two neighbours is the nearest
   * @param cubic a, the coefficient of cubic mixtures
   * @param inside whether neighbours outside of the axis are left out; else the border stands there
   * @param antialias whether mixtures get wider where the axis gets shorter
   */
  record Mode(
      String kind, String place, String nearest, double cubic, boolean inside, boolean antialias) {}

  private final Mode mode;
  private final int n;
  private final int m;
  private final double scale;
  private final double[] roi;

  ResizeAxis(Mode mode, int n, int m, double scale, double[] roi) {
    this.mode = mode;
    this.n = n;
    this.m = m;
    this.scale = scale;
    this.roi = roi;
  }

  /** Where element j lies among those of the axis. */
  private double place(int j) {
    double length = scale * n;
    return switch (mode.place()) {
      case "half_pixel" -> (j + 0.5) / scale - 0.5;
      case "asymmetric" -> j / scale;
      case "align_corners" -> length == 1 ? 0 : j * (n - 1.0) / (length - 1);
      case "pytorch_half_pixel" -> length == 1 ? -0.5 : (j + 0.5) / scale - 0.5;
      case "half_pixel_symmetric" -> n / 2.0 * (1 - m / length) + (j + 0.5) / scale - 0.5;
      case "tf_crop_and_resize" -> {
        double start = roi == null ? 0 : roi[0];
        double end = roi == null ? 1 : roi[1];
        yield m == 1
            ? (end + start) * (n - 1) / 2
            : j * (end - start) * (n - 1) / (length - 1) + start * (n - 1);
      }
      default -> throw new UnsupportedException("has coordinates " + mode.place());
    };
  }

  /** The nearest elements. */
  int[] nearest() {
    int[] elements = new int[KnownLimits.small(m)];
    for (int j = 0; j < m; j++) {
      elements[j] = inside(nearest(place(j)));
    }
    return elements;
  }

  private int inside(long at) {
    return (int) Math.max(0, Math.min(n - 1, at));
  }

  private long nearest(double place) {
    return (long)
        switch (mode.nearest()) {
          case "round_prefer_floor" -> Math.ceil(place - 0.5);
          case "round_prefer_ceil" -> Math.floor(place + 0.5);
          case "floor" -> Math.floor(place);
          case "ceil" -> Math.ceil(place);
          default -> throw new UnsupportedException("has nearest_mode " + mode.nearest());
        };
  }

  /** The part that each element has in element j; null if j lies outside of the axis. */
  double[] weights(int j) {
    double place = place(j);
    if (roi != null && (place < 0 || place > n - 1)) {
      return null;
    }
    double[] weights = new double[KnownLimits.small(n)];
    if (mode.kind().equals("nearest")) {
      weights[inside(nearest(place))] = 1;
      return weights;
    }
    long base = (long) Math.ceil(place) - 1;
    double ratio = place - base; // above 0, 1 at most
    double narrow = mode.antialias() ? Math.min(1, scale) : 1;
    int reach = mode.kind().equals("cubic") ? 2 : 1;
    long from = (long) Math.floor(-reach / narrow) + 1;
    double sum = 0;
    for (long i = from; i <= 1 - from; i++) {
      double weight = mixture((i - ratio) * narrow);
      if (!mode.inside() || base + i >= 0 && base + i < n) {
        weights[inside(base + i)] += weight;
        sum += weight;
      }
    }
    for (int i = 0; i < n; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  /** The part of an element at a distance. */
  private double mixture(double distance) {
    double x = Math.abs(distance);
    if (!mode.kind().equals("cubic")) {
      return Math.max(0, 1 - x);
    }
    double a = mode.cubic();
    if (x <= 1) {
      return ((a + 2) * x - (a + 3)) * x * x + 1;
    }
    return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
  }
}
