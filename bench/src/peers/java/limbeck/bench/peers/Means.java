package limbeck.bench.peers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Geometric means of ratios, over the tasks of a phase, and the least of them. */
final class Means {
  /** A step takes less than the rivals' overhead: they would outweigh the others. */
  private static final Set<String> SMALL = Set.of("mlp-tiny 32x64", "bert-tiny 1x32x128");

  private final List<Row> rows;

  Means(List<Row> rows) {
    this.rows = rows;
  }

  /** Prints a line for each phase and peer that there are rows of. */
  void print() {
    peers().forEach((peer, all) -> printPeer(peer, all));
    line("infer, the faster peer", fastest("infer"));
  }

  private Map<String, List<Row>> peers() {
    Map<String, List<Row>> all = new LinkedHashMap<>();
    for (Row row : rows) {
      all.computeIfAbsent(row.peer(), p -> rows.stream().filter(r -> r.peer().equals(p)).toList());
    }
    return all;
  }

  private void printPeer(String peer, List<Row> all) {
    Predicate<Row> small = r -> SMALL.contains(r.task().workload());
    Predicate<Row> packed = r -> r.task().workload().startsWith("gemm np");
    line("train, " + peer, ratios(all, "train", small.negate()));
    line("train, the two small ones, " + peer, ratios(all, "train", small));
    line("infer, " + peer, ratios(all, "infer", r -> true));
    line("gemm, " + peer, ratios(all, "gemm", packed.negate()));
    line("gemm, ours packed before, " + peer, ratios(all, "gemm", packed));
  }

  private static List<Double> ratios(List<Row> all, String phase, Predicate<Row> which) {
    return all.stream()
        .filter(r -> r.task().phase().equals(phase))
        .filter(which)
        .map(Row::ratio)
        .toList();
  }

  /** The ratio to whichever peer is the fastest, for each task. */
  private List<Double> fastest(String phase) {
    Map<String, Double> least = new LinkedHashMap<>();
    for (Row r : rows) {
      if (r.task().phase().equals(phase)) {
        least.merge(r.task().workload(), r.ratio(), Math::min);
      }
    }
    return List.copyOf(least.values());
  }

  private static void line(String what, List<Double> ratios) {
    if (ratios.isEmpty()) {
      return;
    }
    System.out.printf(
        Locale.ROOT,
        "%-52s geometric mean %6.2f, least %6.2f, of %d%n",
        what,
        mean(ratios),
        ratios.stream().mapToDouble(r -> r).min().orElseThrow(),
        ratios.size());
  }

  /** The geometric mean. */
  static double mean(List<Double> ratios) {
    return Math.exp(ratios.stream().mapToDouble(Math::log).average().orElseThrow());
  }
}
