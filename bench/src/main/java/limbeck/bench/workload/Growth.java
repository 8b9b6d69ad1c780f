package limbeck.bench.workload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import limbeck.autograd.Module;
import limbeck.autograd.Summary;
import limbeck.autograd.Tracer;
import limbeck.autograd.optim.Adam;
import limbeck.bench.Product;
import limbeck.bench.workload.GrowthNetwork.Size;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.Gemm;
import limbeck.engine.kernel.KernelProvider;
import limbeck.engine.op.OpContext;
import limbeck.engine.program.Runner;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * How the cost of a training step and of an inference grows with batch, length, width, depth and
 * threads: tables in Markdown, one for each {@link GrowthNetwork}, in which one size at a time is
 * varied. Beside each time stands what its multiply-adds take at the rate of a matrix product of
 * 512³, measured before, and beside it the memory that is kept from run to run: the workspace of
 * training, values and scratch of inference.
 *
 * <pre>
 * java --add-modules jdk.incubator.vector -cp bench/target/benchmarks.jar \
 *     limbeck.bench.workload.Growth [quick] [NETWORK ...]
 * </pre>
 */
public final class Growth {
  private static final int TRAINING_PRODUCTS = 3;
  private static final int ROUNDS = 5;
  private static final double MIB = 1 << 20;

  private final boolean quick;
  private final double rate;

  /** Quick: two values of each size instead of four, and a fifth of the time. */
  Growth(boolean quick) {
    this.quick = quick;
    this.rate = rate();
  }

  /**
   * What is measured at one size.
   *
   * @param trainMs a training step
   * @param inferMs an inference
   * @param trainBytes kept by training
   * @param inferBytes kept by inference
   * @param multiplyAdds of an inference
   */
  record Cost(
      double trainMs, double inferMs, long trainBytes, long inferBytes, long multiplyAdds) {}

  /**
   * @param args {@code quick}, and names of networks; all if there are none
   */
  public static void main(String[] args) {
    List<String> words = new ArrayList<>(List.of(args));
    Growth growth = new Growth(words.remove("quick"));
    for (GrowthNetwork network : GrowthNetwork.values()) {
      if (words.isEmpty() || words.contains(network.name().toLowerCase(Locale.ROOT))) {
        growth.table(network).forEach(System.out::println);
      }
    }
  }

  /** The table of one network, line by line. */
  List<String> table(GrowthNetwork network) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%n%s, varied from %s; limit at %.1f G multiply-adds/s a thread%n",
            network.name().toLowerCase(Locale.ROOT),
            network.base(),
            rate * 1e-9));
    lines.add("| varied | train ms | limit | MiB | infer ms | limit | MiB |");
    lines.add("|---|---|---|---|---|---|---|");
    for (String axis : network.axes()) {
      for (int value : values(axis, network.base().get(axis))) {
        Size size = network.base().with(axis, value);
        lines.add(line(axis + " " + value, size, cost(network, size)));
      }
    }
    return lines;
  }

  /** Half of the usual size and its doubles; threads and layers from one. */
  private int[] values(String axis, int usual) {
    if (axis.equals("threads")) {
      return new int[] {1, 2};
    }
    int first = Math.max(1, usual / 2);
    return quick
        ? new int[] {first, 2 * first}
        : new int[] {first, 2 * first, 4 * first, 8 * first};
  }

  private String line(String varied, Size size, Cost c) {
    double inferLimit = c.multiplyAdds() / (rate * size.threads()) * 1e3;
    return String.format(
        Locale.ROOT,
        "| %s | %.3f | %.3f | %.2f | %.3f | %.3f | %.2f |",
        varied,
        c.trainMs(),
        TRAINING_PRODUCTS * inferLimit,
        c.trainBytes() / MIB,
        c.inferMs(),
        inferLimit,
        c.inferBytes() / MIB);
  }

  /** Measures one network at one size. */
  Cost cost(GrowthNetwork kind, Size size) {
    Shape example = kind.example(size);
    Module network = kind.network(size).init(1);
    long multiplyAdds = Summary.of(network, DType.F32, example).multiplyAdds() * size.batch();
    Tensor x = batch(example, size.batch());
    try (Workers workers = Workers.of(size.threads())) {
      OpContext context = new OpContext(workers);
      Runnable training =
          CaseRun.training(network, new Adam(network.parameters(), 1e-4), x, context);
      double trainMs = milliseconds(training);
      Runner runner = Tracer.trace(network, DType.F32, example).runner(workers);
      Tensor out = Tensor.zeros(DType.F32, Shape.of(size.batch(), GrowthNetwork.CLASSES));
      double inferMs = milliseconds(() -> runner.run(x, out));
      return new Cost(trainMs, inferMs, context.workspace().bytes(), runner.bytes(), multiplyAdds);
    }
  }

  private static Tensor batch(Shape example, int examples) {
    int[] axes = new int[example.rank() + 1];
    axes[0] = examples;
    System.arraycopy(example.toArray(), 0, axes, 1, example.rank());
    Tensor x = Tensor.zeros(DType.F32, Shape.of(axes));
    Philox random = new Philox(1);
    for (int i = 0; i < x.size(); i++) {
      x.set(i, random.normal(i));
    }
    return x;
  }

  /** Multiply-adds a second of a large product in one thread: what layers can hope for. */
  private double rate() {
    Product product = new Product("nn:512:512:512");
    Gemm gemm = KernelProvider.f32().newGemm();
    Runnable run = () -> product.run(gemm, Workers.inline());
    mean(run, 1);
    return product.operations() / 2 / milliseconds(run) * 1e3;
  }

  /** The median of five rounds, after as long a warm-up. */
  private double milliseconds(Runnable run) {
    double seconds = quick ? 0.04 : 0.2;
    mean(run, ROUNDS * seconds);
    double[] times = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      times[i] = mean(run, seconds);
    }
    Arrays.sort(times);
    return times[ROUNDS / 2];
  }

  private static double mean(Runnable run, double seconds) {
    long start = System.nanoTime();
    long runs = 0;
    do {
      run.run();
      runs++;
    } while (System.nanoTime() - start < seconds * 1e9);
    return (System.nanoTime() - start) * 1e-6 / runs;
  }
}
