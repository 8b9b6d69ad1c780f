package limbeck.kd.report.html;

import java.util.List;
import java.util.stream.Collectors;
import limbeck.kd.report.Arm;
import limbeck.kd.report.Schedule;

/**
 * Settings that change over the epochs: one strip per setting, steps that hold until the next,
 * phases separated by a dashed line and named above.
 */
final class SchedulePlot {
  private static final int STRIP = 54;
  private static final int GAP = 34;
  private static final int LEFT = 44;
  private static final int TOP = 14;
  private static final int RIGHT = Plot.WIDE - 6;
  private static final double NAME_SIZE = 10; // sentences are narrower than the estimate

  private final Schedule schedule;
  private final String css;
  private final String label;
  private final int height;
  private final Scale x;

  private SchedulePlot(Schedule schedule, Arm arm, Look look) {
    this.schedule = schedule;
    this.css = look.css();
    this.label = arm.label();
    this.height = TOP + schedule.series().size() * (STRIP + GAP) + 20;
    this.x = Scale.linear(0, Math.max(1, schedule.epochs()), LEFT, RIGHT);
  }

  /** The figure. */
  static String of(Schedule schedule, Arm arm, Look look) {
    String title = "Schedule of " + arm.label();
    SchedulePlot plot = new SchedulePlot(schedule, arm, look);
    return Html.figure(Html.caption(title, "steps hold until the next", false), plot.draw());
  }

  private String draw() {
    StringBuilder out = new StringBuilder();
    List<Schedule.Phase> phases = schedule.phases();
    for (int i = 0; i < phases.size(); i++) {
      out.append(phase(phases.get(i), i));
    }
    for (int i = 0; i < schedule.series().size(); i++) {
      out.append(new Strip(schedule.series().get(i), TOP + i * (STRIP + GAP) + 26).draw());
    }
    out.append(foot());
    String phaseNames =
        phases.stream().map(Schedule.Phase::label).collect(Collectors.joining(", then "));
    String name = "Schedule of " + label + (phaseNames.isEmpty() ? "" : ": " + phaseNames) + ".";
    return Svg.plot(Plot.WIDE, height, name, out.toString());
  }

  /** The last name may reach back over its border, as far as the name before it. */
  private String phase(Schedule.Phase phase, int place) {
    double at = x.at(phase.from());
    if (place == 0) {
      return Svg.text(at, 11, phaseName(place, end(place) - at), "class", "b halo");
    }
    String border = Svg.line(at, 17, at, height - 22, "dash");
    boolean last = place == schedule.phases().size() - 1;
    if (last && at + 5 + Labels.width(phase.label(), NAME_SIZE) > RIGHT) {
      double before = x.at(schedule.phases().get(place - 1).from());
      String previous = phaseName(place - 1, end(place - 1) - before);
      double room = RIGHT - before - 5 - Labels.width(previous, NAME_SIZE) - 8;
      String name = phaseName(place, room);
      return border + Svg.text(RIGHT, 11, name, "class", "b halo", "text-anchor", "end");
    }
    String name = phaseName(place, end(place) - at - 5);
    return border + Svg.text(at + 5, 11, name, "class", "b halo");
  }

  private double end(int place) {
    return x.at(Math.min(schedule.phases().get(place).to(), schedule.epochs()));
  }

  private String phaseName(int place, double room) {
    return Labels.fit(schedule.phases().get(place).label(), room, NAME_SIZE);
  }

  private String foot() {
    StringBuilder out = new StringBuilder();
    for (double tick : Ticks.nice(0, Math.max(1, schedule.epochs()), 4)) {
      if (tick > 0) {
        String anchor = tick == schedule.epochs() ? "end" : "middle";
        out.append(Svg.text(x.at(tick), height - 8, Ticks.label(tick), "text-anchor", anchor));
      }
    }
    return out.append(Svg.text(0, height - 8, "epoch")).toString();
  }

  /** One setting. */
  private final class Strip {
    private final Schedule.Series series;
    private final double top;
    private final List<Schedule.Point> points;
    private final double low;
    private final double high;
    private final boolean log;
    private final Scale y;

    Strip(Schedule.Series series, double top) {
      this.series = series;
      this.top = top;
      this.points = series.points().stream().filter(p -> Double.isFinite(p.value())).toList();
      double least = points.stream().mapToDouble(Schedule.Point::value).min().orElse(0);
      double most = points.stream().mapToDouble(Schedule.Point::value).max().orElse(1);
      boolean ranged = series.range().size() == 2;
      this.log = series.log() && least > 0;
      this.low = log ? least : ranged ? series.range().get(0) : Math.min(0, least);
      this.high = ranged && !log ? series.range().get(1) : most;
      this.y =
          log
              ? Scale.log(least / 1.3, most * 1.3, top + STRIP, top)
              : Scale.linear(low, high, top + STRIP, top);
    }

    String draw() {
      StringBuilder out = new StringBuilder();
      out.append(Svg.text(LEFT, top - 5, series.name(), "class", "l halo"));
      for (double tick : ticks()) {
        out.append(Svg.line(LEFT, y.at(tick), RIGHT, y.at(tick), "grid-line"));
        String text = Ticks.label(tick);
        out.append(Svg.text(LEFT - 5, y.at(tick) + 3.5, text, "text-anchor", "end"));
      }
      out.append(Svg.path(steps(), "class", "thick " + css));
      points.forEach(p -> out.append(hit(p)));
      return out.toString();
    }

    private List<Double> ticks() {
      if (!log) {
        return low == high ? List.of(low) : List.of(low, high);
      }
      List<Double> powers = Ticks.log(low, high, 1);
      return powers.isEmpty() ? List.of(high) : powers;
    }

    private String steps() {
      StringBuilder d = new StringBuilder();
      boolean open = false;
      double last = 0;
      for (Schedule.Point p : series.points()) {
        String across = Markup.coordinate(x.at(p.epoch()));
        last = p.epoch();
        if (!Double.isFinite(p.value())) {
          d.append(open ? "H" + across : "");
          open = false;
        } else if (open) {
          d.append('H').append(across).append('V').append(Markup.coordinate(y.at(p.value())));
        } else {
          d.append('M').append(Svg.at(x.at(p.epoch()), y.at(p.value())));
          open = true;
        }
      }
      boolean holds = open && last < schedule.epochs();
      return d.append(holds ? "H" + RIGHT : "").toString(); // the last value holds to the end
    }

    private String hit(Schedule.Point p) {
      double left = x.at(p.epoch());
      double width = Math.max(4, x.at(p.epoch() + schedule.epochs() / 40.0) - left);
      String tip =
          series.name() + " from epoch " + Ticks.plain(p.epoch()) + ": " + Ticks.plain(p.value());
      double inside = Math.min(width, Math.max(0, Plot.WIDE - left));
      return Svg.titledRect(left, top - 2, inside, STRIP + 4, tip, "class", "m hit");
    }
  }
}
