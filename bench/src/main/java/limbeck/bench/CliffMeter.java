package limbeck.bench;

import java.lang.management.ManagementFactory;

/**
 * Measures a kernel against a plain loop of the same run, y = fma(x, c, y) over 4,096 numbers in
 * the first-level cache. Both are timed by turns, in processor time of the thread, and the least of
 * each counts: so the quotient stays what it is when other programs take turns on the core, or the
 * core changes its clock.
 */
final class CliffMeter {
  private static final int N = 4096;
  private static final int PASSES = 400;
  private static final long SAMPLE_NANOS = 500_000;
  private static final com.sun.management.ThreadMXBean THREAD =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final float[] x = new float[N];
  private final float[] y = new float[N];
  private double plain = Double.POSITIVE_INFINITY;

  /** What was seen of a kernel: the least of all samples. */
  static final class Seen {
    private int runs = 1;
    private double nanos = Double.POSITIVE_INFINITY;
    private long bytes = Long.MAX_VALUE;
    private double ratio = Double.POSITIVE_INFINITY;

    /** Its time over that of a pass of the plain loop. */
    double ratio() {
      return ratio;
    }

    /** Bytes that a run allocates. */
    long bytes() {
      return bytes;
    }
  }

  /** A meter whose plain loop is compiled. */
  CliffMeter() {
    for (int i = 0; i < 50; i++) {
      plainLoop();
    }
  }

  private void plainLoop() {
    long start = now();
    for (int pass = 0; pass < PASSES; pass++) {
      fma(x, y);
    }
    plain = Math.min(plain, (now() - start) / (double) PASSES);
  }

  private static void fma(float[] x, float[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] = Math.fma(x[i], 0.5f, y[i]);
    }
  }

  /** Runs a kernel some times, more of them until they take half a millisecond, and adds it. */
  void sample(Runnable kernel, Seen seen) {
    plainLoop();
    long bytes = THREAD.getCurrentThreadAllocatedBytes();
    long nanos = now();
    for (int i = 0; i < seen.runs; i++) {
      kernel.run();
    }
    nanos = now() - nanos;
    bytes = THREAD.getCurrentThreadAllocatedBytes() - bytes;
    seen.nanos = Math.min(seen.nanos, nanos / (double) seen.runs);
    seen.bytes = Math.min(seen.bytes, bytes / seen.runs);
    seen.ratio = seen.nanos / plain;
    seen.runs = nanos < SAMPLE_NANOS ? 2 * seen.runs : seen.runs;
  }

  /** Processor time of this thread, in nanoseconds. */
  static long now() {
    return THREAD.getCurrentThreadCpuTime();
  }
}
