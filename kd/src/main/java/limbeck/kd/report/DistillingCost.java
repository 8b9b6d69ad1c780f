package limbeck.kd.report;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What distilling a student took beside training it alone, and what had to be there before. */
final class DistillingCost {
  private final RunReport report;
  private final Arm distilled;
  private final Arm alone;

  DistillingCost(RunReport report, Arm distilled, Arm alone) {
    this.report = report;
    this.distilled = distilled;
    this.alone = alone;
  }

  /** The sentence; empty where the time of either is not known. */
  String finding() {
    Optional<Cost> without = costOf(alone);
    Optional<Cost> with = costOf(distilled);
    if (without.isEmpty() || with.isEmpty()) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        "%s took %s the time of training %s%s.",
        Sentences.capital(training(with.get())),
        NumberFormats.ratio(with.get().seconds() / without.get().seconds()),
        alone.subject(),
        once());
  }

  /** The first stage of an arm that took time is its training. */
  private Optional<Cost> costOf(Arm of) {
    return report.cost().stream()
        .filter(c -> of.id().equals(c.arm()) && c.seconds() > 0)
        .findFirst();
  }

  /** "training the distilled student", or what the stage says of several networks. */
  private String training(Cost stage) {
    return stage.stage().startsWith("Train ")
        ? "training " + stage.stage().substring("Train ".length())
        : "training " + report.arm(stage.arm()).phrase();
  }

  /** What had to be there before: the networks that the arm learned from, and what they say. */
  private String once() {
    Set<String> sources = report.sourcesOf(distilled);
    double seconds = 0;
    Set<String> on = new LinkedHashSet<>();
    boolean kept = false;
    for (Cost stage : report.cost()) {
      if (stage.once()
          && (stage.arm() == null
              || sources.contains(stage.arm()) && report.isShown(stage.arm()))) {
        seconds += stage.seconds();
        kept |= !on.add(stage.arm() == null ? stage.stage() : report.arm(stage.arm()).phrase());
      }
    }
    return on.isEmpty()
        ? ""
        : String.format(
            Locale.ROOT,
            ", after %s spent once on %s%s",
            NumberFormats.duration(seconds),
            Sentences.list(List.copyOf(on)),
            kept ? ", kept outputs included" : "");
  }
}
