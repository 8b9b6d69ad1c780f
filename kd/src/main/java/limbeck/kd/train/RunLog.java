package limbeck.kd.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import limbeck.engine.io.AtomicFile;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.Json;

/**
 * {@code run.json}, what a run's folder says of it: what the run is, and when and how long its
 * starts worked, so that one that goes on also goes on counting.
 */
final class RunLog {
  private static final String FILE = "run.json";

  private final Path file;
  private final Map<String, Object> description;
  private final History before;
  private final Map<String, Spent> kept;
  private final long opened = System.nanoTime();
  private String started;
  private double seconds;

  /**
   * What earlier starts left: how many found no end, when the first was, how long all took, and
   * what it took to keep what teachers say, by the networks' names.
   */
  private record History(int interrupted, String started, double seconds, Map<String, Spent> kept) {
    static final History NONE = new History(0, null, 0, Map.of());

    static History read(Map<?, ?> json) {
      int interrupted =
          json.get("interrupted") instanceof Long n ? (int) Math.min(n, 1_000_000) : 0;
      String started = json.get("started") instanceof String s ? s : null;
      double seconds = json.get("seconds") instanceof Number n ? n.doubleValue() : 0;
      Map<String, Spent> kept = new LinkedHashMap<>();
      if (json.get("kept") instanceof Map<?, ?> all) {
        all.forEach(
            (name, spent) -> {
              if (name instanceof String n && spent instanceof Map<?, ?> s) {
                kept.put(n, Spent.read(s));
              }
            });
      }
      return new History(interrupted, started, seconds >= 0 && seconds < 1e12 ? seconds : 0, kept);
    }
  }

  private RunLog(Path file, Map<String, Object> description, History before) {
    this.file = file;
    this.description = description;
    this.before = before;
    this.kept = new LinkedHashMap<>(before.kept);
    this.started = before.started;
    this.seconds = before.seconds;
  }

  /**
   * Reads what the described run left in a folder, which it may not have touched; writes nothing.
   *
   * @throws IOException if the folder holds something else
   */
  static RunLog read(Path root, Map<String, Object> description) throws IOException {
    Path file = root.resolve(FILE);
    if (!Files.exists(file)) {
      return new RunLog(file, description, History.NONE);
    }
    if (!(Json.read(file) instanceof Map<?, ?> before)
        || !(before.get("run") instanceof Map<?, ?> run)) {
      throw new FormatException(file + ": is not what a run wrote; choose another --out");
    }
    if (!Json.write(run).equals(Json.write(description))) {
      throw new FormatException(
          root
              + ": holds another run (other recipe, settings, seeds or data); choose another"
              + " --out");
    }
    return new RunLog(file, description, History.read(before));
  }

  /** Whether a folder holds no run, or the very one that is described. */
  static boolean fits(Path root, Map<String, Object> description) {
    try {
      read(root, description);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Writes the file; this start counts as an interruption until its end is noted. */
  synchronized void write() throws IOException {
    write(before.interrupted + 1);
  }

  private void write(int interrupted) throws IOException {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("run", description);
    content.put("interrupted", interrupted);
    if (started != null) {
      content.put("started", started);
    }
    content.put("seconds", seconds);
    if (!kept.isEmpty()) {
      Map<String, Object> all = new LinkedHashMap<>();
      new TreeMap<>(kept).forEach((name, spent) -> all.put(name, spent.json()));
      content.put("kept", all);
    }
    AtomicFile.writeString(file, Json.pretty(content) + "\n");
  }

  synchronized void kept(String name, Spent spent) throws IOException {
    kept.merge(name, spent, Spent::plus);
    progress();
  }

  synchronized Map<String, Spent> kept() {
    return Map.copyOf(kept);
  }

  /** Notes how long this start has worked so far, in case it is killed. */
  synchronized void progress() throws IOException {
    seconds = before.seconds + (System.nanoTime() - opened) * 1e-9;
    write();
  }

  int interruptions() {
    return before.interrupted;
  }

  /** Notes when this start was, where it is the first; returns when the first was. */
  synchronized String started(String now) throws IOException {
    if (started == null) {
      started = now;
      write();
    }
    return started;
  }

  double secondsBefore() {
    return before.seconds;
  }

  synchronized void stopped(double worked) throws IOException {
    seconds = before.seconds + worked;
    write();
  }

  synchronized void finished(double worked) throws IOException {
    seconds = before.seconds + worked;
    write(before.interrupted);
  }
}
