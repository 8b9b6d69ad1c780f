package limbeck.kd.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher says about a Java that will not do, before it builds anything. */
class LauncherTest {
  private static final Path LAUNCHER = Path.of("..", "limbeck").toAbsolutePath().normalize();

  @TempDir Path folder;

  @BeforeEach
  void shell() {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "the launcher needs a POSIX shell");
  }

  /** A JDK's folder whose java claims a version and can do nothing else. */
  private Path claiming(String version) throws IOException {
    Path bin = Files.createDirectories(folder.resolve("jdk-" + version).resolve("bin"));
    Path java = bin.resolve("java");
    Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"" + version + "\"' >&2\n", UTF_8);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    return bin.getParent();
  }

  private void assertSays(String message, Map<String, String> environment) throws Exception {
    Path err = folder.resolve("err");
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", LAUNCHER.toString(), "recipes");
    builder.environment().remove("JAVA_HOME");
    builder.environment().putAll(environment);
    Process process = builder.redirectError(err.toFile()).redirectOutput(err.toFile()).start();
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    assertEquals("limbeck: " + message, Files.readString(err, UTF_8).strip());
    assertEquals(2, process.exitValue());
  }

  @Test
  void aJavaHomeThatIsTooOld() throws Exception {
    for (String version : new String[] {"11.0.22", "1.8.0_402", "16"}) {
      Path home = claiming(version);
      assertSays(
          "Java 17 or newer is needed, but "
              + home
              + "/bin/java is version "
              + version
              + "; set JAVA_HOME to a newer one",
          Map.of("JAVA_HOME", home.toString()));
    }
  }

  @Test
  void aJavaOnThePathThatIsTooOld() throws Exception {
    Path bin = claiming("11.0.22").resolve("bin");
    assertSays(
        "Java 17 or newer is needed, but "
            + bin
            + "/java is version 11.0.22; set JAVA_HOME to a newer one",
        Map.of("PATH", bin + ":" + System.getenv("PATH")));
  }

  @Test
  void aJavaHomeWithoutJava() throws Exception {
    assertSays(
        "JAVA_HOME is "
            + folder
            + ", which has no bin/java; set it to a Java 17 or newer, or unset it",
        Map.of("JAVA_HOME", folder.toString()));
  }

  @Test
  void aJavaWithoutVersion() throws Exception {
    Path home = claiming("unknown");
    assertSays(
        "cannot tell the version of " + home + "/bin/java; set JAVA_HOME to a Java 17 or newer",
        Map.of("JAVA_HOME", home.toString()));
  }
}
