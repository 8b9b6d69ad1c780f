package limbeck.bench.peers;

import limbeck.bench.workload.Case;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import limbeck.engine.exec.Workers;

/**
 * Times our workloads beside the peers', in turns: in each round everybody runs each case for a
 * while, and the figures are medians over the rounds. Prints a table and writes {@code peers.json}.
 * {@code bench/peers/run.sh} starts it with everything it needs.
 */
public final class PeerBench {
  private static final double SECONDS = 0.4;
  private static final int WARM_UP_RUNS = 3;
  private static final double WARM_UP_SECONDS = 4;

  /** Threads of others spin for a while after their work: they are to be asleep in our turn. */
  private static final long PAUSE_MILLIS = 250;

  private final int threads;
  private final int rounds;
  private final List<Party> parties;
  private final List<String> rows = new ArrayList<>();
  private final MachineLimits limits;

  private PeerBench(int threads, int rounds, List<Party> parties) {
    this.threads = threads;
    this.rounds = rounds;
    this.parties = parties;
    this.limits = MachineLimits.measure(threads);
  }

  /**
   * @param args the folder of the networks, the number of threads, of rounds, where to write JSON,
   *     and optionally a part of the names of the cases to run
   */
  public static void main(String[] args) throws Exception {
    Path models = Path.of(args[0]);
    int threads = Integer.parseInt(args[1]);
    String filter = args.length > 4 ? args[4] : "";
    System.setProperty("ai.djl.pytorch.num_threads", args[1]);
    try (Workers workers = Workers.of(threads)) {
      List<Party> parties =
          List.of(new Limbeck(workers), new Torch(models), new OnnxRuntime(models, threads));
      PeerBench bench = new PeerBench(threads, Integer.parseInt(args[2]), parties);
      bench.header();
      List<Case> cases = new ArrayList<>(Case.TRAIN);
      cases.addAll(Case.INFER);
      for (Case c : cases) {
        if ((c.phase() + " " + c.title()).contains(filter)) {
          bench.run(c);
        }
      }
      bench.write(Path.of(args[3]));
    }
    System.exit(0); // threads of libtorch would linger
  }

  private void header() {
    System.out.printf(
        Locale.ROOT,
        "Java %s, %d threads, %d rounds; %.1f GFMA/s, %.1f GB/s%n",
        Runtime.version(),
        threads,
        rounds,
        limits.multiplyAdds() * 1e-9,
        limits.bytes() * 1e-9);
    System.out.printf(
        Locale.ROOT,
        "%-30s %-22s %10s %10s %7s %10s%n",
        "case",
        "peer",
        "ours ms",
        "peer ms",
        "ratio",
        "limit ms");
  }

  private void run(Case c) throws Exception {
    List<Party> able = parties.stream().filter(p -> p.can(c)).toList();
    double[][] times = new double[able.size()][rounds];
    List<Party.Job> jobs = new ArrayList<>();
    for (Party p : able) {
      Party.Job job = p.start(c);
      jobs.add(job);
      time(job, p == parties.get(0) ? WARM_UP_SECONDS : SECONDS);
      Thread.sleep(PAUSE_MILLIS);
    }
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < jobs.size(); i++) {
        Thread.sleep(PAUSE_MILLIS);
        times[i][round] = time(jobs.get(i), SECONDS);
      }
    }
    jobs.forEach(Party.Job::close);
    double limit = limits.milliseconds(c);
    for (int i = 1; i < able.size(); i++) {
      row(c, able.get(i).name(), median(times[0]), median(times[i]), limit);
    }
  }

  private void row(Case c, String peer, double ours, double theirs, double limit) {
    System.out.printf(
        Locale.ROOT,
        "%-30s %-22s %10.3f %10.3f %7.2f %10.3f%n",
        c.phase() + " " + c.title(),
        peer,
        ours,
        theirs,
        theirs / ours,
        limit);
    rows.add(
        String.format(
            Locale.ROOT,
            "  {\"workload\": \"%s\", \"phase\": \"%s\", \"threads\": %d, \"oursMs\": %.4f,"
                + " \"peer\": \"%s\", \"peerMs\": %.4f, \"ratio\": %.4f, \"limitMs\": %.4f}",
            c.title(),
            c.phase(),
            threads,
            ours,
            peer,
            theirs,
            theirs / ours,
            limit));
  }

  private void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, "[\n" + String.join(",\n", rows) + "\n]\n");
  }

  /** Milliseconds of a run, the mean over {@code seconds}. */
  private static double time(Party.Job job, double seconds) {
    for (int i = 0; i < WARM_UP_RUNS; i++) {
      job.run();
    }
    long start = System.nanoTime();
    long runs = 0;
    do {
      job.run();
      runs++;
    } while (System.nanoTime() - start < seconds * 1e9);
    return (System.nanoTime() - start) * 1e-6 / runs;
  }

  private static double median(double[] x) {
    double[] sorted = x.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
