package limbeck.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import limbeck.engine.kernel.KernelProvider;

/**
 * Finds kernels that have fallen off a cliff. A compiler that gives up on a vector loop makes it 2
 * to 60 times slower, on one JDK or at one width only, and no test of results notices: vectors
 * become objects, a method grows past a limit, registers spill. So each kernel's time, as a
 * multiple of a plain loop's ({@link CliffMeter}), is kept in {@code cliffs.txt}, the least of two
 * JDKs and two widths; {@link #FACTOR} times as much, or memory allocated by the run, is a cliff.
 *
 * <p>All kernels are run before any is judged: what else a JVM has compiled is part of what makes
 * loops slow. A kernel passes as soon as it is seen to be fast; only one that never is costs time.
 */
public final class Cliffs {
  /**
   * JDK 17's compiler makes an object of one vector a turn in the longer loops of some JVMs,
   * whatever else is done: up to five times slower. Newer ones do not.
   */
  private static final boolean OBJECTS_BY_CHANCE = Runtime.version().feature() < 21;

  /**
   * A cliff is this much slower than what is on record; noise is less. Where every vector is an
   * object, a loop is 30 times slower and more.
   */
  public static final double FACTOR = OBJECTS_BY_CHANCE ? 12 : 4;

  /**
   * Ops may allocate a few small objects a run; a loop whose vectors are objects, many times more.
   */
  static final long BYTES = OBJECTS_BY_CHANCE ? Long.MAX_VALUE : 4096;

  private static final String RECORD = "cliffs.txt";
  private static final long WARM_UP_NANOS = 200_000_000;
  private static final long JUDGE_NANOS = 1_500_000_000;
  private static final long MEASURE_NANOS = 80_000_000;

  private final CliffMeter meter = new CliffMeter();
  private final Map<String, Double> record;

  /** A check against these multiples of the plain loop. */
  Cliffs(Map<String, Double> record) {
    this.record = record;
  }

  /** The multiples on record, by kernel. */
  static Map<String, Double> onRecord() {
    Map<String, Double> all = new LinkedHashMap<>();
    try (InputStream in = Cliffs.class.getResourceAsStream(RECORD);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ");
        all.put(words[0], Double.valueOf(words[1]));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  /** A line for each kernel that is slow, allocates, or is not on record; empty if all is well. */
  List<String> findings(Map<String, Runnable> kernels) {
    kernels.forEach((name, kernel) -> fast(name, kernel, WARM_UP_NANOS));
    List<String> findings = new ArrayList<>();
    kernels.forEach(
        (name, kernel) -> {
          CliffMeter.Seen seen = fast(name, kernel, JUDGE_NANOS);
          if (!isFast(name, seen)) {
            findings.add(finding(name, seen));
          }
        });
    return findings;
  }

  private CliffMeter.Seen fast(String name, Runnable kernel, long nanos) {
    CliffMeter.Seen seen = new CliffMeter.Seen();
    long start = CliffMeter.now();
    do {
      meter.sample(kernel, seen);
    } while (!isFast(name, seen) && CliffMeter.now() - start < nanos);
    return seen;
  }

  private boolean isFast(String name, CliffMeter.Seen seen) {
    Double expected = record.get(name);
    return expected != null && seen.ratio() <= FACTOR * expected && seen.bytes() <= BYTES;
  }

  private String finding(String name, CliffMeter.Seen seen) {
    Double expected = record.get(name);
    if (expected == null) {
      return name + " is not on record: run bench/checks/cliffs.sh";
    }
    return String.format(
        Locale.ROOT,
        "%s takes %.2f times the plain loop, %.1f times what is on record (%.2f), and allocates"
            + " %d bytes a run",
        name,
        seen.ratio(),
        seen.ratio() / expected,
        expected,
        seen.bytes());
  }

  /**
   * Prints each kernel, its multiple of the plain loop and the bytes of a run: {@code
   * bench/checks/cliffs.sh} makes the record of it.
   *
   * @param args a part of the names of the kernels; all if there is none
   */
  public static void main(String[] args) {
    Map<String, Runnable> kernels = CliffKernels.of(KernelProvider.f32());
    kernels.keySet().removeIf(name -> args.length > 0 && !name.contains(args[0]));
    Cliffs cliffs = new Cliffs(Map.of());
    kernels.forEach((name, kernel) -> cliffs.fast(name, kernel, WARM_UP_NANOS));
    kernels.forEach(
        (name, kernel) -> {
          CliffMeter.Seen seen = cliffs.fast(name, kernel, MEASURE_NANOS);
          System.out.printf(Locale.ROOT, "%s %.2f %d%n", name, seen.ratio(), seen.bytes());
        });
  }
}
