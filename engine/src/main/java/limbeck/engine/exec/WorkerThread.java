package limbeck.engine.exec;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * One thread of a pool. Between regions it spins for a moment, because the next region often
 * follows at once, then parks, and ends when nothing was asked of it for {@link #KEEP_ALIVE_NANOS}.
 * A thread keeps the class loaders of whoever started it reachable; so an idle pool keeps none.
 */
final class WorkerThread extends Thread {
  static final long KEEP_ALIVE_NANOS = 30_000_000_000L;

  private static final int RUNNING = 0;
  private static final int PARKED = 1;
  private static final int RETIRED = 2;

  private final Workers pool;
  private final int slot;
  private final AtomicInteger state = new AtomicInteger(RUNNING);

  WorkerThread(Workers pool, int slot) {
    super(null, null, "limbeck-worker-" + slot, 0, false);
    this.pool = pool;
    this.slot = slot;
    setDaemon(true);
    setContextClassLoader(null);
  }

  /**
   * Sees to it that this thread looks at the gate.
   *
   * @return false if it has ended and cannot
   */
  boolean wake() {
    if (state.get() == PARKED && state.compareAndSet(PARKED, RUNNING)) {
      LockSupport.unpark(this);
    }
    return state.get() != RETIRED;
  }

  boolean isOf(Workers other) {
    return pool == other;
  }

  /** Its number in the pool, 1 or more. */
  int slot() {
    return slot;
  }

  /** Waits for the end of this thread; an interrupt does not shorten the wait, and stays set. */
  void joinFully() {
    boolean interrupted = false;
    while (isAlive()) {
      try {
        join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void run() {
    try {
      work();
    } finally {
      state.set(RETIRED); // also after an error, so that another thread takes over the slot
    }
  }

  private void work() {
    long seen = 0;
    do {
      long entered = spin(seen);
      if (entered != 0) {
        pool.takePart(slot);
        seen = entered;
      } else {
        park(seen);
      }
    } while (!pool.hasEnded() && state.get() != RETIRED);
  }

  private long spin(long seen) {
    long start = System.nanoTime();
    long entered = pool.gate().enter(seen);
    for (int turn = 0; entered == 0 && spins(start); turn++) {
      Spin.turn(turn);
      entered = pool.gate().enter(seen);
    }
    return entered;
  }

  private boolean spins(long start) {
    return !pool.hasEnded() && System.nanoTime() - start < pool.spinNanos(slot);
  }

  /** Returns when there may be work, or retired. */
  private void park(long seen) {
    long start = System.nanoTime();
    state.set(PARKED); // before the gate is looked at: the caller opens the gate, then looks here
    while (state.get() == PARKED && !pool.gate().isOpenAfter(seen) && !pool.hasEnded()) {
      long left = start + pool.keepAliveNanos() - System.nanoTime();
      if (left <= 0 && state.compareAndSet(PARKED, RETIRED)) {
        return;
      }
      LockSupport.parkNanos(this, left);
      Thread.interrupted(); // nobody has reason to interrupt; but parking must go on working
    }
    state.set(RUNNING);
  }
}
