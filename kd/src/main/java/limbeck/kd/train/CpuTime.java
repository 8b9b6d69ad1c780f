package limbeck.kd.train;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;

/** CPU time of threads, where the JVM can tell it. */
final class CpuTime {
  private static final ThreadMXBean THREADS = threads();

  private CpuTime() {}

  private static ThreadMXBean threads() {
    ThreadMXBean bean = ManagementFactory.getThreadMXBean();
    return bean.isThreadCpuTimeSupported() && bean.isThreadCpuTimeEnabled() ? bean : null;
  }

  /** Seconds of the calling thread since it began; NaN if unknown. */
  static double ofThisThread() {
    return THREADS == null
        ? Double.NaN
        : THREADS.getThreadCpuTime(Thread.currentThread().getId()) * 1e-9;
  }

  /** Seconds of the threads of a pool together, those that have ended left out; NaN if unknown. */
  static double of(List<Thread> pool) {
    if (THREADS == null) {
      return Double.NaN;
    }
    long nanos = 0;
    for (Thread t : pool) {
      nanos += Math.max(0, THREADS.getThreadCpuTime(t.getId()));
    }
    return nanos * 1e-9;
  }
}
