package limbeck.bench.workload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import limbeck.bench.HeapMeter;
import limbeck.engine.exec.Workers;

/**
 * Times the workloads, ourselves alone: milliseconds of a training step or an inference, the median
 * over rounds, and the bytes that it allocates.
 *
 * <pre>
 * java --add-modules jdk.incubator.vector -cp bench/target/benchmarks.jar \
 *     limbeck.bench.workload.WorkloadTimes WORKERS ROUNDS [PART OF A CASE'S NAME [SECONDS]]
 * </pre>
 *
 * <p>A case's name is for example {@code train resnet20 64x3x32x32}; with 0 rounds the names are
 * listed. Before it is timed a case runs for so many seconds, 4 if none are given: on one core,
 * which the compiler has to share, a training step of JDK 17 needs more. Other engines beside ours:
 * {@code bench/peers/run.sh}. Both JDKs, both widths and two cores in turns: {@code
 * bench/checks/settings.sh}.
 */
public final class WorkloadTimes {
  private static final String WARM_UP_SECONDS = "4";
  private static final double ROUND_SECONDS = 0.4;

  private WorkloadTimes() {}

  /**
   * @param args workers, rounds, a part of the names of the cases to time, seconds of warm-up
   */
  public static void main(String[] args) {
    if (args.length < 2) {
      System.err.println("usage: WorkloadTimes WORKERS ROUNDS [PART OF A CASE'S NAME [SECONDS]]");
      System.exit(2);
    }
    int rounds = Integer.parseInt(args[1]);
    String part = args.length > 2 ? args[2] : "";
    double warmUp = Double.parseDouble(args.length > 3 ? args[3] : WARM_UP_SECONDS);
    List<Case> cases = new ArrayList<>(Case.TRAIN);
    cases.addAll(Case.INFER);
    try (Workers workers = Workers.of(Integer.parseInt(args[0]))) {
      for (Case c : cases) {
        if (name(c).contains(part)) {
          show(c, workers, rounds, warmUp);
        }
      }
    }
  }

  private static String name(Case c) {
    return c.phase() + " " + c.title();
  }

  private static void show(Case c, Workers workers, int rounds, double warmUp) {
    if (rounds == 0) {
      System.out.println(name(c));
      return;
    }
    Runnable run = CaseRun.of(c, workers);
    milliseconds(run, warmUp);
    double[] times = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      times[i] = milliseconds(run, ROUND_SECONDS);
    }
    Arrays.sort(times);
    long bytes = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long before = HeapMeter.allocated();
      run.run();
      bytes = Math.min(bytes, HeapMeter.allocated() - before - HeapMeter.least());
    }
    System.out.printf(
        Locale.ROOT, "%-32s %10.3f ms %8d bytes%n", name(c), times[rounds / 2], Math.max(0, bytes));
  }

  /** The mean over as many runs as {@code seconds} take. */
  private static double milliseconds(Runnable run, double seconds) {
    long start = System.nanoTime();
    long runs = 0;
    do {
      run.run();
      runs++;
    } while (System.nanoTime() - start < seconds * 1e9);
    return (System.nanoTime() - start) * 1e-6 / runs;
  }
}
