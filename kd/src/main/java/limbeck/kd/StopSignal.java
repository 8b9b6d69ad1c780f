package limbeck.kd;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C and SIGTERM while something runs that saves when it is asked to stop. */
public final class StopSignal {
  private static final long SAVE_SECONDS = 60;

  private final Runnable stop;
  private final PrintWriter err;
  private final CountDownLatch ended = new CountDownLatch(1);

  private StopSignal(Runnable stop, PrintWriter err) {
    this.stop = stop;
    this.err = err;
  }

  /**
   * Does some work. If the JVM is told to go down meanwhile, the work is asked to stop, and the JVM
   * waits for its end, for {@value #SAVE_SECONDS} seconds at most.
   *
   * @param stop asks the work to save and end; called from another thread
   * @param err is told if that takes too long; flushed when the work has ended
   * @return what the work returns
   * @throws Exception what the work throws
   */
  public static <T> T during(Callable<T> work, Runnable stop, PrintWriter err) throws Exception {
    StopSignal signal = new StopSignal(stop, err);
    Thread hook = new Thread(signal::received, "limbeck-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return work.call();
    } finally {
      err.flush();
      signal.ended.countDown();
      unhook(hook);
    }
  }

  /** Runs while the JVM goes down, and keeps it from going until all is saved. */
  private void received() {
    stop.run();
    try {
      if (!ended.await(SAVE_SECONDS, TimeUnit.SECONDS)) {
        err.println("limbeck: could not stop in time; the checkpoints before this stand");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void unhook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the JVM is going down already: the hook is what waits for us
    }
  }
}
