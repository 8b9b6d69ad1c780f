package limbeck.kd.report.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import limbeck.kd.metric.Measure;
import limbeck.kd.report.NumberFormats;
import limbeck.kd.report.ValuesTried;

/**
 * A figure of several arms by the value of a parameter: a line each with 95 % whiskers, side by
 * side where values are the same, named at its end; arms of no value as a band across; a value that
 * was chosen larger and named. Lines of one colour differ in their dashes.
 */
final class ValuesPlot {
  private static final int HEIGHT = 232;
  private static final int LEFT = 36; // at least
  private static final int TOP = 10;
  private static final int FOOT = HEIGHT - 34;
  private static final double ASIDE = 4.5; // between the marks of two lines at one value
  private static final double NAME = 13; // height of a name
  private static final double FACTOR = 4; // between means, from which on the axis is logarithmic
  private static final List<String> DASHES = List.of("", "6 3", "1.5 3", "8 3 1.5 3");

  private final ValuesTried values;
  private final String title;
  private final List<Line> lines = new ArrayList<>();
  private final List<Line> levels = new ArrayList<>();
  private Scale x;
  private Scale y;
  private double low;
  private double high;
  private boolean log;
  private double left;
  private double right;

  /**
   * One arm at a value.
   *
   * @param value the value; NaN where it is of none
   * @param mean the mean
   * @param low lower end of its interval; NaN without one
   * @param high upper end; NaN without one
   */
  record Mark(double value, double mean, double low, double high) {
    boolean hasInterval() {
      return Double.isFinite(low) && Double.isFinite(high);
    }

    DoubleStream ends() {
      return DoubleStream.of(mean, low, high).filter(Double::isFinite);
    }
  }

  private record Line(String name, Look look, double chosen, List<Mark> marks) {
    Mark last() {
      return marks.get(marks.size() - 1);
    }
  }

  /**
   * A plot without lines.
   *
   * @param title what it shows, for its name
   */
  ValuesPlot(ValuesTried values, String title) {
    this.values = values;
    this.title = title;
  }

  /** Adds an arm with its marks by ascending value, at least one. */
  void line(String name, Look look, double chosen, List<Mark> marks) {
    lines.add(new Line(name, look, chosen, marks));
  }

  /** Adds an arm that is the same at all values. */
  void level(String name, Look look, Mark mean) {
    levels.add(new Line(name, look, Double.NaN, List.of(mean)));
  }

  private Stream<Line> all() {
    return Stream.concat(lines.stream(), levels.stream());
  }

  private Stream<Mark> marks() {
    return all().flatMap(line -> line.marks().stream());
  }

  /**
   * The plot.
   *
   * @param signed whether its numbers are differences, with zero marked
   */
  String draw(boolean signed) {
    vertical(signed);
    List<Double> ticks = log ? Ticks.log(low, high, 1, 2, 5) : Ticks.nice(low, high, 5);
    horizontal(ticks.stream().mapToDouble(t -> Labels.width(label(t, signed))).max().orElse(0));
    StringBuilder out = new StringBuilder();
    for (double tick : ticks) {
      String css = signed && tick == 0 ? "zero" : "grid-line";
      out.append(Svg.line(left, y.at(tick), right, y.at(tick), css));
      String text = label(tick, signed);
      out.append(Svg.text(left - 5, y.at(tick) + 3.5, text, "text-anchor", "end"));
    }
    levels.forEach(level -> out.append(band(level)));
    for (int i = 0; i < lines.size(); i++) {
      out.append(line(lines.get(i), (i - (lines.size() - 1) / 2.0) * ASIDE));
    }
    out.append(names()).append(foot());
    return Svg.plot(Plot.WIDE, HEIGHT, sentence(signed), out.toString());
  }

  private static String label(double tick, boolean signed) {
    boolean whole = tick == StrictMath.rint(tick);
    String plain = whole ? NumberFormats.grouped((long) tick) : Ticks.label(tick);
    return whole && signed ? Signed.whole(tick) : plain;
  }

  private void vertical(boolean signed) {
    double most = marks().flatMapToDouble(Mark::ends).max().orElse(1);
    double least = marks().flatMapToDouble(Mark::ends).min().orElse(0);
    double largest = marks().mapToDouble(Mark::mean).max().orElse(1);
    double smallest = marks().mapToDouble(Mark::mean).min().orElse(0);
    log = counts() && !signed && smallest > 0 && largest > FACTOR * smallest;
    if (log) {
      low = Math.max(least, smallest / 2) / 1.2;
      high = most * 1.1;
      y = Scale.log(low, high, FOOT, TOP);
    } else {
      least = signed ? Math.min(least, 0) : least;
      most = signed ? Math.max(most, 0) : most;
      double margin = most > least ? (most - least) * 0.08 : 1;
      low = least - (signed ? 1 : 2.4) * margin;
      high = most + margin;
      y = Scale.linear(low, high, FOOT, TOP);
    }
  }

  private void horizontal(double labels) {
    left = Math.max(LEFT, labels + 8);
    double names = all().mapToDouble(line -> Labels.width(line.name())).max().orElse(0);
    right = Plot.WIDE - names - 12;
    List<Double> tried = values.values();
    double from = tried.get(0);
    double to = tried.get(tried.size() - 1);
    double margin = 10 + ASIDE * (lines.size() - 1) / 2.0;
    x =
        values.log()
            ? Scale.log(from, to, left + margin, right - margin)
            : Scale.linear(from, to, left + margin, right - margin);
  }

  private String band(Line level) {
    Mark m = level.last();
    String css = level.look().css();
    String band =
        m.hasInterval() && m.high() > m.low()
            ? Svg.rect(
                left,
                y.at(m.high()),
                right - left,
                y.at(m.low()) - y.at(m.high()),
                "class",
                css,
                "style",
                "fill:var(--c);fill-opacity:.14")
            : "";
    return band
        + Svg.line(left, y.at(m.mean()), right, y.at(m.mean()), "m whisker " + css, tip(level, m));
  }

  private String line(Line line, double aside) {
    List<Svg.Point> points =
        line.marks().stream()
            .map(m -> new Svg.Point(x.at(m.value()) + aside, y.at(m.mean())))
            .toList();
    String dashes = DASHES.get(further(line) % DASHES.size());
    String style = "stroke-width:1.2" + (dashes.isEmpty() ? "" : ";stroke-dasharray:" + dashes);
    StringBuilder out = new StringBuilder();
    out.append(Svg.path(points, "class", "thick " + line.look().css(), "style", style));
    line.marks().forEach(m -> out.append(mark(line, m, aside)));
    return out.toString();
  }

  /** How many lines before this one have its colour. */
  private int further(Line line) {
    List<Line> alike = new ArrayList<>(lines);
    alike.removeIf(other -> !other.look().css().equals(line.look().css()));
    alike.sort(Comparator.comparing(other -> other.look().shape() == Look.Shape.DIAMOND));
    return alike.indexOf(line);
  }

  private String mark(Line line, Mark m, double aside) {
    double at = x.at(m.value()) + aside;
    boolean chosen = m.value() == line.chosen();
    String css = line.look().css();
    String whisker =
        m.hasInterval() ? Svg.line(at, y.at(m.low()), at, y.at(m.high()), "whisker " + css) : "";
    String named =
        chosen
            ? Svg.text(
                at,
                y.at(m.hasInterval() ? m.low() : m.mean()) + 14,
                "chosen",
                "text-anchor",
                "middle",
                "class",
                "b c halo " + css)
            : "";
    return whisker
        + line.look().mark(at, y.at(m.mean()), chosen ? 5.4 : 3.4, tip(line, m), "")
        + named;
  }

  private boolean counts() {
    return values.format().measure() == Measure.ERRORS;
  }

  /** A figure as it is drawn; of correlations with two decimals. */
  private String number(double figure, int places) {
    return NumberFormats.fixed(figure, counts() ? places : 2);
  }

  private String tip(Line line, Mark m) {
    String value =
        Double.isFinite(m.value())
            ? ", " + values.parameter() + " " + ValuesTried.value(m.value())
            : "";
    String interval =
        m.hasInterval()
            ? ", 95 % interval " + number(m.low(), 1) + " to " + number(m.high(), 1)
            : "";
    return line.name() + value + ": " + number(m.mean(), 1) + interval;
  }

  /** Names at the ends of lines, moved apart where they would lie on one another. */
  private String names() {
    List<Line> byHeight = new ArrayList<>(all().toList());
    byHeight.sort(Comparator.comparingDouble(line -> y.at(line.last().mean())));
    double[] own = byHeight.stream().mapToDouble(line -> y.at(line.last().mean()) + 3.5).toArray();
    double[] at = Labels.spread(own, NAME, TOP, FOOT);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < at.length; i++) {
      Line line = byHeight.get(i);
      String css = "b c halo " + line.look().css();
      out.append(Svg.text(right + 6, at[i], line.name(), "class", css));
    }
    return out.toString();
  }

  /** The values, those left out that have no room, and what they are. */
  private String foot() {
    StringBuilder out = new StringBuilder();
    double clear = 0;
    for (double value : values.values()) {
      String text = ValuesTried.value(value).replace('-', '\u2212');
      boolean bold = lines.stream().anyMatch(line -> line.chosen() == value);
      double half = Labels.width(text, bold ? 12 : Labels.SIZE) / 2;
      if (x.at(value) - half > clear) {
        String css = bold ? "l b" : null;
        out.append(Svg.text(x.at(value), HEIGHT - 18, text, "text-anchor", "middle", "class", css));
        clear = x.at(value) + half + 2;
      }
    }
    String logs = values.log() && log ? ", log scales" : values.log() ? ", log scale" : "";
    String axis = values.label() + (log && !values.log() ? ", errors on a log scale" : logs);
    String fitting = Labels.fit(axis, Plot.WIDE - 4, Labels.SIZE);
    return out.append(Labels.inward((left + right) / 2, HEIGHT - 3, fitting, Plot.WIDE)).toString();
  }

  private String sentence(boolean signed) {
    return all()
        .map(
            line ->
                line.marks().stream()
                    .map(m -> said(m, signed))
                    .collect(Collectors.joining(", ", line.name() + " ", "")))
        .collect(Collectors.joining("; ", title + " by " + values.parameter() + ": ", "."));
  }

  private String said(Mark m, boolean signed) {
    String mean = signed ? Signed.mean(m.mean()) : number(m.mean(), 0);
    return Double.isFinite(m.value()) ? ValuesTried.value(m.value()) + ": " + mean : mean;
  }
}
