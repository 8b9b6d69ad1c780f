package limbeck.kd.report.html;

/**
 * The temperature slider, hidden until the script runs: it goes from 1 to at least 20 and twice the
 * recipe's temperature, by powers of two; two buttons choose whose bars stand on the right.
 */
final class Dial {
  private static final double HOTTEST = 20;

  private final RunView run;
  private final double temperature;
  private final boolean student;

  Dial(RunView run, double temperature, boolean student) {
    this.run = run;
    this.temperature = temperature;
    this.student = student;
  }

  String draw() {
    return Markup.tag(
        "div",
        slider() + "\n" + choice() + "\n" + live(),
        "class",
        "dial",
        "id",
        "dial",
        "role",
        "group",
        "aria-label",
        "Temperature of the bars",
        "hidden",
        true);
  }

  private String slider() {
    double most = Math.max(HOTTEST, 2 * temperature);
    double least = Math.min(1, temperature);
    String input =
        Markup.open(
            "input",
            "type",
            "range",
            "id",
            "temperature",
            "min",
            doublings(least),
            "max",
            doublings(most),
            "step",
            "any",
            "value",
            doublings(temperature));
    return Markup.tag(
        "div",
        Markup.tag("label", "Temperature T of all bars", "for", "temperature")
            + Markup.tag("output", Ticks.plain(temperature), "id", "t-out", "for", "temperature")
            + input,
        "class",
        "t");
  }

  private static String doublings(double temperature) {
    return Ticks.decimals(StrictMath.log(temperature) / StrictMath.log(2), 4);
  }

  private String choice() {
    String alone = student ? radio("student", run.baseline().label(), false) : "";
    return Markup.tag(
        "fieldset",
        Markup.tag("legend", "Bars on the right") + radio("distilled", "distilled", true) + alone);
  }

  private static String radio(String role, String label, boolean checked) {
    String input =
        Markup.open(
            "input",
            "type",
            "radio",
            "name",
            "other",
            "value",
            role,
            "data-label",
            label,
            "checked",
            checked ? true : null);
    return Markup.tag("label", input + Markup.escape(label));
  }

  private static String live() {
    return Markup.tag(
        "p",
        "entropy of the targets "
            + Markup.tag("b", "", "id", "t-entropy")
            + "<br>KL "
            + Markup.tag("b", "", "id", "t-kl")
            + ", T² · KL "
            + Markup.tag("b", "", "id", "t-kl2"),
        "class",
        "live");
  }
}
