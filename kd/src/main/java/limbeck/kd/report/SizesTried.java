package limbeck.kd.report;

import java.util.List;
import java.util.Optional;
import limbeck.kd.metric.Measure;

/** At how many of the sizes tried a distilled student makes fewer errors than the same alone. */
final class SizesTried {
  private final List<ParetoPoint> all;
  private final List<ParetoPoint> alone;
  private final List<ParetoPoint> distilled;

  /**
   * Sizes of the students.
   *
   * @param arm id of the distilled arm; points of other distilled arms do not count
   */
  SizesTried(List<ParetoPoint> points, String arm) {
    this.all = points.stream().filter(p -> p.bytes() > 0).toList();
    this.alone = all.stream().filter(p -> p.role().equals("student")).toList();
    this.distilled =
        all.stream()
            .filter(p -> p.role().equals("distilled"))
            .filter(p -> p.arm() == null || p.arm().equals(arm))
            .filter(p -> sameAlone(p).isPresent())
            .toList();
  }

  private Optional<ParetoPoint> sameAlone(ParetoPoint p) {
    return alone.stream().filter(other -> other.bytes() == p.bytes()).findFirst();
  }

  /** How many sizes have both. */
  long count() {
    return distilled.size();
  }

  /** The sentence; empty where no size has both. */
  String finding() {
    if (distilled.isEmpty()) {
      return "";
    }
    String front =
        alone.stream().anyMatch(this::isOnFront)
            ? "."
            : "; no student trained alone is on the front.";
    String fewer =
        " the distilled student "
            + (distilled.get(0).measure() == Measure.ERRORS
                ? "makes fewer errors"
                : "has more correlation")
            + " than the same network trained alone";
    return "At " + sizes() + fewer + front;
  }

  private String sizes() {
    long better = distilled.stream().filter(p -> sameAlone(p).get().cost() > p.cost()).count();
    int tried = distilled.size();
    if (better == tried) {
      return tried == 1 ? "the size tried" : "every size tried";
    }
    String some = better == 0 ? "none" : NumberFormats.spelled(better);
    return some + " of " + NumberFormats.plural(tried, "size") + " tried";
  }

  /** Whether no network of at most its size makes as few errors. */
  private boolean isOnFront(ParetoPoint point) {
    return all.stream()
        .filter(other -> other.bytes() <= point.bytes())
        .noneMatch(
            other ->
                other.cost() < point.cost()
                    || other.cost() == point.cost() && other.bytes() < point.bytes());
  }
}
