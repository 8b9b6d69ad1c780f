package limbeck.kd.report.html;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import limbeck.engine.io.Json;
import limbeck.kd.metric.Measure;

/** Conventions: the objective as a formula, every weight and switch, and what the words mean. */
final class ConventionsSection {
  private static final List<List<String>> GLOSSARY =
      List.of(
          List.of(
              "soft target",
              "the teacher’s probabilities at temperature T, used as the target instead of the"
                  + " label"),
          List.of(
              "dark knowledge",
              "what the soft target says about the wrong classes: which of them this input"
                  + " resembles"),
          List.of(
              "alone",
              "the matched baseline: the student’s network, seed, data order and epochs, trained on"
                  + " labels only"),
          List.of(
              "agreement",
              "share of test examples on which student and teacher choose the same class, right or"
                  + " wrong"),
          List.of("NLL", "mean of −log of the probability given to the label; lower is better"),
          List.of(
              "ECE",
              "expected calibration error: mean distance between confidence and accuracy over the"
                  + " bins"),
          List.of(
              "KL(teacher ‖ student)",
              "how far the student’s probabilities are from the teacher’s at T = 1; zero when"
                  + " equal"),
          List.of(
              "gap closed",
              "errors saved by distillation as a share of the distance from the student alone to"
                  + " the teacher"),
          List.of(
              "soft mass",
              "mean probability that the teacher, at the recipe’s T, gives one class of a pair on"
                  + " examples of the other"));

  private static final List<List<String>> OF_SCORES =
      List.of(
          List.of(
              "alone",
              "the matched baseline: the student’s network, seed, data order and epochs, trained on"
                  + " scores only"),
          List.of(
              "Pearson",
              "correlation of outputs with scores, −1 to 1; here times 100, higher is better"),
          List.of(
              "Spearman",
              "Pearson’s correlation of the ranks of outputs and scores; equal ones share the mean"
                  + " of theirs"),
          List.of(
              "RMSE", "root of the mean squared difference of output and score; lower is better"),
          List.of(
              "gap closed",
              "correlation gained by distillation as a share of the distance from the student alone"
                  + " to the teacher"));

  private ConventionsSection() {}

  private static List<List<String>> glossary(RunView run) {
    return run.report().measure() == Measure.PEARSON ? OF_SCORES : GLOSSARY;
  }

  static String of(RunView run) {
    Map<String, Object> conventions = run.report().recipe().conventions();
    Map<String, String> entries = new LinkedHashMap<>();
    Map<String, String> settings = new LinkedHashMap<>();
    conventions.forEach(
        (name, value) -> {
          if (!isFormula(name)) {
            Map<String, String> kind = name.contains(".") ? settings : entries;
            kind.put(code(name), Markup.escape(said(name, value)));
          }
        });
    entries.put("paper", Markup.escape(run.report().recipe().paper()));
    entries.put("split", Markup.escape(run.report().data().split()));
    String all =
        settings.isEmpty() ? "" : Html.numbers("All settings by key", definitions(settings)) + "\n";
    String words =
        glossary(run).stream()
            .map(entry -> Html.definition(entry.get(0), entry.get(1)))
            .collect(Collectors.joining());
    String body =
        formulas(conventions)
            + "\n"
            + definitions(entries)
            + "\n"
            + all
            + Html.more("What the words mean", Html.definitions("defs", words));
    return Html.section("conventions", "Conventions", "", body);
  }

  /** Whether a convention is the objective, of the whole or of a stage. */
  private static boolean isFormula(String name) {
    return name.startsWith("objective");
  }

  private static String code(String name) {
    return Markup.tag("code", Markup.escape(name));
  }

  private static String definitions(Map<String, String> entries) {
    return Html.definitions(
        "defs",
        entries.entrySet().stream()
            .map(e -> Html.definition(e.getKey(), e.getValue()))
            .collect(Collectors.joining()));
  }

  /** A number as JSON has it, which is the same text on every JVM. */
  private static String said(String name, Object value) {
    String text = value instanceof String s ? s : Json.write(value);
    return switch (name + "=" + text) {
      case "temperatureSquared=true" -> "true: the soft term is multiplied by T²";
      case "temperatureSquared=false" -> "false: the soft term is not multiplied by T²";
      case "reduction=batchmean" -> "batchmean: sum over classes, mean over examples";
      case "reduction=elementmean" -> "elementmean: mean over examples and classes, 1/C of the KL";
      default -> text;
    };
  }

  /** The record's own formulas; without one, that of soft targets with the record's weights. */
  private static String formulas(Map<String, Object> conventions) {
    String own =
        conventions.entrySet().stream()
            .filter(e -> isFormula(e.getKey()) && e.getValue() instanceof String)
            .map(e -> Markup.tag("p", Formula.of((String) e.getValue()), "class", "formula"))
            .collect(Collectors.joining("\n"));
    boolean weighted =
        conventions.get("hardWeight") instanceof Number
            && conventions.get("softWeight") instanceof Number;
    return !own.isEmpty() ? own : weighted ? softTargets(conventions) : "";
  }

  private static String softTargets(Map<String, Object> conventions) {
    boolean squared = Boolean.TRUE.equals(conventions.get("temperatureSquared"));
    String formula =
        "L = "
            + weight(conventions.get("hardWeight"))
            + " <i>·</i> H(y, q) <i>+</i> "
            + weight(conventions.get("softWeight"))
            + " "
            + (squared ? "<i>·</i> T<sup>2</sup> " : "")
            + "<i>·</i> KL(p<sup>T</sup> <i>‖</i> q<sup>T</sup>)";
    String note =
        "y is the label; p and q are the softmax of the teacher’s and the student’s logits, at"
            + " temperature T where it is written. This is the objective of KD; a stage by another"
            + " method has its own line under Path.";
    return Markup.tag("p", formula, "class", "formula") + "\n" + Html.note(note);
  }

  private static String weight(Object weight) {
    return Markup.tag("span", Json.write(weight), "class", "w");
  }
}
