package limbeck.kd.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import limbeck.kd.metric.Measure;
import limbeck.kd.metric.PairedInterval;

/**
 * Several runs on the same data, one arm of each against that of the first. Seeds that both runs
 * have are paired; others are not compared.
 */
public final class RunComparison {
  private static final int DIGEST = 12; // digits of a hash that tell data apart at a glance

  private final List<Entry> runs;

  /**
   * One run.
   *
   * @param name short name, none twice
   * @param report its record
   * @param arm id of the arm that is compared
   */
  public record Entry(String name, RunReport report, String arm) {
    /** Returns the arm. */
    public Arm compared() {
      return report.arm(arm);
    }

    /** Returns "the distilled student in demo". */
    String phrase() {
      return compared().phrase() + " in " + name;
    }
  }

  /**
   * A run against the first one.
   *
   * @param run the run
   * @param seeds seeds that both have, in the order of the first
   * @param differences its errors, or what it is judged by, − those of the first, seed by seed
   * @param left seeds that only one of the two has
   * @param verdict what they come to, its arm and baseline named after the runs; empty with fewer
   *     than two seeds
   */
  public record Pairing(
      Entry run,
      List<Long> seeds,
      List<Double> differences,
      List<Long> left,
      Optional<VerdictRecord> verdict) {
    /** Copies the lists. */
    public Pairing {
      seeds = List.copyOf(seeds);
      differences = List.copyOf(differences);
      left = List.copyOf(left);
    }
  }

  private RunComparison(List<Entry> runs) {
    this.runs = List.copyOf(runs);
  }

  /**
   * Compares runs by name.
   *
   * @param reports at least two, the first is what the others are compared with
   * @param arm id of the arm to compare; null for that of each run's verdict
   * @throws IllegalArgumentException naming the runs if their data differ, or one has no such arm
   */
  public static RunComparison of(Map<String, RunReport> reports, String arm) {
    if (reports.size() < 2) {
      throw new IllegalArgumentException("compare: at least two different runs are needed");
    }
    List<Entry> runs = new ArrayList<>();
    reports.forEach((name, report) -> runs.add(new Entry(name, report, armOf(name, report, arm))));
    runs.forEach(run -> requireSameData(runs.get(0), run));
    return new RunComparison(runs);
  }

  private static String armOf(String name, RunReport report, String arm) {
    if (arm == null) {
      return report.verdict().arm();
    }
    List<String> ids = report.allArms().stream().map(Arm::id).toList();
    if (!ids.contains(arm)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "compare: %s has no arm %s; it has %s",
              name,
              arm,
              String.join(", ", ids)));
    }
    return arm;
  }

  private static void requireSameData(Entry first, Entry other) {
    if (!first.report().data().digest().equals(other.report().data().digest())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "compare: only runs on the same data can be compared, but %s is on %s and %s is on"
                  + " %s",
              first.name(),
              data(first),
              other.name(),
              data(other)));
    }
  }

  private static String data(Entry run) {
    String digest = run.report().data().digest();
    String start = digest.substring(0, Math.min(DIGEST, digest.length()));
    return run.report().data().name() + " (SHA-256 " + start + "…)";
  }

  /** Returns the runs, the first one first. */
  public List<Entry> runs() {
    return runs;
  }

  /** Returns the data that all runs share. */
  public DataSummary data() {
    return runs.get(0).report().data();
  }

  /** Returns every other run against the first. */
  public List<Pairing> pairings() {
    return runs.subList(1, runs.size()).stream().map(this::pairing).toList();
  }

  private Pairing pairing(Entry run) {
    Map<Long, Double> baseline = figures(runs.get(0));
    Map<Long, Double> figures = figures(run);
    List<Long> seeds = new ArrayList<>(baseline.keySet());
    seeds.retainAll(figures.keySet());
    Set<Long> left = new LinkedHashSet<>(baseline.keySet());
    left.addAll(figures.keySet());
    seeds.forEach(left::remove);
    double[] mine = seeds.stream().mapToDouble(figures::get).toArray();
    double[] first = seeds.stream().mapToDouble(baseline::get).toArray();
    List<Double> differences =
        seeds.stream().map(seed -> figures.get(seed) - baseline.get(seed)).toList();
    Optional<VerdictRecord> verdict =
        seeds.size() < 2 ? Optional.empty() : Optional.of(verdict(run, mine, first));
    return new Pairing(run, seeds, differences, List.copyOf(left), verdict);
  }

  private VerdictRecord verdict(Entry run, double[] figures, double[] first) {
    PairedInterval interval = PairedInterval.overSeeds(figures, first);
    Measure m = measure();
    return VerdictRecord.of(
        run.name(), runs.get(0).name(), m.word(), m.lowerIsBetter(), null, interval, 0);
  }

  /** What runs are compared by: the same for all, as their data are. */
  private Measure measure() {
    return runs.get(0).report().measure();
  }

  /** Returns how figures and differences are written. */
  public MeasureFormat format() {
    return MeasureFormat.of(runs.get(0).report());
  }

  private Map<Long, Double> figures(Entry run) {
    Map<Long, Double> figures = new LinkedHashMap<>();
    for (Row row : run.report().rowsOf(run.arm())) {
      if (Double.isFinite(row.value(measure()))) {
        figures.put(row.seed(), row.value(measure()));
      }
    }
    return figures;
  }

  /** Returns what a pairing came to, in a sentence. */
  public String sentence(Pairing pairing) {
    Entry first = runs.get(0);
    if (pairing.verdict().isPresent()) {
      VerdictSentences sentences = new VerdictSentences(data(), this::phrase);
      VerdictRecord verdict = pairing.verdict().get();
      String plan = sentences.plan(verdict);
      return sentences.sentence(verdict) + (plan.isEmpty() ? "" : " " + plan);
    }
    String who = pairing.run().name() + " and " + first.name();
    if (pairing.seeds().isEmpty()) {
      return Sentences.capital(who) + " have no seed in common: they are not compared.";
    }
    return String.format(
        Locale.ROOT,
        "%s have one seed in common, %d: a difference of %s %s, and no interval over seeds.",
        Sentences.capital(who),
        pairing.seeds().get(0),
        format().signed(pairing.differences().get(0)),
        format().word());
  }

  private String phrase(String run) {
    return runs.stream()
        .filter(entry -> entry.name().equals(run))
        .map(Entry::phrase)
        .findFirst()
        .orElse(run);
  }

  /** Returns the comparison as values of JSON. */
  public Map<String, Object> json() {
    return new JsonObject()
        .member("data", data().json())
        .member("runs", runs.stream().map(RunComparison::json).toList())
        .member("comparisons", pairings().stream().map(this::json).toList())
        .map();
  }

  private static Map<String, Object> json(Entry run) {
    return new JsonObject()
        .put("name", run.name())
        .put("recipe", run.report().run().recipe())
        .put("command", run.report().run().command())
        .put("arm", run.arm())
        .put("rows", run.report().rowsOf(run.arm()).stream().map(Row::json).toList())
        .map();
  }

  private Map<String, Object> json(Pairing pairing) {
    JsonObject object =
        new JsonObject()
            .put("run", pairing.run().name())
            .put("baseline", runs.get(0).name())
            .member("seeds", pairing.seeds())
            .member("differences", JsonObject.value(pairing.differences()))
            .member("left", pairing.left());
    pairing.verdict().ifPresent(verdict -> object.put("verdict", verdict.json()));
    return object.map();
  }
}
