package limbeck.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The choice in JVMs started for it, with their flags and what they write. */
class KernelProviderJvmTest {
  private static final String ADD = "--add-modules=jdk.incubator.vector";

  @TempDir Path folder;

  /** Two equal lines of the program, and how many lines were logged. */
  private record Run(String line, long logged) {}

  private Run run(String... flags) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags));
    command.add("-cp");
    command.add(placeOf(KernelProvider.class) + File.pathSeparator + placeOf(getClass()));
    command.add(KernelChoiceMain.class.getName());
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.endsWith("_OPTIONS"));
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("not done after two minutes: " + command);
    }
    assertEquals(0, process.exitValue(), () -> read(err));
    List<String> lines = read(out).lines().toList();
    assertEquals(2, lines.size());
    assertEquals(lines.get(0), lines.get(1));
    return new Run(lines.get(0), read(err).lines().filter(l -> l.contains("kernels: ")).count());
  }

  private static Path placeOf(Class<?> c) throws URISyntaxException {
    return Path.of(c.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void saysOnceThatTheModuleIsMissing() throws Exception {
    Run run = run();
    assertEquals(
        "0 scalar: module jdk.incubator.vector is not resolved; start with --add-modules"
            + " jdk.incubator.vector for speed; results are the same",
        run.line);
    assertEquals(1, run.logged);
  }

  @Test
  void obeysOffInSilence() throws Exception {
    Run run = run(ADD, "-Dlimbeck.simd=off");
    assertEquals("0 scalar: system property limbeck.simd is off", run.line);
    assertEquals(0, run.logged);
  }

  @Test
  void keepsVectorsFromAJvmWithoutItsOptimizingCompiler() throws Exception {
    for (String flag : List.of("-XX:TieredStopAtLevel=1", "-Xint")) {
      Run run = run(ADD, flag);
      String start = "0 scalar: the JVM runs without its optimizing compiler (";
      assertTrue(run.line.startsWith(start), run.line);
      assertEquals(1, run.logged);
    }
  }

  @Test
  void reportsAWrongPropertyAtEveryUse() throws Exception {
    Run run = run(ADD, "-Dlimbeck.simd=1000");
    assertEquals(
        "error system property limbeck.simd = 1000; use auto, off, 128, 256 or 512", run.line);
    assertEquals(0, run.logged);
  }
}
