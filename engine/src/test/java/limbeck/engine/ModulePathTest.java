package limbeck.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application on the module path, in a JVM that refuses what locked-down ones refuse: with and
 * without the Vector API's module.
 */
class ModulePathTest {
  private static final String VECTOR = "jdk.incubator.vector";

  private static final String MAIN =
      """
      package app;

      import limbeck.engine.exec.Workers;
      import limbeck.engine.kernel.KernelProvider;
      import limbeck.engine.tensor.DType;
      import limbeck.engine.tensor.Shape;
      import limbeck.engine.tensor.Tensor;

      public class Main {
        public static void main(String[] args) {
          Tensor t = Tensor.zeros(DType.F32, Shape.of(2, 3));
          Workers.inline().forEach(6, 4, (from, to) -> {
            for (int i = from; i < to; i++) {
              t.set(i, i);
            }
          });
          System.out.println(Tensor.class.getModule() + " " + t + " "
              + KernelProvider.reason());
        }
      }
      """;

  private static final String EXPECTED =
      "module limbeck.engine F32[2, 3] {0.0, 1.0, 2.0, 3.0, 4.0, 5.0} ";

  @TempDir static Path folder;
  private static Path engine;

  @BeforeAll
  static void compileApplications() throws IOException, URISyntaxException {
    engine = Path.of(Tensor.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    compile("plain", "module app { requires limbeck.engine; }");
    compile("vector", "module app { requires limbeck.engine; requires " + VECTOR + "; }");
  }

  private static void compile(String name, String module) throws IOException {
    Path source = Files.createDirectories(folder.resolve(name + "-source/app"));
    Path main = Files.writeString(source.resolve("Main.java"), MAIN);
    Path info = Files.writeString(source.resolveSibling("module-info.java"), module);
    StringWriter log = new StringWriter();
    PrintWriter printer = new PrintWriter(log);
    ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
    String target = folder.resolve(name).toString();
    int code =
        javac.run(
            printer,
            printer,
            "-p",
            engine.toString(),
            "-d",
            target,
            main.toString(),
            info.toString());
    assertEquals(0, code, log::toString);
  }

  @Test
  void runsWithoutTheVectorModule() throws Exception {
    String output = run("plain");
    assertTrue(
        output.startsWith(EXPECTED + "scalar: module " + VECTOR + " is not resolved"), output);
  }

  @Test
  void runsWhereTheCommandLineAddsTheVectorModule() throws Exception {
    assertVectorKernelsStart(run("plain", "--add-modules", VECTOR));
  }

  @Test
  void runsWhereTheApplicationRequiresTheVectorModule() throws Exception {
    assertVectorKernelsStart(run("vector"));
  }

  /** That they are used, or else that the CPU is the reason, which it may be anywhere. */
  private static void assertVectorKernelsStart(String output) {
    assertTrue(
        output.startsWith(EXPECTED + "simd ")
            || output.contains("has no vectors of 128 bit")
            || output.contains("has no fma instruction"),
        output);
  }

  /**
   * What the application prints. Standard error is not looked at: the JDK warns of the module
   * there.
   */
  private static String run(String application, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(locks());
    command.addAll(List.of(options));
    command.addAll(List.of("-p", engine + File.pathSeparator + folder.resolve(application)));
    command.addAll(List.of("-m", "app/app.Main"));
    Path errors = folder.resolve("errors.txt");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor(1, TimeUnit.MINUTES);
    assertEquals(0, process.exitValue(), output + Files.readString(errors));
    return output.strip();
  }

  /** Options of a locked-down JVM; the two that deny came after 17. */
  private static List<String> locks() throws IOException {
    Path temporary = Files.createDirectories(folder.resolve("read-only"));
    List<String> locks = new ArrayList<>();
    locks.add("-Djava.io.tmpdir=" + temporary);
    temporary.toFile().setWritable(false);
    if (Runtime.version().feature() >= 24) {
      locks.add("--illegal-native-access=deny");
      locks.add("--sun-misc-unsafe-memory-access=deny");
    }
    return locks;
  }
}
