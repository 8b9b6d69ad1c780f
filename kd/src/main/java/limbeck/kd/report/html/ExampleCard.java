package limbeck.kd.report.html;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import limbeck.kd.report.Arm;
import limbeck.kd.report.Example;
import limbeck.kd.report.NumberFormats;

/** One test example: what the teacher says of it, its picture or text, three predictions, bars. */
final class ExampleCard {
  private static final int SIDE = 84; // pixels of a picture, three times those of 28
  private static final int TEXT = 200; // letters of a text
  private static final double NAME = 150; // room for a class among the predictions
  private static final int SHORT_NAME = 5; // letters of a class that fit beside a picture

  private static final int SHORT_LABEL = 9; // letters of an arm

  private static final Pattern PNG = Pattern.compile("data:image/png;base64,[A-Za-z0-9+/=]*");

  private final RunView run;
  private final List<String> classes;
  private final CardChart chart;

  ExampleCard(RunView run, CardChart chart) {
    this.run = run;
    this.classes = run.report().data().classes();
    this.chart = chart;
  }

  /**
   * The card.
   *
   * @param place of the example in the report, by which the script finds its logits
   */
  String of(Example x, int place, double temperature) {
    boolean names =
        classes.stream().anyMatch(c -> c.length() > SHORT_NAME)
            || run.rolesIn(x.logits()).stream()
                .anyMatch(r -> run.labelOf(r).length() > SHORT_LABEL);
    boolean pictured = isPicture(x.image());
    String css = "card" + (!pictured || names ? " long" : "") + (pictured ? "" : " bare");
    String content = says(x) + "\n" + picture(x) + guesses(x) + "\n" + chart.of(x, temperature);
    return Markup.tag("li", content, "class", css, "data-i", place, "data-label", x.label());
  }

  private String says(Example x) {
    List<Double> teacher = x.logits().get(chart.target());
    double[] p = Softmax.of(teacher, 1);
    String label = Markup.escape(classes.get(x.label()));
    int second = Softmax.argMaxBut(teacher, x.label());
    String said =
        Softmax.argMax(teacher) == x.label()
            ? "At T = 1 "
                + Markup.escape(taught())
                + " gives the "
                + Markup.escape(classes.get(second))
                + " "
                + chance(p[second])
                + "."
            : "The label says "
                + label
                + "; "
                + Markup.escape(taught())
                + " gives it "
                + chance(p[x.label()])
                + ".";
    return Markup.tag("p", Markup.tag("b", label) + " " + said + text(x), "class", "says");
  }

  /** Who taught the student. */
  private String taught() {
    return run.ofRole(chart.target()).map(Arm::phrase).orElse("the teacher");
  }

  private static String chance(double p) {
    String said = NumberFormats.chance(p);
    return said.contains("chance") ? said : "a probability of " + said;
  }

  private static String text(Example x) {
    if (x.text() == null) {
      return "";
    }
    String start = Labels.start(x.text(), TEXT);
    String rest = start.length() < x.text().length() ? "…" : "";
    return "<br>" + Markup.tag("q", Markup.escape(start + rest));
  }

  /** Whether an image holds its own pixels; the page loads nothing. */
  private static boolean isPicture(String image) {
    return image != null && PNG.matcher(image).matches();
  }

  private String picture(Example x) {
    if (!isPicture(x.image())) {
      return "";
    }
    String alt = run.report().data().part() + " image " + x.index() + ", labelled ";
    String image =
        Markup.open(
            "img",
            "class",
            x.grey() ? "ink" : null,
            "src",
            x.image(),
            "width",
            SIDE,
            "height",
            SIDE,
            "alt",
            alt + classes.get(x.label()));
    return Markup.tag("div", image, "class", "picture");
  }

  private String guesses(Example x) {
    String items =
        run.rolesIn(x.logits()).stream().map(role -> guess(x, role)).collect(Collectors.joining());
    return Markup.tag("ul", items);
  }

  private String guess(Example x, String role) {
    int best = Softmax.argMax(x.logits().get(role));
    boolean right = best == x.label();
    return Markup.tag(
        "li",
        run.lookOf(role).coloured(run.labelOf(role))
            + " "
            + Markup.tag("b", Markup.escape(Labels.fit(classes.get(best), NAME, Labels.SIZE)))
            + (right ? " ✓" : " ✗")
            + Markup.tag("span", right ? "right" : "wrong", "class", "vh"));
  }
}
