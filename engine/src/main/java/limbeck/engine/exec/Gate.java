package limbeck.engine.exec;

import java.util.concurrent.locks.LockSupport;

/**
 * Lets worker threads into a region while it is open, and lets the caller wait until the last has
 * left. A worker that comes too late finds the gate closed, so the caller never waits for a thread
 * that is still waking up.
 *
 * <p>What the caller wrote before {@link #open} is visible to whoever enters; what a worker wrote
 * before {@link #leave} is visible to the caller after {@link #closeAndWait}.
 */
final class Gate {
  // one word: region number, open bit, 16 bits of threads inside
  private static final long INSIDE = 0xFFFF;
  private static final long OPEN = INSIDE + 1;
  private static final int NUMBER_SHIFT = 17;

  private final PaddedLongs word = new PaddedLongs(1);
  private volatile Thread waiting;

  /** Opens the next region. The gate must be closed and nobody inside. */
  void open() {
    long number = (word.get(0) >>> NUMBER_SHIFT) + 1;
    word.set(0, (number << NUMBER_SHIFT) | OPEN);
  }

  boolean isOpen() {
    return (word.get(0) & OPEN) != 0;
  }

  /** Whether a region other than number {@code seen} is open. */
  boolean isOpenAfter(long seen) {
    return isOpenAfter(seen, word.get(0));
  }

  private static boolean isOpenAfter(long seen, long value) {
    return (value & OPEN) != 0 && (value >>> NUMBER_SHIFT) != seen;
  }

  /**
   * Enters the open region unless it is number {@code seen}.
   *
   * @return the number of the region entered, at least 1; 0 if not entered
   */
  long enter(long seen) {
    while (true) {
      long value = word.get(0);
      if (!isOpenAfter(seen, value)) {
        return 0;
      }
      if (word.compareAndSet(0, value, value + 1)) {
        return value >>> NUMBER_SHIFT;
      }
    }
  }

  /** Leaves the region. */
  void leave() {
    long value = word.add(0, -1);
    if ((value & (OPEN | INSIDE)) == 0) {
      LockSupport.unpark(waiting); // null is allowed; waking a later caller for nothing is harmless
    }
  }

  /** Closes the gate and returns when nobody is inside: spins for so long, then parks. */
  void closeAndWait(long spinNanos) {
    word.add(0, -OPEN);
    if (isEmpty()) {
      return;
    }
    long start = System.nanoTime();
    for (int turn = 0; !isEmpty() && System.nanoTime() - start < spinNanos; turn++) {
      Spin.turn(turn);
    }
    if (!isEmpty()) {
      parkUntilEmpty();
    }
  }

  private boolean isEmpty() {
    return (word.get(0) & INSIDE) == 0;
  }

  private void parkUntilEmpty() {
    boolean interrupted = false;
    waiting = Thread.currentThread();
    while (!isEmpty()) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted(); // park does not wait in an interrupted thread
    }
    waiting = null;
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
