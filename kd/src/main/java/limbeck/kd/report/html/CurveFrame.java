package limbeck.kd.report.html;

import java.util.List;
import limbeck.kd.report.Curve;
import limbeck.kd.report.NumberFormats;

/** The axes that all panels of one metric share. */
final class CurveFrame {
  static final int HEIGHT = 132;
  static final int LEFT = 27;
  static final int FOOT = HEIGHT - 18;

  static final String PEARSON = "validationPearson"; // the one of which higher is better

  private static final double LEAST = 1e-3; // of the largest value: a lower one, or 0, has no log

  private final String title;
  private final String note;
  private final String unit;
  private final int decimals;
  private final List<Double> ticks;
  private final List<Double> epochs;
  private final Scale x;
  private final Scale y;

  /**
   * The frame of a metric.
   *
   * @param curves all curves of the metric, at least one with a point
   */
  CurveFrame(String metric, List<Curve> curves) {
    boolean log = metric.startsWith("validation") && !metric.equals(PEARSON);
    this.title = title(metric);
    this.note = note(metric);
    this.unit = metric.equals("validationError") ? "\u202f%" : "";
    this.decimals = metric.equals(PEARSON) || !unit.isEmpty() ? 2 : 3;
    double[] values =
        curves.stream().flatMap(c -> c.values().stream()).mapToDouble(v -> v).sorted().toArray();
    double[] at =
        curves.stream().flatMap(c -> c.epochs().stream()).mapToDouble(v -> v).sorted().toArray();
    double high = values[values.length - 1];
    boolean positive = log && high > 0;
    double low = positive ? Math.max(values[0] * 0.92, high * LEAST) : Math.min(0, values[0]);
    double top = high > low ? high : low + 1;
    this.ticks = positive ? logTicks(low, top) : Ticks.nice(low, top, 4);
    this.y = positive ? Scale.log(low, top, FOOT, 22) : Scale.linear(low, top, FOOT, 22);
    double from = at[0];
    double to = at[at.length - 1];
    this.epochs =
        Ticks.nice(from, to, 4).stream().filter(t -> t > 0 && t == StrictMath.rint(t)).toList();
    this.x = Scale.linear(from, to, LEFT, Plot.SMALL - 6);
  }

  /** At least two where there are any: a short axis has more of them in a decade. */
  private static List<Double> logTicks(double low, double high) {
    List<Double> few = Ticks.log(low, high, 1, 3);
    return few.size() < 2 ? Ticks.log(low, high) : few;
  }

  private static String title(String metric) {
    return switch (metric) {
      case "validationError" -> "Validation error";
      case "validationNll" -> "Validation NLL";
      case PEARSON -> "Validation correlation";
      case "validationMse" -> "Validation mean squared error";
      case "trainLoss" -> "Training loss";
      default -> metric;
    };
  }

  private static String note(String metric) {
    return switch (metric) {
      case "validationError" -> "percent, log scale";
      case "validationNll" -> "nats, log scale";
      case PEARSON -> "Pearson × 100";
      case "validationMse" -> "log scale";
      case "trainLoss" -> "each arm’s own objective";
      default -> "";
    };
  }

  String title() {
    return title;
  }

  String note() {
    return note;
  }

  /** A value with its unit. */
  String show(double value) {
    return decimals == 3 ? NumberFormats.nats(value) : NumberFormats.fixed(value, 2) + unit;
  }

  double x(double epoch) {
    return x.at(epoch);
  }

  double y(double value) {
    return y.at(value);
  }

  /** Grid lines and their values. */
  String grid() {
    StringBuilder out = new StringBuilder();
    for (double tick : ticks) {
      double at = y.at(tick);
      out.append(Svg.line(LEFT, at, Plot.SMALL - 4, at, "grid-line"));
      out.append(Svg.text(LEFT - 4, at + 3.5, Ticks.label(tick), "text-anchor", "end"));
    }
    return out.toString();
  }

  /** Epochs under the panel. */
  String foot() {
    StringBuilder out = new StringBuilder();
    double clear = Labels.width("epoch") + 2;
    for (double tick : epochs) {
      String text = Ticks.label(tick);
      if (x.at(tick) - Labels.width(text) / 2 > clear) {
        out.append(Labels.inward(x.at(tick), HEIGHT - 4, text, Plot.SMALL));
      }
    }
    return out.append(Svg.text(0, HEIGHT - 4, "epoch")).toString();
  }
}
