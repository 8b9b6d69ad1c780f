package limbeck.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of another project's op compiles against what there is now, and passes. */
class ForeignOpExampleTest {
  private static final Path SOURCES =
      Path.of("examples", "foreign-op", "src", "main", "java", "example");

  @Test
  void theForeignOpIsVerified(@TempDir Path folder) throws Exception {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    String path = System.getProperty("java.class.path") + modulePath();
    int failed =
        compiler.run(
            null,
            null,
            null,
            "-d",
            folder.toString(),
            "-cp",
            path,
            SOURCES.resolve("Cube.java").toString(),
            SOURCES.resolve("VerifyCube.java").toString());
    assertEquals(0, failed);
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      System.setOut(new PrintStream(printed, true, UTF_8));
      Class<?> main = loader.loadClass("example.VerifyCube");
      main.getMethod("main", String[].class).invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(before);
    }
    List<String> rows =
        printed.toString(UTF_8).lines().filter(line -> line.startsWith("cube ")).toList();
    assertEquals(2, rows.size(), printed.toString(UTF_8));
    assertTrue(rows.get(1).contains("a batch"), rows.get(1));
  }

  private static String modulePath() {
    String modules = System.getProperty("jdk.module.path");
    return modules == null ? "" : File.pathSeparator + modules;
  }
}
