package limbeck.kd.cli;

import java.io.PrintWriter;
import java.util.Locale;
import limbeck.kd.data.LoadProgress;

/** Says how far the reading of a data set is, where it takes more than a few seconds. */
final class ConsoleLoading implements LoadProgress {
  private static final long NANOS = 3_000_000_000L;

  private final PrintWriter err;
  private final String part;
  private long shown = System.nanoTime();

  ConsoleLoading(PrintWriter err, String part) {
    this.err = err;
    this.part = part;
  }

  @Override
  public void read(int done, int all) {
    long now = System.nanoTime();
    if (now - shown > NANOS) {
      shown = now;
      String percent = all == 0 ? "" : String.format(Locale.ROOT, ", %.0f %%", 100.0 * done / all);
      err.println("  reading the " + part + " set: " + done + " images" + percent);
      err.flush();
    }
  }
}
