package limbeck.kd.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import limbeck.kd.recipe.Arm;
import limbeck.kd.train.Fit;
import limbeck.kd.train.Listener;
import limbeck.kd.train.Trained;

/** Progress with time left: one line that is redrawn on a terminal, else a line now and then. */
final class ConsoleProgress implements Listener {
  private static final long TERMINAL_NANOS = 200_000_000L;
  private static final long LOG_NANOS = 10_000_000_000L;
  private static final int COLUMNS = Terminal.columns() - 1; // a longer line wraps

  private final PrintWriter err;
  private final boolean terminal = Terminal.interactive();
  private final long start = System.nanoTime();
  private final Map<String, String> active = new LinkedHashMap<>();
  private double planned;
  private double done;
  private double spared;
  private long shown = start;
  private boolean lineOpen;
  private boolean closed;

  ConsoleProgress(PrintWriter err) {
    this.err = err;
  }

  @Override
  public synchronized void planned(double work) {
    planned = work;
  }

  @Override
  public synchronized void started(Arm arm, long seed, long step, long steps, double work) {
    done += work;
    spared += work; // an earlier session says nothing about the speed of this one
    if (step > 0) {
      note(arm.id() + ", seed " + seed + ": resuming at step " + step + " of " + steps);
    }
  }

  @Override
  public synchronized void advanced(Fit fit, double work) {
    done += work;
    double share = fit.steps() == 0 ? 1 : (double) fit.step() / fit.steps();
    active.put(
        fit.arm().id() + "/" + fit.seed(),
        String.format(Locale.ROOT, "%s seed %d: %.0f %%", fit.arm().id(), fit.seed(), 100 * share));
    show(false);
  }

  @Override
  public synchronized void finished(Trained t, boolean reused, double work) {
    active.remove(t.arm().id() + "/" + t.seed());
    if (reused) {
      done += work;
      spared += work;
    }
    double[] loss = t.history().trainLoss();
    String end =
        loss.length == 0
            ? ""
            : String.format(Locale.ROOT, ", training loss %.4f", loss[loss.length - 1]);
    note(
        t.arm().id()
            + ", seed "
            + t.seed()
            + (reused ? ": taken over" : ": done in " + seconds(t.history().seconds()))
            + end);
    show(terminal); // a log has the line above
  }

  @Override
  public synchronized void note(String line) {
    clear();
    err.println("  " + line);
    err.flush();
  }

  private void show(boolean now) {
    long time = System.nanoTime();
    if (closed
        || active.isEmpty()
        || !now && time - shown < (terminal ? TERMINAL_NANOS : LOG_NANOS)) {
      return;
    }
    shown = time;
    String line =
        String.format(
            Locale.ROOT,
            "%3.0f %%  %s  [%s]",
            planned == 0 ? 0 : 100 * done / planned,
            left(time),
            String.join(", ", active.values()));
    if (terminal) {
      String cut = line.length() > COLUMNS ? line.substring(0, COLUMNS) : line;
      err.print("\r" + cut + " ".repeat(COLUMNS - cut.length()));
      lineOpen = true;
    } else {
      err.println(line);
    }
    err.flush();
  }

  private String left(long time) {
    double own = done - spared;
    double elapsed = (time - start) * 1e-9;
    if (own <= 0 || elapsed < 1) {
      return "estimating time left";
    }
    return seconds(elapsed * (planned - done) / own) + " left";
  }

  private static String seconds(double s) {
    long whole = Math.round(s);
    if (whole < 60) {
      return whole + " s";
    }
    return whole < 3600
        ? whole / 60 + " min " + whole % 60 + " s"
        : whole / 3600 + " h " + whole / 60 % 60 + " min";
  }

  private void clear() {
    if (lineOpen) {
      err.print("\r" + " ".repeat(COLUMNS) + "\r");
      lineOpen = false;
    }
  }

  synchronized void close() {
    clear();
    closed = true;
    err.flush();
  }
}
