package limbeck.engine.exec;

import java.lang.reflect.Method;

/**
 * How many bytes threads have allocated, as HotSpot counts them. Reached by reflection, because the
 * tests are compiled as part of a module that does not read the management modules.
 */
public final class AllocatedBytes {
  private static final Object BEAN;
  private static final Method ALLOCATED;

  static {
    try {
      Class<?> factory = Class.forName("java.lang.management.ManagementFactory");
      BEAN = factory.getMethod("getThreadMXBean").invoke(null);
      Class<?> type = Class.forName("com.sun.management.ThreadMXBean");
      ALLOCATED = type.getMethod("getThreadAllocatedBytes", long[].class);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("this JVM does not count allocated bytes", e);
    }
  }

  private AllocatedBytes() {}

  /** The sum over living threads, by {@link Thread#getId()}. Asking allocates a little itself. */
  public static long of(long... threads) {
    try {
      long sum = 0;
      for (long bytes : (long[]) ALLOCATED.invoke(BEAN, (Object) threads)) {
        sum += bytes;
      }
      return sum;
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
