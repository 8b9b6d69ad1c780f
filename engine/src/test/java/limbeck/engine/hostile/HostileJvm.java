package limbeck.engine.hostile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a class with a main method in a JVM of its own, with a heap of 64 MiB. */
public final class HostileJvm {
  private HostileJvm() {}

  /**
   * Runs it, with the classes and the properties {@code limbeck.mutations…} of this JVM.
   *
   * @return what it printed, if it ended well
   * @throws AssertionError with what it printed, if not
   */
  public static String run(Class<?> main, String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.add("-Xmx64m");
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith(HostileFiles.MUTATIONS)) {
        command.add("-D" + name + "=" + System.getProperty(name));
      }
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.endsWith("_OPTIONS"));
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError("a reader did not refuse a damaged file as it should:\n" + out);
    }
    return out;
  }
}
