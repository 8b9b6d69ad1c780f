package limbeck.engine.exec;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Atomic longs, each alone on its pair of cache lines, so that threads which write neighbouring
 * ones do not slow each other down.
 */
final class PaddedLongs {
  /** 128 bytes: processors prefetch 64-byte lines in pairs. */
  private static final int STRIDE = 16;

  private final AtomicLongArray array;

  /** {@code n} zeros. */
  PaddedLongs(int n) {
    array = new AtomicLongArray((n + 1) * STRIDE); // the first stride keeps the array's header away
  }

  private static int at(int i) {
    return (i + 1) * STRIDE;
  }

  long get(int i) {
    return array.get(at(i));
  }

  void set(int i, long value) {
    array.set(at(i), value);
  }

  boolean compareAndSet(int i, long expected, long value) {
    return array.compareAndSet(at(i), expected, value);
  }

  /** Adds, and returns the sum. */
  long add(int i, long delta) {
    return array.addAndGet(at(i), delta);
  }
}
