package limbeck.engine.exec;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;

/**
 * A pool of threads that share out independent ranges of work by work stealing. The caller is one
 * of the workers; the others are daemon threads, started when first needed and ended when long
 * idle. A call of {@link #forEach} allocates nothing (but for threads it has to start).
 *
 * <p>Results do not depend on the number of workers as long as the chunks of a call do not depend
 * on each other: how units are cut into chunks is a function of the arguments alone.
 */
public final class Workers implements AutoCloseable {
  /** The property that sizes the {@link #shared} pool. */
  public static final String PROPERTY = "limbeck.workers";

  private static final int MOST = 4096;
  private static final long SPIN_NANOS = 50_000;

  /** With more workers than processors, who spins keeps another from working. */
  private static final long CROWDED_SPIN_NANOS = 1_000;

  /** Chunks for each worker from which on more workers than processors take part. */
  private static final int MANY = 4;

  private static final Object CLOSED = new Object();
  private static final Workers INLINE = new Workers(1, 0);
  private static volatile Workers shared;

  private final int count;
  private final int processors = Runtime.getRuntime().availableProcessors();
  private final long keepAliveNanos;
  private final Gate gate = new Gate();
  private final Region region;
  private final AtomicReferenceArray<WorkerThread> threads;

  /** The thread that uses the pool at the moment; {@link #CLOSED} at the end, for ever. */
  private final AtomicReference<Object> user = new AtomicReference<>();

  private int owners;
  private volatile boolean ended;
  private volatile boolean noMoreThreads;

  Workers(int count, long keepAliveNanos) {
    this.count = count;
    this.keepAliveNanos = keepAliveNanos;
    region = new Region(gate, count);
    threads = new AtomicReferenceArray<>(count);
  }

  /**
   * A pool of {@code count} workers, the caller included: {@code count - 1} threads are started.
   *
   * @throws IllegalArgumentException if count is not 1 to 4096
   */
  public static Workers of(int count) {
    if (count < 1 || count > MOST) {
      throw new IllegalArgumentException(
          "workers: the count must be 1 to " + MOST + ", was " + count);
    }
    return new Workers(count, WorkerThread.KEEP_ALIVE_NANOS);
  }

  /** No threads: everything runs in the caller. Closing it does nothing. */
  public static Workers inline() {
    return INLINE;
  }

  /**
   * The process-wide pool, sized by property {@code limbeck.workers}, else by the processors
   * available. Whoever closes it has everything that uses it run inline from then on.
   *
   * @throws IllegalArgumentException if the property is not an integer from 1 to 4096
   */
  public static Workers shared() {
    Workers pool = shared;
    return pool != null ? pool : createShared();
  }

  private static synchronized Workers createShared() {
    if (shared == null) {
      int processors = Runtime.getRuntime().availableProcessors();
      shared = of(sizeOf(System.getProperty(PROPERTY), Math.min(MOST, processors)));
    }
    return shared;
  }

  /** The size a property asks for; {@code otherwise} if it is null or blank. */
  static int sizeOf(String property, int otherwise) {
    if (property == null || property.isBlank()) {
      return otherwise;
    }
    try {
      int size = Integer.parseInt(property.strip());
      if (size >= 1 && size <= MOST) {
        return size;
      }
    } catch (NumberFormatException e) {
      // the message below says all
    }
    throw new IllegalArgumentException(
        "property "
            + PROPERTY
            + " must be an integer from 1 to "
            + MOST
            + " (1 runs everything in the caller), was \""
            + property
            + "\"");
  }

  /** How many threads work, the caller included. */
  public int count() {
    return count;
  }

  /** The pool's own threads that were started and not ended: for whoever measures what they do. */
  public List<Thread> threads() {
    List<Thread> alive = new ArrayList<>();
    for (int i = 1; i < count; i++) {
      WorkerThread thread = threads.get(i);
      if (thread != null && thread.isAlive()) {
        alive.add(thread);
      }
    }
    return alive;
  }

  /**
   * Which worker of its pool the calling thread is: 1 to {@link #count} − 1, or 0 if it is no
   * pool's thread, as the caller of {@link #forEach} mostly is not. For memory that a thread should
   * find again in its processor's cache, never for results.
   */
  public static int slot() {
    return Thread.currentThread() instanceof WorkerThread thread ? thread.slot() : 0;
  }

  /**
   * Runs {@code body} over units 0 to {@code units}, cut into chunks of {@code unitsPerChunk} (the
   * last may be shorter), and returns when all are done; what the bodies wrote is then visible to
   * the caller. One chunk, one worker, a call from inside a body, a closed pool, or one that
   * another thread is using: inline in the caller, the same chunks in ascending order.
   *
   * <p>If bodies throw, the first exception is thrown here with the others added as suppressed, and
   * chunks that have not begun may be left out. The pool stays usable. An interrupt of the caller
   * neither ends nor delays the call, and stays set.
   *
   * @throws IllegalArgumentException if units is negative or unitsPerChunk is below 1
   */
  public void forEach(int units, int unitsPerChunk, RangeBody body) {
    int chunks = chunks(units, unitsPerChunk);
    Objects.requireNonNull(body, "body");
    boolean parallel = chunks > 1 && count > 1 && user.compareAndSet(null, Thread.currentThread());
    if (!parallel) {
      for (int chunk = 0; chunk < chunks; chunk++) {
        Region.runChunk(chunk, units, unitsPerChunk, body);
      }
      return;
    }
    try {
      owners = owners(chunks);
      region.open(units, unitsPerChunk, chunks, owners, body);
      runAsCaller();
    } finally {
      user.set(null);
    }
  }

  /**
   * How many workers are called for so many chunks. With more of them than processors they wait for
   * each other, so few chunks are for few workers.
   */
  private int owners(int chunks) {
    int most = Math.max(Math.max(2, processors), chunks / MANY);
    return Math.min(count, Math.min(chunks, count > processors ? most : count));
  }

  private static int chunks(int units, int unitsPerChunk) {
    if (units < 0 || unitsPerChunk < 1) {
      throw new IllegalArgumentException(
          "workers: units must not be negative and a chunk must hold at"
              + " least 1 unit; there were "
              + units
              + " units in chunks of "
              + unitsPerChunk);
    }
    return units == 0 ? 0 : (units - 1) / unitsPerChunk + 1;
  }

  private void runAsCaller() {
    try {
      wakeNext(0);
      region.takePart(0);
    } catch (Throwable e) { // not from a body: the stack or the memory is used up
      region.fail(e);
    } finally {
      region.close(spinNanos(owners - 1));
    }
  }

  /** The part of a worker thread that has entered the gate. */
  void takePart(int slot) {
    try {
      wakeNext(slot);
      region.takePart(slot);
    } catch (Throwable e) {
      region.fail(e);
    } finally {
      gate.leave();
    }
  }

  /** Every worker wakes two more, so that waking many takes little time. */
  private void wakeNext(int slot) {
    int end = Math.min(2 * slot + 3, owners);
    for (int next = 2 * slot + 1; next < end; next++) {
      WorkerThread thread = threads.get(next);
      if (thread == null || !thread.wake()) {
        start(next);
      }
    }
  }

  private void start(int slot) {
    if (noMoreThreads) {
      return;
    }
    try {
      WorkerThread thread = new WorkerThread(this, slot); // may be refused like its start
      thread.start();
      threads.set(slot, thread);
    } catch (OutOfMemoryError | SecurityException e) {
      noMoreThreads = true; // fewer workers do the same work
      System.getLogger("limbeck")
          .log(
              Level.WARNING,
              "cannot start worker thread " + slot + " of " + count + ", going on without: " + e);
    }
  }

  Gate gate() {
    return gate;
  }

  /** How long the worker of a slot spins, or who waits for it: only as many as processors do. */
  long spinNanos(int slot) {
    return slot < processors ? SPIN_NANOS : CROWDED_SPIN_NANOS;
  }

  long keepAliveNanos() {
    return keepAliveNanos;
  }

  boolean hasEnded() {
    return ended;
  }

  /**
   * Ends the threads, when work in progress in other threads is done, and waits for their end.
   * Afterwards {@link #forEach} runs inline. Closing again does nothing.
   *
   * @throws IllegalStateException if called from inside a body
   */
  @Override
  public void close() {
    Thread me = Thread.currentThread();
    if (me.equals(user.get()) || me instanceof WorkerThread thread && thread.isOf(this)) {
      throw new IllegalStateException("workers: a pool cannot be closed from inside its own body");
    }
    if (count > 1) {
      end();
    }
  }

  private synchronized void end() {
    if (ended) {
      return;
    }
    while (!user.compareAndSet(null, CLOSED)) {
      LockSupport.parkNanos(this, 100_000);
    }
    ended = true;
    for (int i = 1; i < count; i++) {
      WorkerThread thread = threads.getAndSet(i, null);
      if (thread != null) {
        thread.wake();
        thread.joinFully();
      }
    }
  }
}
