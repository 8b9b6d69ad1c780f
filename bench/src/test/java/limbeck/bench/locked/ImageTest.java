package limbeck.bench.locked;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import limbeck.bench.FirstModel;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A JVM cut down by jlink to the engine and what it needs predicts the same bits, and may do no
 * more than others.
 */
class ImageTest {
  private static final String MODULES = "java.base,jdk.incubator.vector,limbeck.engine";

  @TempDir static Path images;
  @TempDir Path folder;
  private static Path image;

  @BeforeAll
  static void link() throws Exception {
    ToolProvider jlink = ToolProvider.findFirst("jlink").orElse(null);
    assumeTrue(jlink != null, "not checked here: this JDK has no jlink");
    image = images.toRealPath().resolve("image");
    StringWriter said = new StringWriter();
    PrintWriter to = new PrintWriter(said);
    Path engine = LockedDownTest.place(Tensor.class);
    int code =
        jlink.run(
            to,
            to,
            "--module-path=" + engine,
            "--add-modules=" + MODULES,
            "--strip-java-debug-attributes",
            "--no-header-files",
            "--no-man-pages",
            "--output=" + image);
    boolean linkable = Files.isDirectory(LockedDownTest.home().resolve("jmods"));
    assumeTrue(code == 0 || linkable, "not checked here: no jmods, and jlink says " + said);
    assertEquals(0, code, said.toString());
  }

  @Test
  void holdsTheseModules() throws Exception {
    Path list = images.resolve("modules.txt");
    ProcessBuilder builder =
        new ProcessBuilder(image.resolve("bin/java").toString(), "--list-modules");
    builder.environment().clear();
    assertEquals(0, builder.redirectOutput(list.toFile()).start().waitFor());
    List<String> modules = Files.readAllLines(list).stream().map(m -> m.split("@")[0]).toList();
    assertEquals(List.of(MODULES.split(",")), modules);
  }

  @Test
  void predicts() throws Exception {
    assertPredicts(Cage.of(folder));
  }

  @Test
  void predictsWhereNothingElseIsPossible() throws Exception {
    assertPredicts(LockedDownTest.mounted(folder));
  }

  private void assertPredicts(Cage cage) throws Exception {
    Path model = cage.given().resolve("model.safetensors");
    FirstModel.main(new String[] {model.toString()});
    Map<String, String> before = cage.listing();
    List<Path> main = List.of(LockedDownTest.place(PredictBits.class));
    Cage.Ran ran = cage.run(image, LockedDownTest.FAST, main, PredictBits.class, model);
    LockedDownTest.assertClean(image, cage, before, ran);
    assertEquals(PredictBits.bits(model), ran.printed().get(0));
  }
}
