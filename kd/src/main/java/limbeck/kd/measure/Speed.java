package limbeck.kd.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.program.Program;
import limbeck.engine.program.Runner;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Network;
import limbeck.kd.data.Dataset;

/**
 * How fast a network runs here. What is measured is its program, on examples of a data set; not the
 * making of its inputs, such as cutting texts into tokens.
 *
 * @param latencyMs median time of one example on one core, in milliseconds
 * @param throughput examples a second in batches of 64, on all workers
 * @param throughputOneCore the same on one core
 */
public record Speed(double latencyMs, double throughput, double throughputOneCore) {
  private static final long WARM_UP_NANOS = 150_000_000L;
  private static final int MOST_SAMPLES = 301;
  private static final int LEAST_SAMPLES = 31;
  private static final long ENOUGH_NANOS = 2_000_000_000L;
  private static final int MOST_BATCHES = 50;
  private static final int BATCH = 64;

  /** Measures for about a second, up to six where a batch takes longer than some milliseconds. */
  public static Speed of(Network network, Program program, Dataset data) {
    double single = median(oneCore(program), network, data, 1);
    double slow = median(oneCore(program), network, data, BATCH);
    double fast = median(program.runner(), network, data, BATCH);
    return new Speed(single * 1e-6, BATCH * 1e9 / fast, BATCH * 1e9 / slow);
  }

  private static Runner oneCore(Program program) {
    return program.runner(new OpContext(Workers.inline()));
  }

  private static double median(Runner runner, Network network, Dataset data, int batch) {
    List<Tensor[]> in = batches(network, data, batch);
    List<Tensor> out = new ArrayList<>();
    for (Tensor[] x : in) {
      Shape[] shapes = Arrays.stream(x).map(Tensor::shape).toArray(Shape[]::new);
      out.add(Tensor.zeros(DType.F32, runner.program().outputShape(shapes)));
    }
    long start = System.nanoTime();
    for (int i = 0; System.nanoTime() - start < WARM_UP_NANOS; i = (i + 1) % in.size()) {
      runner.run(in.get(i), out.get(i));
    }
    long[] nanos = new long[MOST_SAMPLES];
    int samples = 0;
    long begun = System.nanoTime();
    while (samples < LEAST_SAMPLES
        || samples < MOST_SAMPLES && System.nanoTime() - begun < ENOUGH_NANOS) {
      int which = samples % in.size();
      long before = System.nanoTime();
      runner.run(in.get(which), out.get(which));
      nanos[samples] = System.nanoTime() - before;
      samples++;
    }
    Arrays.sort(nanos, 0, samples);
    return nanos[samples / 2];
  }

  /**
   * The first examples of a set, in batches: one where all are alike; of few, some several times.
   */
  private static List<Tensor[]> batches(Network network, Dataset data, int size) {
    int count = data.ofOneLength() ? 1 : Math.max(1, Math.min(MOST_BATCHES, data.size() / size));
    List<Tensor[]> batches = new ArrayList<>();
    for (int b = 0; b < count; b++) {
      int from = b * size;
      int[] some = IntStream.range(from, from + size).map(i -> i % data.size()).toArray();
      batches.add(network.tensors(data.inputs(some)));
    }
    return batches;
  }
}
