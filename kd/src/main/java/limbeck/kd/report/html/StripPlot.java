package limbeck.kd.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import limbeck.kd.metric.MeanInterval;
import limbeck.kd.metric.Measure;
import limbeck.kd.report.MeasureFormat;
import limbeck.kd.report.Sentences;

/**
 * What every network is judged by: one line per arm, one mark per seed, an upright line for the
 * mean and a band for its interval. The axis begins at 0 unless all values lie within a factor of
 * two.
 */
final class StripPlot {
  private static final int TOP = 4;
  private static final int PITCH = 41;
  private static final int LEFT = 6;
  private static final int RIGHT = Plot.WIDE - 8;
  private static final double GAP = 8; // at least, between a name and its figure

  private final List<Strip> strips;
  private final MeasureFormat format;
  private final int places;
  private final int foot;
  private Scale x;

  /**
   * The networks of one arm.
   *
   * @param label name of the arm
   * @param look how it is drawn
   * @param seeds seeds of its networks
   * @param figures what they are judged by, as many and at least one
   */
  record Strip(String label, Look look, List<Long> seeds, double[] figures) {
    private MeanInterval mean() {
      return MeanInterval.of(figures);
    }
  }

  private StripPlot(List<Strip> strips, MeasureFormat format, int places) {
    this.strips = strips;
    this.format = format;
    this.places = places;
    this.foot = TOP + PITCH * strips.size();
  }

  /**
   * The plot.
   *
   * @param format how figures are written
   * @param places decimals of means of counts
   * @param unit what the axis counts
   */
  static String of(List<Strip> strips, MeasureFormat format, int places, String unit) {
    return new StripPlot(strips, format, places).draw(unit);
  }

  private String draw(String unit) {
    List<Double> ends = new ArrayList<>();
    for (Strip strip : strips) {
      MeanInterval mean = strip.mean();
      for (double figure : strip.figures()) {
        ends.add(format.shown(figure));
      }
      ends.add(format.shown(mean.high()));
      ends.add(low(mean));
    }
    double most = ends.stream().mapToDouble(Double::doubleValue).max().orElse(1);
    double least = ends.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    double margin = most > least ? 0.04 * (most - least) : 1; // where correlations are below 0
    double low = least < 0 ? least - margin : least < 0.5 * most ? 0 : least * 0.96;
    double high = least < 0 ? most + margin : most * 1.04;
    List<Double> ticks = Ticks.nice(low, high, 5);
    x = Scale.linear(low, Math.max(high, ticks.get(ticks.size() - 1)), LEFT, RIGHT);
    StringBuilder out = new StringBuilder();
    ticks.forEach(tick -> out.append(tick(tick)));
    for (int i = 0; i < strips.size(); i++) {
      out.append(strip(strips.get(i), TOP + i * PITCH));
    }
    int height = foot + 26;
    out.append(Svg.text(Plot.WIDE / 2.0, height - 1, unit, "text-anchor", "middle"));
    return Svg.plot(Plot.WIDE, height, name(), out.toString());
  }

  /** The lower end of an interval; counts below 0 there are not. */
  private double low(MeanInterval m) {
    return format.measure() == Measure.ERRORS ? Math.max(0, m.low()) : format.shown(m.low());
  }

  private double at(double figure) {
    return x.at(format.shown(figure));
  }

  private String tick(double tick) {
    return Svg.line(x.at(tick), TOP, x.at(tick), foot, "grid-line")
        + Svg.text(x.at(tick), foot + 12, Ticks.of(format, tick), "text-anchor", "middle");
  }

  private String strip(Strip strip, double y) {
    MeanInterval m = strip.mean();
    boolean spread = m.hasInterval() && m.halfWidth() > 0;
    String css = strip.look().css();
    String figure =
        spread ? format.mean(m.mean(), m.halfWidth(), places) : format.mean(m.mean(), places);
    double room = RIGHT - LEFT - GAP - Labels.width(figure, 12);
    String name = Labels.fit(strip.label(), room, 12.5);
    StringBuilder out = new StringBuilder();
    out.append(Svg.text(LEFT, y + 12, name, "class", "l b c halo " + css));
    out.append(Svg.text(RIGHT, y + 12, figure, "class", "l halo", "text-anchor", "end"));
    double at = y + 25;
    out.append(Svg.line(LEFT, at, RIGHT, at, "grid-line"));
    if (spread) {
      out.append(Svg.line(x.at(low(m)), at, at(m.high()), at, "ci " + css));
    }
    out.append(Svg.line(at(m.mean()), at - 7, at(m.mean()), at + 7, "mean " + css));
    for (int k = 0; k < strip.figures().length; k++) {
      String tip =
          strip.label() + ", seed " + strip.seeds().get(k) + ": " + format.said(strip.figures()[k]);
      out.append(strip.look().mark(at(strip.figures()[k]), at, 2.9, tip, "seed"));
    }
    return out.toString();
  }

  private String name() {
    String means =
        strips.stream()
            .map(s -> s.label() + " " + format.mean(s.mean().mean(), 1))
            .collect(Collectors.joining(", "));
    return Sentences.capital(format.word())
        + " of each arm, one mark per seed, with mean and 95 % interval: "
        + means
        + ".";
  }
}
