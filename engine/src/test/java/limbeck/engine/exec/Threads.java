package limbeck.engine.exec;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Threads in tests: what a pool has started, and waiting with an end. */
final class Threads {
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private Threads() {}

  /** The living threads of a pool. */
  static List<WorkerThread> of(Workers pool) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t instanceof WorkerThread w && w.isOf(pool))
        .map(WorkerThread.class::cast)
        .toList();
  }

  /** Waits until it holds; fails after a minute. */
  static void await(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        throw new AssertionError("waited a minute in vain");
      }
      Thread.yield();
    }
  }

  /** Sleeps, whatever happens. */
  static void sleep(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  /** Starts a thread whose failure {@link #joinAll} will throw. */
  static Thread start(Runnable work) {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread thread = new FailureKeeper(work, failure);
    thread.start();
    return thread;
  }

  /** Waits for the end of the threads, and fails if one of them failed. */
  static void joinAll(List<Thread> threads) {
    for (Thread thread : threads) {
      await(() -> !thread.isAlive());
      Throwable failure = ((FailureKeeper) thread).failure.get();
      if (failure != null) {
        throw new AssertionError(failure);
      }
    }
  }

  private static final class FailureKeeper extends Thread {
    final AtomicReference<Throwable> failure;

    FailureKeeper(Runnable work, AtomicReference<Throwable> failure) {
      super(work);
      this.failure = failure;
      setUncaughtExceptionHandler((thread, e) -> failure.set(e));
    }
  }
}
