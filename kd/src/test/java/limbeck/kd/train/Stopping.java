package limbeck.kd.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import limbeck.kd.Distiller;
import limbeck.kd.Experiment;
import limbeck.kd.StoppedException;
import limbeck.kd.report.RunReport;

/** Stops what it listens to after so many steps: for runs that are stopped again and again. */
public class Stopping implements Listener {
  /** More sessions than any run of the tests takes that makes headway. */
  private static final int MOST = 200;

  private final AtomicInteger left;
  private Runnable stop;

  /** Stops after so many steps, or never where they are 0. */
  public Stopping(int steps) {
    left = new AtomicInteger(steps);
  }

  /** What is to be stopped. */
  public void stops(Runnable stop) {
    this.stop = stop;
  }

  @Override
  public void advanced(Fit fit, double work) {
    if (left.decrementAndGet() == 0) {
      stop.run();
    }
  }

  /** One session of something that can be stopped and resumed. */
  @FunctionalInterface
  public interface Session<T> {
    /** Goes on to the end, unless it is stopped. */
    T run(Stopping stopping) throws Exception;
  }

  /**
   * What came out in the end.
   *
   * @param stops how often it was stopped before
   */
  public record Resumed<T>(T result, int stops) {}

  /** Sessions of so many steps, until one comes to the end. */
  public static <T> Resumed<T> again(int steps, Session<T> session) throws Exception {
    for (int stops = 0; ; stops++) {
      assertTrue(stops < MOST, "makes no headway");
      try {
        return new Resumed<>(session.run(new Stopping(steps)), stops);
      } catch (StoppedException stopped) {
        // the next session goes on
      }
    }
  }

  /** An experiment that is run in a folder, in sessions of so many steps. */
  public static Resumed<RunReport> again(int steps, Experiment e, Path out) throws Exception {
    return again(
        steps,
        stopping -> {
          try (Distiller d = new Distiller(e, out, List.of(), "again", stopping)) {
            stopping.stops(d::stop);
            return d.run("now");
          }
        });
  }
}
