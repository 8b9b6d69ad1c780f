package limbeck.nlp.cli;

import java.io.PrintWriter;
import java.util.Locale;
import limbeck.kd.report.NumberFormats;
import limbeck.kd.report.PlainText;
import limbeck.nlp.pretrain.PretrainWatcher;

/** How a pretraining goes, with time left: a line every ten seconds. */
final class PretrainProgress implements PretrainWatcher {
  private static final long NANOS = 10_000_000_000L;

  private final PrintWriter err;
  private String read = "";
  private long begun;
  private long first;
  private long done;
  private long tokens;
  private long shown;

  PretrainProgress(PrintWriter err) {
    this.err = err;
  }

  @Override
  public void note(String line) {
    err.println("  " + line);
    err.flush();
  }

  @Override
  public void reading(String what, double share) {
    long now = System.nanoTime();
    if (!what.equals(read)) {
      read = what;
      begun = now;
      shown = now;
    }
    if (share > 0 && now - shown >= NANOS) {
      shown = now;
      note(
          String.format(
              Locale.ROOT,
              "%3.0f %%  %s left  [%s]",
              100 * share,
              duration((now - begun) * 1e-9 * (1 - share) / share),
              what));
    }
  }

  @Override
  public void stepped(long step, long steps, double loss, long tokensOfBatch) {
    long now = System.nanoTime();
    if (first == 0) { // the first step warms up
      first = now;
      shown = now;
      return;
    }
    done++;
    tokens += tokensOfBatch;
    if (now - shown < NANOS) {
      return;
    }
    shown = now;
    double each = (now - first) * 1e-9 / done;
    note(
        String.format(
            Locale.ROOT,
            "%3.0f %%  %s left  [step %d of %d, loss %.4f, %,d tokens a second]",
            100.0 * step / steps,
            duration(each * (steps - step)),
            step,
            steps,
            loss,
            Math.round(tokens / ((now - first) * 1e-9))));
  }

  private static String duration(double seconds) {
    return PlainText.ascii(NumberFormats.duration(seconds));
  }
}
