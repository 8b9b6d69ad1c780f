package limbeck.kd.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import limbeck.kd.metric.Measure;
import limbeck.kd.report.Arm;
import limbeck.kd.report.NumberFormats;
import limbeck.kd.report.Sentences;

/**
 * The two arms of the verdict, seed by seed: one line per seed, the pair joined, values outside.
 * The axis does not begin at 0, as the pairing is what counts.
 */
final class SeedBySeed {
  private static final int TOP = 26;
  private static final int PITCH = 31;
  private static final int LEFT = 68;
  private static final int RIGHT = Plot.WIDE - 32;

  private final Arm main;
  private final Arm baseline;
  private final RunView run;
  private final List<Pair> pairs;
  private final Scale x;
  private final double low;
  private final double high;

  private record Pair(long seed, double alone, double distilled) {}

  private SeedBySeed(RunView run, List<Pair> pairs) {
    this.run = run;
    this.main = run.main();
    this.baseline = run.baseline();
    this.pairs = pairs;
    double most = pairs.stream().mapToDouble(p -> Math.max(p.alone, p.distilled)).max().orElse(1);
    double least = pairs.stream().mapToDouble(p -> Math.min(p.alone, p.distilled)).min().orElse(0);
    double margin = most > least ? (most - least) * 0.09 : 1;
    this.low = least - margin;
    this.high = most + margin;
    this.x = Scale.linear(low, high, LEFT, RIGHT);
  }

  /** The plot; empty where no seed has both. */
  static String of(RunView run) {
    List<Pair> pairs = new ArrayList<>();
    for (long seed : run.report().run().seeds()) {
      double alone = run.format().shown(run.figure(run.baseline(), seed));
      double distilled = run.format().shown(run.figure(run.main(), seed));
      if (Double.isFinite(alone) && Double.isFinite(distilled)) {
        pairs.add(new Pair(seed, alone, distilled));
      }
    }
    return pairs.isEmpty() ? "" : new SeedBySeed(run, pairs).draw();
  }

  private String draw() {
    int foot = TOP + PITCH * pairs.size();
    StringBuilder out = new StringBuilder();
    for (double tick : Ticks.nice(low, high, 5)) {
      out.append(Svg.line(x.at(tick), TOP - 6, x.at(tick), foot - 6, "grid-line"));
      String text = Ticks.of(run.format(), tick);
      out.append(Svg.text(x.at(tick), foot + 8, text, "text-anchor", "middle"));
    }
    out.append(heads());
    for (int i = 0; i < pairs.size(); i++) {
      out.append(line(pairs.get(i), TOP + i * PITCH + 7));
    }
    int height = foot + 26;
    double middle = (LEFT + RIGHT) / 2.0;
    out.append(Svg.text(middle, height - 1, run.figureName(), "text-anchor", "middle"));
    return Svg.plot(Plot.WIDE, height, name(), out.toString());
  }

  /** The names over the columns of their means, apart from each other. */
  private String heads() {
    double alone = x.at(pairs.stream().mapToDouble(Pair::alone).average().orElse(0));
    double distilled = x.at(pairs.stream().mapToDouble(Pair::distilled).average().orElse(0));
    boolean fewer = distilled < alone;
    double middle = (alone + distilled) / 2;
    double between = Math.max(60, Math.min(Plot.WIDE - 60, middle));
    return head(fewer ? main : baseline, Math.min(alone, distilled), 0, between - 4)
        + head(fewer ? baseline : main, Math.max(alone, distilled), between + 4, Plot.WIDE);
  }

  private String head(Arm arm, double at, double from, double to) {
    String name = Labels.fit(arm.label(), to - from, 13);
    double half = Labels.width(name, 13) / 2;
    double inside = Math.max(from + half, Math.min(to - half, at));
    String css = "l b c halo " + run.look(arm).css();
    return Svg.text(inside, 11, name, "class", css, "text-anchor", "middle");
  }

  private String line(Pair pair, double y) {
    double alone = x.at(pair.alone);
    double distilled = x.at(pair.distilled);
    boolean fewer = pair.distilled <= pair.alone;
    return Svg.text(2, y + 4, Labels.fit("seed " + pair.seed, LEFT - 30, Labels.SIZE))
        + Svg.line(alone, y, distilled, y, "axis")
        + mark(main, pair.seed, pair.distilled, y)
        + mark(baseline, pair.seed, pair.alone, y)
        + value(pair.distilled, distilled, y, fewer)
        + value(pair.alone, alone, y, !fewer);
  }

  private String mark(Arm arm, long seed, double figure, double y) {
    String said = written(figure) + " " + run.format().word();
    String tip = arm.label() + ", seed " + seed + ": " + said;
    return run.look(arm).mark(x.at(figure), y, 5, tip, "");
  }

  private String value(double figure, double at, double y, boolean left) {
    return left
        ? Svg.text(at - 9, y + 4, written(figure), "text-anchor", "end", "class", "halo")
        : Svg.text(at + 9, y + 4, written(figure), "class", "halo");
  }

  /** A figure as it is drawn: counts whole. */
  private String written(double figure) {
    return run.report().measure() == Measure.ERRORS
        ? NumberFormats.grouped(Math.round(figure))
        : NumberFormats.fixed(figure, 2);
  }

  private String name() {
    return pairs.stream()
        .map(
            p ->
                String.join(
                    " ",
                    "seed " + p.seed,
                    baseline.label(),
                    written(p.alone) + ",",
                    main.label(),
                    written(p.distilled)))
        .collect(
            Collectors.joining(
                "; ", Sentences.capital(run.format().word()) + " seed by seed: ", "."));
  }
}
