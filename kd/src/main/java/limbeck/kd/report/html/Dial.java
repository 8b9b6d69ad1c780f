package limbeck.kd.report.html;

/**
 * The temperature slider, hidden until the script runs: it goes from 1 to at least 20 and twice the
 * recipe's temperature, by powers of two; buttons choose whose bars stand on the right, and in a
 * chain on the left.
 */
final class Dial {
  private static final double HOTTEST = 20;

  private final RunView run;
  private final double temperature;
  private final boolean student;
  private final boolean chain;

  /**
   * A slider.
   *
   * @param student whether there are bars of the student alone
   * @param chain whether there are bars of teacher and assistant
   */
  Dial(RunView run, double temperature, boolean student, boolean chain) {
    this.run = run;
    this.temperature = temperature;
    this.student = student;
    this.chain = chain;
  }

  String draw() {
    return Markup.tag(
        "div",
        slider() + "\n" + choice() + "\n" + live(),
        "class",
        chain ? "dial four" : "dial",
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
    String right =
        radio("other", "distilled", true) + (student ? radio("other", "student", false) : "");
    String left = radio("target", "assistant", true) + radio("target", "teacher", false);
    return (chain ? Markup.tag("fieldset", Markup.tag("legend", "Bars on the left") + left) : "")
        + Markup.tag("fieldset", Markup.tag("legend", "Bars on the right") + right);
  }

  private String radio(String group, String role, boolean checked) {
    String input =
        Markup.open(
            "input",
            "type",
            "radio",
            "name",
            group,
            "value",
            role,
            "data-label",
            run.labelOf(role),
            "data-css",
            run.lookOf(role).css(),
            "checked",
            checked ? true : null);
    return Markup.tag("label", input + Markup.escape(run.labelOf(role)));
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
