package limbeck.kd.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import limbeck.kd.metric.GapClosed;
import limbeck.kd.metric.MeanInterval;

/**
 * What each section of a report shows, in one sentence made from the data; empty where the data do
 * not have it. When the data say the opposite the same sentence says so.
 */
public final class Findings {
  private static final String ALONE = "the same seed trained alone";

  private final RunReport report;
  private final VerdictRecord verdict;
  private final Arm arm;
  private final Arm baseline;

  /** Speaks of one report. */
  public Findings(RunReport report) {
    this.report = report;
    this.verdict = report.verdict();
    this.arm = report.arm(verdict.arm());
    this.baseline = report.arm(verdict.baseline());
  }

  private boolean isDistillation() {
    return arm.role().equals("distilled") && baseline.role().equals("student");
  }

  /** Returns in how many seeds the arm is better than its baseline. */
  public String result() {
    if (!verdict.overSeeds()) {
      return "One seed says nothing about the next: run at least three for a verdict on the method"
          + " rather than on this pair of networks.";
    }
    double sign = verdict.lowerIsBetter() ? -1 : 1;
    long wins = verdict.differences().stream().filter(d -> d * sign > 0).count();
    MetricWords words = MetricWords.of(verdict.metric(), report.data().part());
    String who = arm.role().equals("distilled") ? "the distilled student" : arm.phrase();
    String against = baseline.role().equals("student") ? ALONE : baseline.phrase();
    return String.format(
        Locale.ROOT,
        "In %s of %s %s %s %s %s than %s.",
        wins == 0 ? "none" : NumberFormats.spelled(wins),
        NumberFormats.plural(verdict.differences().size(), "seed"),
        who,
        words.verb(),
        words.direction(sign),
        words.noun().replaceFirst("^test ", ""),
        against);
  }

  /** Returns how much of the gap to the teacher is closed. */
  public String gapClosed() {
    Optional<Arm> teacher =
        report.shownArms().stream().filter(a -> a.role().equals("teacher")).findFirst();
    if (teacher.isEmpty() || !isDistillation()) {
      return "";
    }
    double[] t = errors(teacher.get());
    double[] s = errors(baseline);
    double[] d = errors(arm);
    if (t.length != s.length || s.length != d.length || s.length == 0) {
      return "";
    }
    return GapClosed.of(s, d, t).map(Findings::gapClosed).orElse("");
  }

  private static String gapClosed(MeanInterval share) {
    String mean = NumberFormats.percent(share.mean(), 0);
    String half =
        share.hasInterval() ? " ± " + NumberFormats.halfWidth(100 * share.halfWidth(), 0) : "";
    return "Distillation closes "
        + mean
        + half
        + " of the gap in errors between the student alone and the teacher.";
  }

  private double[] errors(Arm of) {
    return report.rowsOf(of.id()).stream()
        .mapToDouble(Row::errors)
        .filter(errors -> errors >= 0)
        .toArray();
  }

  /** Returns at which of the values that were tried the arm does best, and at which worst. */
  public String values() {
    return ValuesTried.of(report).stream().findFirst().map(ValuesTried::finding).orElse("");
  }

  /** Returns how well confidence and accuracy fit, alone and distilled. */
  public String calibration() {
    Optional<CalibrationEntry> alone = calibrationOf(baseline);
    Optional<CalibrationEntry> distilled = calibrationOf(arm);
    if (!isDistillation() || alone.isEmpty() || distilled.isEmpty()) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        "The student alone is %s, with a calibration error of %s; distilled it has %s.",
        alone.get().bias() > 0 ? "overconfident" : "underconfident",
        NumberFormats.percent(alone.get().ece()),
        NumberFormats.percent(distilled.get().ece()));
  }

  private Optional<CalibrationEntry> calibrationOf(Arm of) {
    return report.calibration().stream()
        .filter(entry -> entry.arm().equals(of.id()) && !entry.bins().isEmpty())
        .findFirst();
  }

  /** Returns where the learning curves of validation error end. */
  public String curves() {
    double[] alone = ends(baseline);
    double[] distilled = ends(arm);
    if (!isDistillation() || alone.length == 0 || distilled.length == 0) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        "After %s %s the student alone ends at %s validation error, the distilled one at %s.",
        NumberFormats.grouped(Math.round(lastEpoch())),
        Math.round(lastEpoch()) == 1 ? "epoch" : "epochs",
        NumberFormats.percentOf(MeanInterval.of(alone).mean()),
        NumberFormats.percentOf(MeanInterval.of(distilled).mean()));
  }

  private List<Curve> errorCurves(Arm of) {
    return report.curves().stream()
        .filter(c -> c.arm().equals(of.id()) && c.metric().equals("validationError"))
        .filter(c -> !c.values().isEmpty())
        .toList();
  }

  private double[] ends(Arm of) {
    return errorCurves(of).stream()
        .mapToDouble(c -> c.values().get(c.values().size() - 1))
        .toArray();
  }

  private double lastEpoch() {
    List<Double> epochs = errorCurves(arm).get(0).epochs();
    return epochs.get(epochs.size() - 1);
  }

  /** Returns the pair of classes that gains most. */
  public String confusions() {
    Optional<ConfusablePair> best =
        report.pairs().stream()
            .filter(p -> p.errors().containsKey("student") && p.errors().containsKey("distilled"))
            .max(Comparator.comparingLong(Findings::gain));
    if (best.isEmpty() || gain(best.get()) <= 0) {
      return "";
    }
    ConfusablePair pair = best.get();
    return String.format(
        Locale.ROOT,
        "The pair that gains most is %s and %s: %s errors alone, %s distilled, over %s.",
        className(pair.a()),
        className(pair.b()),
        NumberFormats.grouped(pair.errors().get("student")),
        NumberFormats.grouped(pair.errors().get("distilled")),
        NumberFormats.plural(report.run().seeds().size(), "seed"));
  }

  private static long gain(ConfusablePair pair) {
    return pair.errors().get("student") - pair.errors().get("distilled");
  }

  private String className(int index) {
    List<String> names = report.data().classes();
    return index < names.size() ? names.get(index) : Integer.toString(index);
  }

  /** Returns at how many of the sizes tried the distilled student makes fewer errors. */
  public String pareto() {
    return isDistillation() ? new SizesTried(report.pareto(), arm.id()).finding() : "";
  }

  /** Returns whom the student learns from where that is not the teacher itself. */
  public String path() {
    List<Paths.Hop> chain = report.paths().chain();
    boolean assisted = report.allArms().stream().anyMatch(a -> a.role().equals("assistant"));
    if (!assisted || chain.isEmpty() || chain.get(chain.size() - 1).taughtBy().isEmpty()) {
      return "";
    }
    List<String> teachers = chain.get(chain.size() - 1).taughtBy();
    Set<String> names = new LinkedHashSet<>();
    teachers.forEach(id -> names.add("the " + report.arm(id).label()));
    boolean itself = teachers.stream().anyMatch(id -> report.arm(id).role().equals("teacher"));
    String who = "The student learns from " + list(names);
    return who + (itself ? "." : ", not from the teacher itself.") + againstDirect();
  }

  private String againstDirect() {
    return report.comparisons().stream()
        .filter(c -> report.arm(c.baseline()).role().equals("distilled"))
        .findFirst()
        .map(c -> " Against learning from the teacher directly this is " + c.label().label() + ".")
        .orElse("");
  }

  /** Returns what distilling took beside training the student alone. */
  public String cost() {
    Optional<Cost> alone = costOf(baseline);
    Optional<Cost> distilled = costOf(arm);
    if (!isDistillation() || alone.isEmpty() || distilled.isEmpty()) {
      return "";
    }
    String ratio = NumberFormats.ratio(distilled.get().seconds() / alone.get().seconds());
    return "Distilling took " + ratio + " the time of training the student alone" + once() + ".";
  }

  private Optional<Cost> costOf(Arm of) {
    return report.cost().stream()
        .filter(c -> !c.once() && of.id().equals(c.arm()) && c.seconds() > 0)
        .findFirst();
  }

  private String once() {
    double seconds = 0;
    Set<String> on = new LinkedHashSet<>();
    for (Cost stage : report.cost()) {
      if (stage.once() && (stage.arm() == null || report.isShown(stage.arm()))) {
        seconds += stage.seconds();
        on.add(subject(stage));
      }
    }
    return on.isEmpty()
        ? ""
        : ", after " + NumberFormats.duration(seconds) + " spent once on " + list(on);
  }

  private String subject(Cost stage) {
    if (stage.stage().toLowerCase(Locale.ROOT).contains("logits")) {
      return "its cached logits";
    }
    return stage.arm() == null ? stage.stage() : report.arm(stage.arm()).phrase();
  }

  private static String list(Set<String> items) {
    List<String> all = new ArrayList<>(items);
    String last = all.remove(all.size() - 1);
    return all.isEmpty() ? last : String.join(", ", all) + " and " + last;
  }

  /** Returns all findings that the data have, in the order of the sections. */
  public List<String> all() {
    List<String> said = new ArrayList<>();
    for (String finding :
        List.of(
            result(),
            gapClosed(),
            values(),
            pareto(),
            confusions(),
            calibration(),
            curves(),
            path(),
            cost())) {
      if (!finding.isEmpty()) {
        said.add(finding);
      }
    }
    return said;
  }
}
