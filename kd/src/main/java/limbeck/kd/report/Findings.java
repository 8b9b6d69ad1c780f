package limbeck.kd.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleFunction;
import limbeck.kd.metric.GapClosed;
import limbeck.kd.metric.MeanInterval;
import limbeck.kd.metric.Measure;

/**
 * What each section of a report shows, in one sentence made from the data; empty where the data do
 * not have it. When the data say the opposite the same sentence says so.
 */
public final class Findings {
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
    MetricWords words = MetricWords.of(verdict.metric(), report.data().part());
    String noun = words.noun().replaceFirst("^test ", "");
    long wins = verdict.differences().stream().filter(d -> d * sign > 0).count();
    long losses = verdict.differences().stream().filter(d -> d * sign < 0).count();
    if (wins + losses == 0) {
      return inSeeds(verdict.differences().size(), words, words.same() + " " + noun + " as");
    }
    return wins > 0
        ? inSeeds(wins, words, words.direction(sign) + " " + noun + " than")
        : inSeeds(losses, words, words.direction(-sign) + " " + noun + " than");
  }

  private String inSeeds(long count, MetricWords words, String than) {
    return String.format(
        Locale.ROOT,
        "In %s of %s %s %s %s %s.",
        NumberFormats.spelled(count),
        NumberFormats.plural(verdict.differences().size(), "seed"),
        arm.phrase(),
        words.verb(),
        than,
        baseline.phrase());
  }

  /** Returns how much of the gap to the teacher is closed. */
  public String gapClosed() {
    Optional<Arm> teacher = report.rootTeacher();
    if (teacher.isEmpty() || !isDistillation()) {
      return "";
    }
    double[] t = costs(teacher.get());
    double[] s = costs(baseline);
    double[] d = costs(arm);
    if (t.length != s.length || s.length != d.length || s.length == 0) {
      return "";
    }
    String between = baseline.subject() + " and " + teacher.get().phrase();
    return GapClosed.of(s, d, t).map(share -> gapClosed(share, between)).orElse("");
  }

  private String gapClosed(MeanInterval share, String between) {
    String half =
        share.hasInterval() ? " ± " + NumberFormats.halfWidth(100 * share.halfWidth(), 0) : "";
    String amount = NumberFormats.percent(Math.abs(share.mean()), 0) + half;
    String gap = " the gap in " + MeasureFormat.of(report).gap() + " between " + between;
    String who = Sentences.capital(arm.phrase());
    return share.mean() < 0
        ? who + " widens" + gap + " by " + amount + "."
        : who + " closes " + amount + " of" + gap + ".";
  }

  private double[] costs(Arm of) {
    Measure measure = report.measure();
    return report.rowsOf(of.id()).stream()
        .mapToDouble(row -> row.value(measure))
        .filter(Double::isFinite)
        .map(measure::cost)
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
    int seeds = report.run().seeds().size();
    return String.format(
        Locale.ROOT,
        "%s is %s, with a calibration error of %s; %s has %s%s.",
        Sentences.capital(baseline.subject()),
        alone.get().bias() > 0 ? "overconfident" : "underconfident",
        NumberFormats.percent(alone.get().ece()),
        arm.phrase(),
        NumberFormats.percent(distilled.get().ece()),
        seeds > 1 ? ", " + NumberFormats.plural(seeds, "seed") + " taken together" : "");
  }

  private Optional<CalibrationEntry> calibrationOf(Arm of) {
    return report.calibration().stream()
        .filter(entry -> entry.arm().equals(of.id()) && !entry.bins().isEmpty())
        .findFirst();
  }

  /** Returns where the learning curves of validation error, or correlation, end. */
  public String curves() {
    boolean counts = report.measure() == Measure.ERRORS;
    DoubleFunction<String> form =
        counts ? NumberFormats::percentOf : x -> NumberFormats.fixed(x, 2);
    double[] alone = ends(baseline);
    double[] distilled = ends(arm);
    if (!isDistillation() || alone.length == 0 || distilled.length == 0) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        "%s %s ends at %s validation %s, %s at %s.",
        lastEpoch(arm) == lastEpoch(baseline) ? after(lastEpoch(arm)) : "At its last epoch",
        baseline.subject(),
        form.apply(MeanInterval.of(alone).mean()),
        counts ? "error" : "Pearson × 100",
        arm.phrase(),
        form.apply(MeanInterval.of(distilled).mean()));
  }

  private static String after(long epochs) {
    return "After " + NumberFormats.grouped(epochs) + (epochs == 1 ? " epoch" : " epochs");
  }

  private List<Curve> validationCurves(Arm of) {
    String curve = report.measure() == Measure.ERRORS ? "validationError" : "validationPearson";
    return report.curves().stream()
        .filter(c -> c.arm().equals(of.id()) && c.metric().equals(curve))
        .filter(c -> !c.values().isEmpty())
        .toList();
  }

  private double[] ends(Arm of) {
    return validationCurves(of).stream()
        .mapToDouble(c -> c.values().get(c.values().size() - 1))
        .toArray();
  }

  private long lastEpoch(Arm of) {
    List<Double> epochs = validationCurves(of).get(0).epochs();
    return Math.round(epochs.get(epochs.size() - 1));
  }

  /** Returns the pair of classes that gains most. */
  public String confusions() {
    return isDistillation() ? new PairThatGains(report, arm, baseline).finding() : "";
  }

  /**
   * Returns at how many of the sizes tried the distilled student makes fewer errors; where there is
   * one size, how it compares with the teacher.
   */
  public String pareto() {
    SizesTried sizes = new SizesTried(report.pareto(), arm.id());
    return isDistillation()
        ? sizes.count() > 1 ? sizes.finding() : report.rootTeacher().map(this::smaller).orElse("")
        : "";
  }

  private String smaller(Arm teacher) {
    Optional<ParetoPoint> large = point(teacher);
    Optional<ParetoPoint> small = point(arm);
    if (large.isEmpty() || small.isEmpty() || small.get().bytes() >= large.get().bytes()) {
      return "";
    }
    double size = (double) large.get().bytes() / small.get().bytes();
    double speed = large.get().latencyMs() / small.get().latencyMs();
    return String.format(
        Locale.ROOT,
        "%s is %s smaller than %s%s%s.",
        Sentences.capital(arm.phrase()),
        NumberFormats.ratio(size),
        teacher.phrase(),
        speed > 1 ? ", " + NumberFormats.ratio(speed) + " faster" : "",
        quality(small.get(), large.get()));
  }

  private String quality(ParetoPoint small, ParetoPoint large) {
    if (report.measure() == Measure.PEARSON) {
      MeasureFormat f = MeasureFormat.of(report);
      return ", with " + f.one(small.value()) + " " + f.noun() + " against " + f.one(large.value());
    }
    double errors = small.value() / large.value();
    return Double.isFinite(errors)
        ? ", and makes " + NumberFormats.ratio(errors) + " as many errors"
        : "";
  }

  private Optional<ParetoPoint> point(Arm of) {
    return report.pareto().stream()
        .filter(p -> of.id().equals(p.arm()) && p.bytes() > 0)
        .findFirst();
  }

  /** Returns whom the student learns from where that is not the teacher itself. */
  public String path() {
    return new PathTaken(report, arm).finding();
  }

  /** Returns what distilling took beside training the student alone. */
  public String cost() {
    return isDistillation() ? new DistillingCost(report, arm, baseline).finding() : "";
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
