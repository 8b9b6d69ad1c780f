package limbeck.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.Gemm;
import limbeck.engine.kernel.scalar.ScalarGemm;
import limbeck.engine.kernel.simd.VectorGemm;

/**
 * Times matrix products without a harness, line by line like {@code peers/openblas/sgemm.c}:
 * product, median milliseconds of processor time of the thread, GFLOP/s. The property {@code gemm}
 * = {@code simd} (default), {@code scalar} or {@code plain}, three loops, chooses the kernel.
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
    Consumer<Product> kernel = kernel(System.getProperty("gemm", "simd"));
    for (String text : args) {
      Product product = new Product(text);
      double seconds = median(product, kernel);
      System.out.printf(
          Locale.ROOT,
          "%s %.5f %.2f%n",
          text,
          seconds * 1e3,
          product.operations() / seconds * 1e-9);
    }
  }

  private static Consumer<Product> kernel(String name) {
    Workers workers = Workers.inline();
    Gemm gemm = name.equals("scalar") ? new ScalarGemm() : new VectorGemm();
    return switch (name) {
      case "simd", "scalar" -> product -> product.run(gemm, workers);
      case "plain" -> Product::runPlainly;
      default ->
          throw new IllegalArgumentException(
              "property gemm is \"" + name + "\"; use simd, scalar or plain");
    };
  }

  private static double median(Product product, Consumer<Product> kernel) {
    long start = THREADS.getCurrentThreadCpuTime();
    while (THREADS.getCurrentThreadCpuTime() - start < WARM_UP_SECONDS * 1e9) {
      kernel.accept(product);
    }
    int repeats = 1;
    while (seconds(product, kernel, repeats) * repeats < ROUND_SECONDS) {
      repeats *= 2;
    }
    double[] rounds = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      rounds[i] = seconds(product, kernel, repeats);
    }
    Arrays.sort(rounds);
    return rounds[ROUNDS / 2];
  }

  private static double seconds(Product product, Consumer<Product> kernel, int repeats) {
    long start = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < repeats; i++) {
      kernel.accept(product);
    }
    return (THREADS.getCurrentThreadCpuTime() - start) * 1e-9 / repeats;
  }
}
