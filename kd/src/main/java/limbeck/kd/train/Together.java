package limbeck.kd.train;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** So many threads that do something at the same time and wait for each other in the middle. */
final class Together {
  private static final long IDLE_SECONDS = 2;

  private final int parties;
  private final CyclicBarrier barrier;
  private ThreadPoolExecutor others;
  private double cpuSeconds;

  Together(int parties) {
    this.parties = parties;
    this.barrier = new CyclicBarrier(parties);
  }

  /**
   * Runs a job for 0, 1, … at the same time, 0 in this thread; each calls {@link #await} once.
   *
   * @throws RuntimeException or Error: the first job's that failed
   */
  void run(IntConsumer job) {
    List<Future<?>> running = new ArrayList<>();
    for (int i = 1; i < parties; i++) {
      int number = i;
      running.add(pool().submit(() -> metered(job, number)));
    }
    Throwable failure = null;
    try {
      guarded(job, 0);
    } catch (RuntimeException | Error e) {
      failure = e;
    }
    for (Future<?> f : running) {
      failure = first(failure, f);
    }
    barrier.reset(); // where somebody failed, it is broken
    if (failure instanceof Error e) {
      throw e;
    }
    if (failure != null) {
      throw (RuntimeException) failure;
    }
  }

  private void metered(IntConsumer job, int number) {
    double before = CpuTime.ofThisThread();
    try {
      guarded(job, number);
    } finally {
      double spent = CpuTime.ofThisThread() - before;
      synchronized (this) {
        cpuSeconds += spent;
      }
    }
  }

  /** CPU seconds of the other threads since the last call; NaN where the JVM cannot tell. */
  synchronized double cpuSeconds() {
    double spent = cpuSeconds;
    cpuSeconds = 0;
    return spent;
  }

  private void guarded(IntConsumer job, int number) {
    try {
      job.accept(number);
    } catch (RuntimeException | Error e) {
      barrier.reset(); // nobody is to wait for us
      throw e;
    }
  }

  /** The failure that is no mere consequence of another's. */
  private static Throwable first(Throwable so, Future<?> f) {
    boolean interrupted = false;
    while (true) {
      try {
        f.get();
        return so;
      } catch (InterruptedException e) {
        interrupted = true; // the others end soon, and what they work with is ours
      } catch (java.util.concurrent.ExecutionException e) {
        return so == null || so instanceof Abandoned ? e.getCause() : so;
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  /** Waits until all are here. */
  void await() {
    boolean interrupted = Thread.interrupted();
    try {
      barrier.await();
    } catch (InterruptedException e) {
      interrupted = true;
      throw new Abandoned(e);
    } catch (BrokenBarrierException e) {
      throw new Abandoned(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Another one failed. */
  private static final class Abandoned extends RuntimeException {
    private static final long serialVersionUID = 1;

    Abandoned(Exception cause) {
      super("networks that learn together: one of them failed", cause);
    }
  }

  private ThreadPoolExecutor pool() {
    if (others == null) {
      others =
          new ThreadPoolExecutor(
              parties - 1,
              parties - 1,
              IDLE_SECONDS,
              TimeUnit.SECONDS,
              new LinkedBlockingQueue<>(),
              r -> {
                Thread t = new Thread(r, "limbeck-peer");
                t.setDaemon(true);
                return t;
              });
      others.allowCoreThreadTimeOut(true);
    }
    return others;
  }
}
