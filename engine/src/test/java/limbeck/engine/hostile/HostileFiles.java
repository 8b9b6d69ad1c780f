package limbeck.engine.hostile;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import limbeck.engine.io.FormatException;

/**
 * Gives readers damaged files, many of them: each is read within a second, or refused with a {@link
 * FormatException} within a second, and nothing else happens. Run in a JVM with a small heap, so
 * that memory that a file only claims shows ({@link HostileJvm}).
 *
 * <p>Damage is a function of the reader's name and a number. Properties: {@code limbeck.mutations},
 * how many to each reader; {@code limbeck.mutations.first}, the number of the first; {@code
 * limbeck.mutations.reader}, the only readers, between commas.
 */
public final class HostileFiles {
  /** How many damaged files each reader gets. */
  public static final String MUTATIONS = "limbeck.mutations";

  private static final String FIRST = "limbeck.mutations.first";
  private static final String READER = "limbeck.mutations.reader";
  private static final double MOST_SECONDS = 1;

  /** Of the processor, as the machine may be busy. */
  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

  private static final int MOST_DEFECTS = 25;
  private static final int MOST_MESSAGE = 20_000;

  private final HostileReader reader;
  private final Map<String, String> defects = new LinkedHashMap<>();
  private final Watchdog watchdog;
  private long rejected;
  private long accepted;
  private double slowest;

  private HostileFiles(HostileReader reader, Watchdog watchdog) {
    this.reader = reader;
    this.watchdog = watchdog;
  }

  /**
   * Goes through the readers, prints a line of figures for each and one for each defect, and ends
   * the JVM: with 0 if there is none.
   *
   * @param usual how many damaged files each reader gets if no property says so
   */
  public static void main(List<HostileReader> readers, int usual) {
    int defects = 0;
    Watchdog watchdog = new Watchdog();
    System.out.println("| reader | mutations | rejected | accepted | slowest ms |");
    System.out.println("|---|---|---|---|---|");
    for (HostileReader reader : readers) {
      if (List.of(System.getProperty(READER, reader.name()).split(",")).contains(reader.name())) {
        HostileFiles run = new HostileFiles(reader, watchdog);
        run.run(Long.getLong(FIRST, 0), Long.getLong(MUTATIONS, usual));
        run.print(System.out);
        defects += run.defects.size();
      }
    }
    System.exit(defects == 0 ? 0 : 1);
  }

  private void run(long first, long count) {
    for (byte[] seed : reader.seeds()) {
      watchdog.begin(reader.name() + ", not damaged");
      read(-1, seed.clone(), true);
    }
    if (accepted == 0) {
      note("not damaged", new AssertionError("no file is read"));
    }
    rejected = 0;
    accepted = 0;
    for (long i = first; i < first + count && defects.size() < MOST_DEFECTS; i++) {
      one(i);
    }
    watchdog.end();
  }

  /** The damaged file of a number. */
  private byte[] file(long number) {
    long seed = reader.name().hashCode() * 0x9e3779b97f4a7c15L + number;
    return new Mutator(new SplittableRandom(seed)).mutated(reader.form(), reader.seeds());
  }

  private void one(long number) {
    watchdog.begin("making mutation " + number + " for " + reader.name());
    byte[] file = file(number);
    watchdog.begin(reader.name() + ", mutation " + number);
    double seconds = read(number, file, true);
    for (int again = 0; again < 2 && seconds > MOST_SECONDS; again++) {
      seconds = Math.min(seconds, read(number, file, false)); // classes were loaded
    }
    slowest = Math.max(slowest, seconds);
    if (seconds > MOST_SECONDS) {
      note("mutation " + number, new AssertionError("took " + seconds + " s"));
    }
  }

  private double read(long number, byte[] file, boolean counts) {
    long begin = CLOCK.getCurrentThreadCpuTime();
    try {
      reader.reading().read(file);
      accepted += counts ? 1 : 0;
    } catch (FormatException e) {
      rejected += counts ? 1 : 0;
      String message = String.valueOf(e.getMessage());
      if (e.getMessage() == null || message.isBlank() || message.length() > MOST_MESSAGE) {
        note("mutation " + number, new AssertionError(message.length() + " letters: " + message));
      }
    } catch (Throwable e) { // an OutOfMemoryError as well: that is what is looked for
      if (reader.refusals().contains(e.getClass())) {
        rejected += counts ? 1 : 0;
      } else {
        note("mutation " + number, e);
      }
    }
    return (CLOCK.getCurrentThreadCpuTime() - begin) * 1e-9;
  }

  /** Notes a defect once, by what was thrown where. */
  private void note(String where, Throwable e) {
    StringBuilder trace = new StringBuilder();
    String key = e.getClass().getName();
    int frames = 0;
    for (StackTraceElement frame : e.getStackTrace()) {
      if (frames < 12) {
        trace.append("\n      at ").append(frame);
      }
      boolean ours =
          frame.getClassName().startsWith("limbeck.")
              && !frame.getClassName().startsWith("limbeck.engine.hostile");
      key += ours && frames < 3 ? " " + frame : "";
      frames++;
    }
    defects.putIfAbsent(
        key,
        String.format(
            Locale.ROOT,
            "%s, %s: %s; again: -D%s=%s -D%s=%s -D%s=1%s",
            reader.name(),
            where,
            cut(e.toString()),
            READER,
            reader.name(),
            FIRST,
            where.replaceAll("\\D", ""),
            MUTATIONS,
            trace));
  }

  private static String cut(String text) {
    return text.length() > 500 ? text.substring(0, 500) + "…" : text;
  }

  private void print(PrintStream out) {
    out.printf(
        Locale.ROOT,
        "| %s | %d | %d | %d | %.1f |%n",
        reader.name(),
        rejected + accepted,
        rejected,
        accepted,
        slowest * 1e3);
    defects.values().forEach(d -> out.println("DEFECT " + d));
  }
}
