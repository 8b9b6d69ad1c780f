package limbeck.bench.workload;

import java.util.Locale;
import limbeck.engine.exec.Workers;

/**
 * Trains a workload for minutes, and prints once a minute the heap in use after a collection and
 * the mean time of a step: neither may grow.
 *
 * <pre>
 * java --add-modules jdk.incubator.vector -cp bench/target/benchmarks.jar \
 *     limbeck.bench.workload.Soak WORKLOAD MINUTES
 * </pre>
 */
public final class Soak {
  private static final double MINUTE = 60e9;

  private Soak() {}

  /**
   * @param args the name of a workload, and how many minutes
   */
  public static void main(String[] args) {
    if (args.length != 2) {
      System.err.println("usage: Soak WORKLOAD MINUTES");
      System.exit(2);
    }
    Case training =
        Case.TRAIN.stream()
            .filter(c -> c.workload().equals(args[0]))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no training of " + args[0]));
    Runnable step = CaseRun.of(training, Workers.shared());
    for (int minute = 1; minute <= Integer.parseInt(args[1]); minute++) {
      long start = System.nanoTime();
      long steps = 0;
      do {
        step.run();
        steps++;
      } while (System.nanoTime() - start < MINUTE);
      double milliseconds = (System.nanoTime() - start) * 1e-6 / steps;
      System.out.printf(
          Locale.ROOT, "minute %3d  %8d KiB  %10.4f ms%n", minute, heap() >> 10, milliseconds);
    }
  }

  /** Bytes in use after a collection. */
  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
