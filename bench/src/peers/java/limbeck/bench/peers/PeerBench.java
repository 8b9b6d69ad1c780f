package limbeck.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import limbeck.bench.workload.Case;
import limbeck.bench.workload.Products;
import limbeck.engine.exec.Workers;

/**
 * Times our workloads, and the matrix products in them, beside the peers', in turns: in each round
 * everybody does each task for a while, and the figures are medians over the rounds. Prints a table
 * and means, and writes {@code peers.json}. {@code bench/peers/run.sh} starts it with everything it
 * needs.
 *
 * <p>Peers that need a newer JDK than we do are found as services, if they have been compiled.
 */
public final class PeerBench {
  private static final double SECONDS = 0.4;

  /** Threads of others spin for a while after their work: they are to be asleep in our turn. */
  private static final long PAUSE_MILLIS = 250;

  private final int threads;
  private final int rounds;
  private final List<Party> parties;
  private final List<Row> rows = new ArrayList<>();
  private final MachineLimits limits;

  private PeerBench(int threads, int rounds, List<Party> parties) {
    this.threads = threads;
    this.rounds = rounds;
    this.parties = parties;
    this.limits = MachineLimits.measure(threads);
  }

  /**
   * @param args the folder of the networks, the number of threads, of rounds, where to write JSON,
   *     the program that asks OpenBLAS for products ("none": there is none), and a part of the
   *     names of the tasks to do, which may be empty
   */
  public static void main(String[] args) throws Exception {
    Path models = Path.of(args[0]);
    int threads = Integer.parseInt(args[1]);
    System.setProperty("ai.djl.pytorch.num_threads", args[1]);
    OpenBlas blas = args[4].equals("none") ? null : new OpenBlas(Path.of(args[4]));
    try (Workers workers = Workers.of(threads)) {
      List<Party> parties = new ArrayList<>();
      parties.add(new Limbeck(workers));
      parties.add(new Torch(models));
      parties.add(new OnnxRuntime(models, threads));
      if (blas != null) {
        parties.add(blas);
      }
      ServiceLoader.load(Party.class).forEach(parties::add);
      PeerBench bench = new PeerBench(threads, Integer.parseInt(args[2]), parties);
      bench.header();
      for (Task t : tasks(args[5])) {
        bench.run(t);
      }
      new Means(bench.rows).print();
      bench.write(Path.of(args[3]));
    } finally {
      if (blas != null) {
        blas.end();
      }
    }
    System.exit(0); // threads of libtorch would linger
  }

  private static List<Task> tasks(String filter) {
    List<Task> all = new ArrayList<>();
    Case.TRAIN.forEach(c -> all.add(new Task.Step(c)));
    Case.INFER.forEach(c -> all.add(new Task.Step(c)));
    Products.ALL.forEach(p -> all.add(new Task.Multiply(p)));
    all.removeIf(t -> !(t.phase() + " " + t.workload()).contains(filter));
    return all;
  }

  private void header() {
    System.out.printf(
        Locale.ROOT,
        "Java %s, %d threads, %d rounds; %.1f GFMA/s, %.1f GB/s%n%s%n",
        Runtime.version(),
        threads,
        rounds,
        limits.multiplyAdds() * 1e-9,
        limits.bytes() * 1e-9,
        Row.TITLES);
  }

  private void run(Task t) throws Exception {
    List<Party> able = parties.stream().filter(p -> p.can(t)).toList();
    double[][] times = new double[able.size()][rounds];
    List<Party.Job> jobs = new ArrayList<>();
    for (Party p : able) {
      Party.Job job = p.start(t);
      jobs.add(job);
      job.milliseconds(p == parties.get(0) ? t.warmUpSeconds() : SECONDS);
      Thread.sleep(PAUSE_MILLIS);
    }
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < jobs.size(); i++) {
        Thread.sleep(PAUSE_MILLIS);
        times[i][round] = jobs.get(i).milliseconds(SECONDS);
      }
    }
    jobs.forEach(Party.Job::close);
    double limit = t.multiplyAdds() / limits.multiplyAdds() * 1e3;
    for (int i = 1; i < able.size(); i++) {
      Row row =
          new Row(t, threads, median(times[0]), able.get(i).name(), median(times[i]), limit);
      System.out.println(row.text());
      rows.add(row);
    }
  }

  private void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    String lines = rows.stream().map(Row::json).collect(Collectors.joining(",\n"));
    Files.writeString(file, "[\n" + lines + "\n]\n");
  }

  private static double median(double[] x) {
    double[] sorted = x.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
