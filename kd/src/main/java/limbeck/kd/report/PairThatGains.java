package limbeck.kd.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The pair of classes that an arm confuses less often than its baseline: of those that the teacher
 * finds alike or, where the record has none, of all.
 */
final class PairThatGains {
  private final RunReport report;
  private final Arm arm;
  private final Arm baseline;

  /** Errors within a pair of classes, both directions, of the baseline and of the arm. */
  private record Pair(int a, int b, long before, long after) {
    long gain() {
      return before - after;
    }
  }

  /** Speaks of an arm beside its baseline. */
  PairThatGains(RunReport report, Arm arm, Arm baseline) {
    this.report = report;
    this.arm = arm;
    this.baseline = baseline;
  }

  /** The sentence; empty where the record has no confusions of both. */
  String finding() {
    List<Pair> pairs = alike();
    Optional<Pair> best =
        (pairs.isEmpty() ? all() : pairs).stream().max(Comparator.comparingLong(Pair::gain));
    return best.map(this::sentence).orElse("");
  }

  private List<Pair> alike() {
    List<Pair> pairs = new ArrayList<>();
    for (ConfusablePair p : report.pairs()) {
      Long before = p.errors().get("student");
      Long after = p.errors().get("distilled");
      if (before != null && after != null) {
        pairs.add(new Pair(p.a(), p.b(), before, after));
      }
    }
    return pairs;
  }

  private List<Pair> all() {
    Optional<Confusion> before = report.confusionOf(baseline.id());
    Optional<Confusion> after = report.confusionOf(arm.id());
    List<Pair> pairs = new ArrayList<>();
    if (before.isEmpty() || after.isEmpty()) {
      return pairs;
    }
    for (int a = 0; a < report.data().classes().size(); a++) {
      for (int b = a + 1; b < report.data().classes().size(); b++) {
        pairs.add(new Pair(a, b, between(before.get(), a, b), between(after.get(), a, b)));
      }
    }
    return pairs;
  }

  private static long between(Confusion c, int a, int b) {
    return c.counts().get(a).get(b) + c.counts().get(b).get(a);
  }

  private String sentence(Pair pair) {
    return String.format(
        Locale.ROOT,
        "%s is %s and %s: %s errors by %s, %s by %s, over %s.",
        pair.gain() > 0 ? "The pair that gains most" : "No pair gains; the one that loses least",
        className(pair.a()),
        className(pair.b()),
        NumberFormats.grouped(pair.before()),
        baseline.subject(),
        NumberFormats.grouped(pair.after()),
        arm.phrase(),
        NumberFormats.plural(report.run().seeds().size(), "seed"));
  }

  private String className(int index) {
    List<String> names = report.data().classes();
    return index < names.size() ? names.get(index) : Integer.toString(index);
  }
}
