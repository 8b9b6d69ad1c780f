package limbeck.bench.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import limbeck.bench.HeapMeter;
import limbeck.engine.exec.Workers;

/**
 * Prints what a training step or an inference of each workload allocates on the heap, over all
 * threads that live, for 1, 2, 3 and 8 workers: the mean of five runs in a row, as soon as they
 * fit. Until the compiler has seen a loop often enough, its vectors are objects. Ends with 1 if an
 * inference allocates anything, or a step more than 64 KiB.
 *
 * <pre>
 * java --add-modules jdk.incubator.vector -cp bench/target/benchmarks.jar \
 *     limbeck.bench.workload.WorkloadAllocations [SECONDS PER CASE [PART OF A CASE'S NAME]]
 * </pre>
 */
public final class WorkloadAllocations {
  private static final int[] WORKERS = {1, 2, 3, 8};
  private static final long MOST_OF_A_STEP = 64 << 10;

  /** Runs that are looked at together, so that none of them may allocate. */
  private static final int TOGETHER = 5;

  private WorkloadAllocations() {}

  /**
   * @param args seconds after which a case has failed, 60 if not given, and a part of the names of
   *     cases
   */
  public static void main(String[] args) {
    double seconds = args.length > 0 ? Double.parseDouble(args[0]) : 60;
    String part = args.length > 1 ? args[1] : "";
    List<Case> cases = new ArrayList<>(Case.TRAIN);
    cases.addAll(Case.INFER);
    boolean good = true;
    for (Case c : cases) {
      String name = c.phase() + " " + c.title();
      if (name.contains(part)) {
        for (int count : WORKERS) {
          long bytes = least(c, count, seconds);
          boolean fits = bytes <= most(c);
          System.out.printf(
              Locale.ROOT,
              "%-32s %d workers %8d bytes%s%n",
              name,
              count,
              bytes,
              fits ? "" : "  TOO MUCH");
          good &= fits;
        }
      }
    }
    System.exit(good ? 0 : 1);
  }

  /** The mean of a few runs in a row: those that fit, or the least of what was seen in time. */
  private static long least(Case c, int count, double seconds) {
    try (Workers workers = Workers.of(count)) {
      Runnable run = CaseRun.of(c, workers);
      run.run(); // starts the threads: asking about more of them allocates more
      long asking = HeapMeter.least();
      long least = Long.MAX_VALUE;
      long start = System.nanoTime();
      do {
        long before = HeapMeter.allocated();
        for (int i = 0; i < TOGETHER; i++) {
          run.run();
        }
        long bytes = Math.max(0, HeapMeter.allocated() - before - asking);
        least = Math.min(least, (bytes + TOGETHER - 1) / TOGETHER);
      } while (least > most(c) && System.nanoTime() - start < seconds * 1e9);
      return least;
    }
  }

  private static long most(Case c) {
    return c.training() ? MOST_OF_A_STEP : 0;
  }
}
