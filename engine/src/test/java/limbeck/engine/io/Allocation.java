package limbeck.engine.io;

import java.lang.reflect.Method;

/**
 * How many bytes the current thread has allocated so far. Through reflection, because the tests are
 * compiled as part of a module that does not read jdk.management.
 */
final class Allocation {
  private static final Object THREADS = threads();
  private static final Method BYTES = bytes();

  private Allocation() {}

  static long soFar() {
    try {
      return (long) BYTES.invoke(THREADS);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object threads() {
    try {
      Class<?> factory = Class.forName("java.lang.management.ManagementFactory");
      return factory.getMethod("getThreadMXBean").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Method bytes() {
    try {
      Class<?> threads = Class.forName("com.sun.management.ThreadMXBean");
      return threads.getMethod("getCurrentThreadAllocatedBytes");
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
