package limbeck.kd.measure;

import java.util.Arrays;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.program.Program;
import limbeck.engine.program.Runner;

/**
 * How fast a program runs here.
 *
 * @param latencyMs median time of one example on one core, in milliseconds
 * @param throughput examples a second in batches of 64, on all workers
 */
public record Speed(double latencyMs, double throughput) {
  private static final long WARM_UP_NANOS = 150_000_000L;
  private static final int SAMPLES = 301;

  /** Measures for about half a second. */
  public static Speed of(Program program) {
    double one = median(program.runner(new OpContext(Workers.inline())), 1);
    double many = median(program.runner(), 64);
    return new Speed(one * 1e-6, 64e9 / many);
  }

  private static double median(Runner runner, int batch) {
    float[] in = new float[batch * runner.program().example().size()];
    for (int i = 0; i < in.length; i++) {
      in[i] = i % 7 / 7f;
    }
    float[] out = new float[runner.program().outputShape(batch).size()];
    long start = System.nanoTime();
    while (System.nanoTime() - start < WARM_UP_NANOS) {
      runner.run(in, out);
    }
    long[] nanos = new long[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      long before = System.nanoTime();
      runner.run(in, out);
      nanos[i] = System.nanoTime() - before;
    }
    Arrays.sort(nanos);
    return nanos[SAMPLES / 2];
  }
}
