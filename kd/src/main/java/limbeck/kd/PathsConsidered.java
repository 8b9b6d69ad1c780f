package limbeck.kd;

import java.util.ArrayList;
import java.util.List;
import limbeck.kd.measure.Measured;
import limbeck.kd.measure.Results;
import limbeck.kd.metric.Measure;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.Chosen;
import limbeck.kd.report.Paths;

/**
 * The ways to networks that were chosen among others: for each candidate who was taught by whom,
 * and what it came to on validation data.
 */
final class PathsConsidered {
  private final Results results;

  PathsConsidered(Results results) {
    this.results = results;
  }

  /** Those of all choices, in the order of the recipe. */
  List<Paths.Considered> all() {
    List<Paths.Considered> all = new ArrayList<>();
    for (Arm arm : results.experiment().arms()) {
      if (arm.derivation() instanceof Chosen chosen && !results.of(arm).isEmpty()) {
        for (int i = 0; i < chosen.of().size(); i++) {
          all.add(considered(arm, chosen, i));
        }
      }
    }
    return all;
  }

  private Paths.Considered considered(Arm arm, Chosen chosen, int candidate) {
    Arm one = results.arm(chosen.of().get(candidate));
    double mean =
        results.of(arm).stream()
            .map(Measured::trained)
            .mapToDouble(t -> t.history().choice().values().get(candidate))
            .average()
            .orElse(Double.NaN);
    List<String> path = path(one);
    for (String other : chosen.of()) {
      if (!other.equals(one.id()) && path(results.arm(other)).equals(path)) {
        path = labelled(path, one); // the networks alone would not tell which
      }
    }
    return new Paths.Considered(
        path,
        results.measure(),
        results.measure() == Measure.ERRORS
            ? 100 * mean / results.experiment().validation().size()
            : 100 * mean,
        results.origin(arm).equals(results.origin(one)),
        results.seedsWith(arm, one.id()));
  }

  private static List<String> labelled(List<String> path, Arm arm) {
    List<String> labelled = new ArrayList<>(path.subList(0, path.size() - 1));
    labelled.add(arm.network().architecture().name() + " (" + arm.label() + ")");
    return labelled;
  }

  /** Networks from the first teacher to an arm. */
  private List<String> path(Arm arm) {
    Arm origin = results.origin(arm);
    List<String> path =
        origin.taughtBy() == null
            ? new ArrayList<>()
            : new ArrayList<>(path(results.arm(origin.taughtBy())));
    path.add(origin.network().architecture().name());
    return path;
  }
}
