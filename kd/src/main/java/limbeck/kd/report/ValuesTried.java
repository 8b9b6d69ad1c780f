package limbeck.kd.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import limbeck.kd.metric.Measure;

/**
 * All arms at the values of one parameter that were tried: what they came to and what they gain, as
 * tables and sentences.
 */
public final class ValuesTried {
  private final RunReport report;
  private final List<Sweep> lines;
  private final Sweep first;

  private ValuesTried(RunReport report, List<Sweep> lines) {
    this.report = report;
    this.lines = lines;
    this.first = lines.get(0);
  }

  /** Returns what was tried, parameter by parameter. */
  public static List<ValuesTried> of(RunReport report) {
    Map<String, List<Sweep>> byParameter = new LinkedHashMap<>();
    for (Sweep sweep : report.sweeps()) {
      if (!sweep.points().isEmpty()) {
        byParameter.computeIfAbsent(sweep.parameter(), p -> new ArrayList<>()).add(sweep);
      }
    }
    return byParameter.values().stream().map(lines -> new ValuesTried(report, lines)).toList();
  }

  /** Returns the arms, a line each. */
  public List<Sweep> lines() {
    return lines;
  }

  /** Returns the name of the parameter. */
  public String parameter() {
    return first.parameter();
  }

  /** Returns what the axis says. */
  public String label() {
    return first.label();
  }

  /** Returns whether the values belong on a logarithmic axis. */
  public boolean log() {
    return first.log() && values().get(0) > 0;
  }

  /** Returns the split and the metric: "test errors". */
  public String metric() {
    boolean scores = format().measure() == Measure.PEARSON;
    return scores ? format().noun() : first.split() + " " + first.metric();
  }

  /** Returns how figures are written. */
  public MeasureFormat format() {
    return new MeasureFormat(Measure.of(first.metric()), first.split());
  }

  /** Returns all values, ascending. */
  public List<Double> values() {
    return lines.stream()
        .flatMap(line -> line.points().stream())
        .map(Sweep.Point::value)
        .distinct()
        .sorted()
        .toList();
  }

  /** Returns what a line is called. */
  public String name(Sweep line) {
    return line.name() == null ? report.arm(line.arm()).label() : line.name();
  }

  /** Returns the lines that have gains. */
  public List<Sweep> gaining() {
    return lines.stream().filter(line -> !line.gains().isEmpty()).toList();
  }

  /** Returns whether a line has gains. */
  public boolean hasGains() {
    return !gaining().isEmpty();
  }

  /** Returns the baselines that all values have in common, none twice. */
  public List<Sweep.Baseline> baselines() {
    Map<String, Sweep.Baseline> byArm = new LinkedHashMap<>();
    for (Sweep line : lines) {
      if (line.baseline() != null) {
        byArm.putIfAbsent(line.baseline().arm(), line.baseline());
      }
    }
    return List.copyOf(byArm.values());
  }

  /** Returns what the numbers are, and which networks other figures show. */
  public String note() {
    boolean chosen = lines.stream().anyMatch(line -> Double.isFinite(line.chosen()));
    String what = Sentences.capital(metric()) + " at every value that was tried";
    String how = chosen ? "." : "; none of them was chosen by these figures.";
    String others =
        Double.isFinite(first.main())
            ? " Other sections show the networks of "
                + parameter()
                + " = "
                + value(first.main())
                + "; report.json has all."
            : "";
    return what + how + others;
  }

  /** Returns what a gain is. */
  public String gainNote() {
    return format().measure() == Measure.ERRORS
        ? "Gain: how many fewer "
            + metric()
            + " than "
            + baselineName()
            + ", paired by seed; below 0 are more."
        : "Gain in "
            + metric()
            + " over "
            + baselineName()
            + ", paired by seed; below 0 it is lower.";
  }

  /** Returns what gains are over. */
  public String baselineName() {
    return baselines().isEmpty() ? "the student alone of the same value" : "the student alone";
  }

  /** Returns a value with the digits that it needs. */
  public static String value(double value) {
    return limbeck.kd.recipe.Sweep.text(value);
  }

  /** Returns the metric of all lines by value, with heads, for reading. */
  public List<List<String>> errors() {
    List<List<String>> rows =
        table(lines, p -> said(p.mean(), p.low(), p.high(), x -> format().mean(x, places())));
    for (Sweep.Baseline b : baselines()) {
      rows.get(0).add(report.arm(b.arm()).label());
      String said = said(b.mean(), b.low(), b.high(), x -> format().mean(x, places()));
      rows.subList(1, rows.size()).forEach(row -> row.add(said));
    }
    return rows;
  }

  /** Returns the gains of all lines by value, with heads, for reading. */
  public List<List<String>> gains() {
    return table(
        gaining(),
        p -> {
          Sweep.Gain g = p.gain();
          return g == null
              ? NumberFormats.MISSING
              : said(g.mean(), g.low(), g.high(), this::signed);
        });
  }

  private List<List<String>> table(List<Sweep> columns, Function<Sweep.Point, String> cell) {
    List<List<String>> rows = new ArrayList<>();
    List<String> heads = new ArrayList<>(List.of(parameter()));
    columns.forEach(line -> heads.add(name(line)));
    rows.add(heads);
    for (double value : values()) {
      List<String> row = new ArrayList<>(List.of(value(value)));
      for (Sweep line : columns) {
        row.add(
            line.points().stream()
                .filter(p -> p.value() == value)
                .map(cell)
                .findFirst()
                .orElse(NumberFormats.MISSING));
      }
      rows.add(row);
    }
    return rows;
  }

  private String signed(double gain) {
    return places() == 0 ? format().signed(gain) : format().signedMean(gain);
  }

  private int places() {
    return report.run().seeds().size() > 1 ? 1 : 0;
  }

  private String said(double mean, double low, double high, Function<Double, String> form) {
    String half =
        Double.isFinite(low) && Double.isFinite(high)
            ? " ± " + format().halfWidth((high - low) / 2, places())
            : "";
    return form.apply(mean) + half;
  }

  /** Returns where the line of the verdict's arm does best and worst; empty without gains. */
  String finding() {
    Optional<Sweep> main =
        gaining().stream()
            .filter(line -> line.gains().size() > 1)
            .min(Comparator.comparing(line -> !line.arm().equals(report.verdict().arm())));
    if (main.isEmpty()) {
      return "";
    }
    ToDoubleFunction<Sweep.Point> gain = p -> p.gain().mean();
    Comparator<Sweep.Point> byGain = Comparator.comparingDouble(gain);
    Sweep.Point most = main.get().gains().stream().max(byGain).orElseThrow();
    Sweep.Point least = main.get().gains().stream().min(byGain).orElseThrow();
    return "Against "
        + baselineName()
        + ", "
        + name(main.get())
        + " does best at "
        + parameter()
        + " = "
        + said(most)
        + ", and worst at "
        + said(least)
        + ".";
  }

  private static String interval(MetricWords words, Sweep.Gain g, double sign) {
    double low = Math.min(sign * g.low(), sign * g.high());
    return VerdictSentences.interval(words, low, Math.max(sign * g.low(), sign * g.high()));
  }

  /** "30, with 52.0 fewer test errors (95 % interval 20.1 to 83.9 fewer)". */
  private String said(Sweep.Point point) {
    MetricWords words = MetricWords.of(first.metric(), first.split());
    Sweep.Gain g = point.gain();
    boolean counts = format().measure() == Measure.ERRORS;
    double sign = counts ? -1 : 1;
    int decimals = counts ? places() : words.decimals();
    String size =
        g.mean() == 0
            ? words.same()
            : words.size(g.mean(), decimals) + " " + words.direction(sign * g.mean());
    boolean interval = Double.isFinite(g.low()) && Double.isFinite(g.high());
    String range = interval ? " (95\u202f% interval " + interval(words, g, sign) + ")" : "";
    return value(point.value()) + ", with " + size + " " + words.noun() + range;
  }
}
