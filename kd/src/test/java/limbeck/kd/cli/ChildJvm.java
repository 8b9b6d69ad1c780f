package limbeck.kd.cli;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import limbeck.autograd.Tape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Distiller;
import picocli.CommandLine;

/** The command line in a JVM of its own, with its own flags. */
public final class ChildJvm {
  /** The flag without which there are no vectors. */
  public static final String VECTORS = "--add-modules=jdk.incubator.vector";

  private static final String MAIN = "limbeck.kd.cli.Main";
  private static final long MINUTES = 3;

  private final Process process;
  private final Path out;
  private final Path err;

  private ChildJvm(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts the command line.
   *
   * @param home of the JVM
   * @param folder for what it writes
   */
  public static ChildJvm start(Path home, Path folder, List<String> flags, String... args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath(), MAIN));
    command.addAll(List.of(args));
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.endsWith("_OPTIONS"));
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    return new ChildJvm(process, out, err);
  }

  private static String classPath() {
    List<String> places = new ArrayList<>();
    for (Class<?> c :
        new Class<?>[] {
          Tensor.class, Tape.class, Distiller.class, CommandLine.class, org.joml.Matrix3x2f.class
        }) {
      try {
        places.add(
            Path.of(c.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
      } catch (URISyntaxException e) {
        throw new AssertionError(e);
      }
    }
    return String.join(File.pathSeparator, places);
  }

  /** The JVM that runs this. */
  public static Path home() {
    return Path.of(System.getProperty("java.home"));
  }

  /** Other JDKs from 17 on, with the Vector API, beside this one, in order of their names. */
  public static List<Path> others() throws IOException {
    try (Stream<Path> all = Files.list(home().toAbsolutePath().getParent())) {
      List<Path> found = new ArrayList<>();
      for (Path other : all.filter(p -> !Files.isSymbolicLink(p)).sorted().toList()) {
        if (!other.equals(home().toAbsolutePath())
            && Files.isExecutable(other.resolve("bin/java"))
            && feature(other) >= 17) {
          found.add(other);
        }
      }
      return found;
    }
  }

  private static int feature(Path home) throws IOException {
    Path release = home.resolve("release");
    if (!Files.isReadable(release)) {
      return 0;
    }
    int feature = 0;
    boolean vectors = false;
    for (String line : Files.readAllLines(release)) {
      if (line.matches("JAVA_VERSION=\"\\d+.*")) { // 1.8.0_402 counts as 1
        feature = Integer.parseInt(line.substring(14).split("\\D")[0]);
      }
      vectors |= line.startsWith("MODULES=") && line.contains("jdk.incubator.vector");
    }
    return vectors ? feature : 0;
  }

  /** Sends a signal by its name, such as INT. */
  public void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** Whether it still runs. */
  public boolean alive() {
    return process.isAlive();
  }

  /** Waits for the end and returns the exit code. */
  public int await() throws InterruptedException {
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError("not done after " + MINUTES + " minutes: " + err());
    }
    return process.exitValue();
  }

  /** What it wrote to standard output so far. */
  public String out() {
    return read(out);
  }

  /** What it wrote to standard error so far, but for what the JVM itself and the logger say. */
  public String err() {
    StringBuilder lines = new StringBuilder();
    String before = "";
    for (String line : read(err).split("\n", -1)) {
      boolean noise =
          line.startsWith("WARNING: Using incubator")
              || line.startsWith("INFO: kernels: ")
              || line.endsWith("limbeck.engine.kernel.Choice logRefusal");
      if (!noise) {
        lines.append(before).append(line);
        before = "\n";
      }
    }
    return lines.toString();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
