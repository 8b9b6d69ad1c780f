package limbeck.kd.train;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/**
 * Prefetching: makes what the next step needs while the caller takes this one. Only the time of its
 * making changes, never what is made, as that is a function of the step alone. What is made faster
 * than it could be handed over is made by the caller; so is all on a machine of one processor.
 *
 * @param <T> what a step needs; two of them exist at a time
 */
final class Ahead<T> {
  /** Handing over costs two wake-ups; what is made in less than this is not worth them. */
  static final long WORTHWHILE_NANOS = 100_000;

  private static final long IDLE_SECONDS = 2;
  private static final ExecutorService THREADS = threads();

  private final LongFunction<T> source;
  private final long end;
  private final boolean free;
  private Future<T> next;
  private long nextStep;

  /** Written by whoever made the last item, read when that has been waited for. */
  private long nanos;

  private double cpuSeconds;

  /**
   * Of a source, which is asked by one thread at a time.
   *
   * @param source makes a step's item
   * @param end the step after the last
   * @param processors of this machine
   */
  Ahead(LongFunction<T> source, long end, int processors) {
    this.source = source;
    this.end = end;
    this.free = processors > 1;
  }

  /**
   * A step's item, and begins the next one's.
   *
   * @throws RuntimeException or Error: what the source threw for this step
   */
  T get(long step) {
    Future<T> made = next;
    next = null;
    T item;
    if (made == null) {
      item = make(step);
    } else {
      T other = await(made, nextStep == step);
      item = nextStep == step ? other : make(step);
    }
    if (free && nanos >= WORTHWHILE_NANOS && step + 1 < end) {
      nextStep = step + 1;
      next = THREADS.submit(() -> metered(step + 1));
    }
    return item;
  }

  private T make(long step) {
    long begin = System.nanoTime();
    T item = source.apply(step);
    nanos = System.nanoTime() - begin;
    return item;
  }

  private T metered(long step) {
    double before = CpuTime.ofThisThread();
    try {
      return make(step);
    } finally {
      add(CpuTime.ofThisThread() - before);
    }
  }

  /** What was made, whose failure is thrown only where it is wanted. */
  private static <T> T await(Future<T> made, boolean wanted) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return made.get();
        } catch (InterruptedException e) {
          interrupted = true; // the item is on its way, and its memory is ours
        }
      }
    } catch (ExecutionException e) {
      if (wanted && e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (wanted) {
        throw (Error) e.getCause(); // a source throws nothing that is checked
      }
      return null;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized void add(double spent) {
    cpuSeconds += spent;
  }

  /** CPU seconds of other threads since the last call; NaN where the JVM cannot tell. */
  synchronized double cpuSeconds() {
    double spent = cpuSeconds;
    cpuSeconds = 0;
    return spent;
  }

  private static ExecutorService threads() {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        r -> {
          Thread t = new Thread(r, "limbeck-batches");
          t.setDaemon(true);
          return t;
        });
  }
}
