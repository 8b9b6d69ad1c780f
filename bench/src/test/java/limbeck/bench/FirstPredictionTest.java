package limbeck.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a process loads until its first prediction. Times would depend on the machine; what costs
 * the time are classes: each of ours a quarter of a millisecond, and some of the JDK's tens of
 * them.
 */
class FirstPredictionTest {
  /** It was 119 when this was written; an elementwise op more is one more. */
  private static final int MOST_CLASSES = 125;

  /**
   * What is not allowed once our main class is loaded: links of lambdas, of the concatenation of
   * texts, and of records' methods; streams, patterns, formats, loggers, providers of security.
   */
  private static final Pattern EXPENSIVE =
      Pattern.compile(
          "java\\.lang\\.invoke\\.(LambdaForm\\$\\w+/|.*LambdaMetafactory|StringConcatFactory).*"
              + "|.*\\$\\$Lambda.*|java\\.lang\\.runtime\\.ObjectMethods.*"
              + "|java\\.util\\.(stream|regex|logging)\\..*|java\\.util\\.Formatter.*"
              + "|java\\.lang\\.System\\$Logger|java\\.security\\.Provider.*");

  private static final Pattern LINE = Pattern.compile("\\S*\\s*(\\S+) source: (.*)");

  @TempDir Path folder;

  private Path model;

  @BeforeEach
  void writeModel() throws Exception {
    model = folder.resolve("student.safetensors");
    FirstModel.main(new String[] {model.toString()});
  }

  @Test
  void withoutVectorsLoadsLittle() throws Exception {
    assertLoadsLittle("-Dlimbeck.simd=off");
  }

  @Test
  void withVectorsLoadsLittle() throws Exception {
    assertLoadsLittle("--add-modules=jdk.incubator.vector");
  }

  private void assertLoadsLittle(String flag) throws Exception {
    boolean main = false;
    int ours = 0;
    for (String line : loaded(flag)) {
      Matcher m = LINE.matcher(line);
      if (!m.matches()) {
        continue;
      }
      String name = m.group(1);
      main |= name.equals(FirstPrediction.class.getName());
      if (main) {
        assertTrue(!EXPENSIVE.matcher(name).matches(), () -> "the first prediction loads " + line);
        ours += name.startsWith("limbeck.") ? 1 : 0;
      }
    }
    assertTrue(main, "the main class is not in the log");
    int all = ours;
    assertTrue(ours <= MOST_CLASSES, () -> "the first prediction loads " + all + " classes");
  }

  /** The classes that a JVM loads, in order, as it logs them. */
  private List<String> loaded(String flag) throws Exception {
    Path log = folder.resolve("classes.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            flag,
            "-Xlog:class+load:file=" + log + ":uptime",
            "-cp",
            placeOf(Tensor.class) + File.pathSeparator + placeOf(FirstPrediction.class),
            FirstPrediction.class.getName(),
            model.toString());
    builder.environment().keySet().removeIf(name -> name.endsWith("_OPTIONS"));
    builder.redirectOutput(folder.resolve("out").toFile());
    Process process = builder.redirectError(folder.resolve("err").toFile()).start();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("not done after two minutes");
    }
    assertEquals(0, process.exitValue(), Files.readString(folder.resolve("err")));
    return Files.readAllLines(log);
  }

  private static Path placeOf(Class<?> c) throws Exception {
    return Path.of(c.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
