package limbeck.bench;

import java.lang.management.ManagementFactory;

/** What all threads that live have allocated on the heap. */
public final class HeapMeter {
  private static final com.sun.management.ThreadMXBean BEAN =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private HeapMeter() {}

  /** Bytes allocated so far. */
  public static long allocated() {
    long sum = 0;
    for (long bytes : BEAN.getThreadAllocatedBytes(BEAN.getAllThreadIds())) {
      sum += Math.max(0, bytes);
    }
    return sum;
  }

  /** What asking itself allocates. */
  public static long least() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 50; i++) {
      long before = allocated();
      least = Math.min(least, allocated() - before);
    }
    return least;
  }
}
