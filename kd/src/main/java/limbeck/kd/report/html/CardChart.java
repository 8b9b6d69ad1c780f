package limbeck.kd.report.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import limbeck.kd.report.Example;
import limbeck.kd.report.NumberFormats;

/**
 * The bars of one example: probabilities at a temperature, those of whoever taught to the left,
 * those of the student to the right, names of classes between. A thin outline is what the label
 * alone would say. The script moves the bars by their classes: {@code bt} and {@code vt} are the
 * teacher's bar and value, {@code bs} and {@code vs} the student's.
 */
final class CardChart {
  private static final int WIDTH = 224;
  private static final int VALUE = 27; // room for a value beside a bar
  private static final int FIRST = 16;
  private static final int MOST = 10; // classes that are shown
  private static final double NAME_SIZE = 11;

  private final RunView run;
  private final String target;
  private final List<String> classes;
  private final double gutter;
  private final double left;
  private final double right;
  private final double scale;
  private final double pitch;

  /**
   * Charts of a run.
   *
   * @param target role, among the logits, of the arm whose soft targets the student is taught
   */
  CardChart(RunView run, String target) {
    this.run = run;
    this.target = target;
    this.classes = run.report().data().classes();
    double longest = classes.stream().mapToDouble(c -> Labels.width(c, NAME_SIZE)).max().orElse(0);
    this.gutter = Math.max(16, Math.min(72, longest + 8));
    this.left = (WIDTH - gutter) / 2;
    this.right = left + gutter;
    this.scale = left - VALUE;
    this.pitch = classes.size() <= MOST ? 13.2 : 12;
  }

  /** What the script needs to draw bars: ends of the names' column, and the length of 1. */
  Map<String, Object> unit() {
    Map<String, Object> unit = new LinkedHashMap<>();
    unit.put("left", left);
    unit.put("right", right);
    unit.put("scale", scale);
    unit.put("target", target);
    return unit;
  }

  /** Role of the arm whose bars stand on the left. */
  String target() {
    return target;
  }

  /** The chart of an example at temperature T. */
  String of(Example example, double temperature) {
    double[] p = Softmax.of(example.logits().get(target), temperature);
    double[] q = Softmax.of(example.logits().get("distilled"), temperature);
    StringBuilder out = new StringBuilder();
    String taught = "left b c " + run.lookOf(target).css();
    String teacher = Labels.fit(run.labelOf(target), left - 2, Labels.SIZE);
    String student = Labels.fit(run.labelOf("distilled"), WIDTH - right - 2, Labels.SIZE);
    out.append(head(left - 2, teacher, taught, "text-anchor", "end"));
    out.append(head(right + 2, student, "right b c r-distilled"));
    List<Integer> shown = shown(p);
    for (int i = 0; i < shown.size(); i++) {
      int k = shown.get(i);
      out.append(row(k, FIRST + i * pitch, p[k], q[k], k == example.label()));
    }
    double height = Math.ceil(FIRST + shown.size() * pitch);
    return Svg.plot(WIDTH, height, sentence(shown, p, q, temperature), out.toString());
  }

  private static String head(double x, String text, String css, Object... anchor) {
    List<Object> attributes = new ArrayList<>(List.of("class", css));
    attributes.addAll(List.of(anchor));
    return Svg.text(x, 9, text, attributes.toArray());
  }

  /** The teacher's most probable classes, by index. */
  private List<Integer> shown(double[] p) {
    return IntStream.range(0, p.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer k) -> p[k]).reversed())
        .limit(MOST)
        .sorted()
        .toList();
  }

  private String row(int k, double y, double p, double q, boolean isLabel) {
    double height = pitch - 3.2;
    double base = y + height / 2 + 3.7;
    double a = p * scale;
    double b = q * scale;
    double value = isLabel && a > scale - VALUE ? scale : a; // clear of the outline
    String outline =
        isLabel ? Svg.rect(left - scale, y - 0.5, scale, height + 1, "class", "ghost") : "";
    String name = Labels.fit(classes.get(k), gutter - 4, NAME_SIZE);
    String group =
        outline
            + Svg.rect(left - a, y, a, height, "class", "bar bt " + run.lookOf(target).css())
            + Svg.text(
                left - value - 3,
                base,
                NumberFormats.probability(p),
                "class",
                "v vt",
                "text-anchor",
                "end")
            + Svg.text((left + right) / 2, base, name, "class", isLabel ? "k y" : "k")
            + Svg.rect(right, y, b, height, "class", "bar bs r-distilled")
            + Svg.text(right + b + 3, base, NumberFormats.probability(q), "class", "v vs");
    return Markup.tag("g", group, "data-k", k);
  }

  private String sentence(List<Integer> shown, double[] p, double[] q, double temperature) {
    return "Soft targets at T = "
        + Ticks.plain(temperature)
        + ": teacher "
        + list(shown, p)
        + "; student "
        + list(shown, q)
        + ".";
  }

  private String list(List<Integer> shown, double[] p) {
    return shown.stream()
        .map(k -> classes.get(k) + " " + NumberFormats.fixed(p[k], 2))
        .collect(Collectors.joining(", "));
  }
}
