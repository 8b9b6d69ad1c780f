package limbeck.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.Gemm;
import limbeck.engine.kernel.scalar.ScalarGemm;
import limbeck.engine.kernel.simd.VectorGemm;

/**
 * Times matrix products without a harness, line by line like {@code peers/openblas/sgemm.c}:
 * product, median milliseconds of processor time of the thread, GFLOP/s. The property {@code gemm}
 * = {@code simd} (default) or {@code scalar} chooses the kernel.
 */
public final class GemmTimes {
  private static final int ROUNDS = 15;
  private static final double ROUND_SECONDS = 0.02;
  private static final double WARM_UP_SECONDS = 0.6;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private GemmTimes() {}

  /**
   * @param args products, see {@link Product}
   */
  public static void main(String[] args) {
    Gemm gemm = "scalar".equals(System.getProperty("gemm")) ? new ScalarGemm() : new VectorGemm();
    Workers workers = Workers.inline();
    for (String text : args) {
      Product product = new Product(text);
      double seconds = median(product, gemm, workers);
      System.out.printf(
          Locale.ROOT,
          "%s %.5f %.2f%n",
          text,
          seconds * 1e3,
          product.operations() / seconds * 1e-9);
    }
  }

  private static double median(Product product, Gemm gemm, Workers workers) {
    long start = THREADS.getCurrentThreadCpuTime();
    while (THREADS.getCurrentThreadCpuTime() - start < WARM_UP_SECONDS * 1e9) {
      product.run(gemm, workers);
    }
    int repeats = 1;
    while (seconds(product, gemm, workers, repeats) * repeats < ROUND_SECONDS) {
      repeats *= 2;
    }
    double[] rounds = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      rounds[i] = seconds(product, gemm, workers, repeats);
    }
    Arrays.sort(rounds);
    return rounds[ROUNDS / 2];
  }

  private static double seconds(Product product, Gemm gemm, Workers workers, int repeats) {
    long start = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < repeats; i++) {
      product.run(gemm, workers);
    }
    return (THREADS.getCurrentThreadCpuTime() - start) * 1e-9 / repeats;
  }
}
