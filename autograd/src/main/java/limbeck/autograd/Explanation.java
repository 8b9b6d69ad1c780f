package limbeck.autograd;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import limbeck.engine.io.Json;
import limbeck.engine.tensor.Tensor;

/** The text of {@link Tape#explain}. */
final class Explanation {
  private final Map<Var, String> names = new IdentityHashMap<>();
  private final List<Var> leaves = new ArrayList<>();
  private final TextTable table = new TextTable("<><<");

  /** The recorded steps, then the leaves that have a gradient. */
  static String of(List<Tape.Step> steps) {
    Explanation all = new Explanation();
    all.table.row("result", "gradient norm", "op", "operands");
    for (int i = 0; i < steps.size(); i++) {
      all.add(i, steps.get(i));
    }
    all.addLeaves();
    return all.table.toString();
  }

  private void add(int number, Tape.Step step) {
    Var out = step.out();
    String result = "#" + number;
    names.put(out, out.label() == null ? result : result + " " + out.label());
    table.row(
        names.get(out) + " " + out.shape(),
        gradientNorm(out),
        step.op().spec().name() + settings(step),
        operands(step));
  }

  /** What is set; what is off is left out. */
  private static String settings(Tape.Step step) {
    Map<String, Object> settings = new TreeMap<>(step.op().settings());
    settings.values().removeIf(s -> s.equals(false) || s.equals(List.of()));
    settings.replaceAll((name, s) -> s instanceof Double d ? text(d) : s);
    return settings.isEmpty() ? "" : " " + settings;
  }

  /** The shortest: that of {@code Double.toString} differs between JDKs. */
  private static String text(Double number) {
    return Double.isFinite(number) ? Json.write(number) : number.toString();
  }

  private String operands(Tape.Step step) {
    List<String> operands = new ArrayList<>();
    for (Var in : step.in()) {
      operands.add(name(in instanceof Parameter p ? p.shared() : in) + " " + in.shape());
    }
    return String.join(", ", operands);
  }

  private String name(Var v) {
    String known = names.get(v);
    if (known == null) {
      known = leafName(v);
      names.put(v, known);
      leaves.add(v);
    }
    return known;
  }

  private static String leafName(Var v) {
    if (v.label() != null) {
      return v.label();
    }
    if (v instanceof Parameter p) {
      return p.path();
    }
    return v.needsGradient() ? "input" : "constant";
  }

  private void addLeaves() {
    for (Var v : leaves) {
      if (v.gradient() != null) {
        table.row(names.get(v) + " " + v.shape(), gradientNorm(v), "", "");
      }
    }
  }

  private static String gradientNorm(Var v) {
    Tensor g = v.gradient();
    if (g == null) {
      return "";
    }
    double squares = 0;
    for (int i = 0; i < g.size(); i++) {
      squares += g.get(i) * g.get(i);
    }
    return String.format(Locale.ROOT, "%.4g", StrictMath.sqrt(squares));
  }
}
