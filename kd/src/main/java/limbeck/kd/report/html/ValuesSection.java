package limbeck.kd.report.html;

import java.util.ArrayList;
import java.util.List;
import limbeck.kd.report.Findings;
import limbeck.kd.report.MeasureFormat;
import limbeck.kd.report.RunReport;
import limbeck.kd.report.Sentences;
import limbeck.kd.report.Sweep;
import limbeck.kd.report.ValuesTried;

/** Values tried: errors of every arm by value, and what distilled students gain at each. */
final class ValuesSection {
  private ValuesSection() {}

  /** The section; empty where no values were tried. */
  static String of(RunView run) {
    List<ValuesTried> all = ValuesTried.of(run.report());
    if (all.isEmpty()) {
      return "";
    }
    StringBuilder body = new StringBuilder();
    for (ValuesTried values : all) {
      body.append(group(run, values));
    }
    String finding = Markup.escape(new Findings(run.report()).values());
    return Html.section("values", "Values tried", finding, body.toString());
  }

  private static String group(RunView run, ValuesTried values) {
    String title = Markup.tag("h3", Markup.escape(Sentences.capital(values.label())));
    String plots = errors(run, values) + (values.hasGains() ? gains(run, values) : "");
    return title
        + Html.note(Markup.escape(values.note()))
        + Html.grid("grid two", plots)
        + Html.numbers("By " + values.parameter(), Html.textTable(values.errors()))
        + (values.hasGains()
            ? Html.numbers("Gain by " + values.parameter(), Html.textTable(values.gains()))
            : "");
  }

  private static String errors(RunView run, ValuesTried values) {
    ValuesPlot plot = new ValuesPlot(values, Sentences.capital(values.metric()));
    for (Sweep line : values.lines()) {
      List<ValuesPlot.Mark> marks =
          line.points().stream()
              .map(p -> mark(values, p.value(), p.mean(), p.low(), p.high()))
              .toList();
      plot.line(values.name(line), look(run, line), line.chosen(), marks);
    }
    RunReport report = run.report();
    for (Sweep.Baseline b : values.baselines()) {
      ValuesPlot.Mark mean = mark(values, Double.NaN, b.mean(), b.low(), b.high());
      plot.level(report.arm(b.arm()).label(), run.look(b.arm()), mean);
    }
    String marks = "mean over seeds, 95\u202f% intervals";
    return Html.figure(
        Html.caption(Sentences.capital(values.metric()), marks, true), plot.draw(false));
  }

  private static String gains(RunView run, ValuesTried values) {
    ValuesPlot plot = new ValuesPlot(values, "Gain");
    for (Sweep line : values.gaining()) {
      List<ValuesPlot.Mark> marks = new ArrayList<>();
      for (Sweep.Point p : line.gains()) {
        Sweep.Gain g = p.gain();
        marks.add(mark(values, p.value(), g.mean(), g.low(), g.high()));
      }
      plot.line(values.name(line), look(run, line), Double.NaN, marks);
    }
    String marks =
        values.format().betterSide()
            + " than "
            + values.baselineName()
            + ", paired by seed, 95\u202f% intervals";
    return Html.figure(Html.caption("Gain", marks, true), plot.draw(true));
  }

  private static ValuesPlot.Mark mark(
      ValuesTried values, double value, double mean, double low, double high) {
    MeasureFormat f = values.format();
    return new ValuesPlot.Mark(value, f.shown(mean), f.shown(low), f.shown(high));
  }

  private static Look look(RunView run, Sweep line) {
    return run.look(line.arm());
  }
}
