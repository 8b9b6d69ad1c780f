package example.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import limbeck.engine.exec.Workers;
import limbeck.engine.program.Program;
import limbeck.engine.program.Runner;

/**
 * Programs by the names of their files, which are all that Spark sends around: each executor loads
 * a file once, and all of its threads share the weights.
 */
final class Models {
  private static final ConcurrentHashMap<String, Program> PROGRAMS = new ConcurrentHashMap<>();

  /** A runner is for one thread: each has its own, for each file. */
  private static final ThreadLocal<ConcurrentHashMap<String, Runner>> RUNNERS =
      ThreadLocal.withInitial(ConcurrentHashMap::new);

  private Models() {}

  /** The program of a file that all executors can read. */
  static Program program(String file) {
    return PROGRAMS.computeIfAbsent(
        file,
        name -> {
          try {
            return Program.load(Path.of(name));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** This thread's runner. It works in this thread alone: the cores belong to Spark's tasks. */
  static Runner runner(String file) {
    return RUNNERS
        .get()
        .computeIfAbsent(file, name -> program(name).runner(Workers.inline()));
  }

  /** How many programs this JVM holds. */
  static int loaded() {
    return PROGRAMS.size();
  }
}
