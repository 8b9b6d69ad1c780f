package limbeck.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of a program with a student compiles as a module that requires the engine alone. */
class EmbedExampleTest {
  private static final Path EXAMPLE = Path.of("examples", "embed", "src");
  private static final String MAIN = "example.embed.Classify";

  @Test
  void runsOnClassPathAndModulePath(@TempDir Path folder) throws Exception {
    Path model = folder.resolve("model.safetensors");
    FirstModel.main(new String[] {model.toString()});
    String engine =
        Path.of(Tensor.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .toString();
    Path module = folder.resolve("module");
    compile("main", List.of("-d", module.toString(), "--module-path", engine));
    String all = module + File.pathSeparator + System.getProperty("java.class.path");
    compile("test", List.of("-d", folder + "/tests", "-cp", all));
    String path = engine + File.pathSeparator + module;
    String answer = run(folder, List.of("-cp", path, MAIN, model.toString(), "0.5"));
    assertTrue(answer.matches("class \\d of \\[.*]\\R"), answer);
    assertEquals(
        answer, run(folder, List.of("-p", path, "-m", "example.embed/" + MAIN, "" + model, "0.5")));
  }

  private static void compile(String part, List<String> options) throws Exception {
    List<String> args = new ArrayList<>(options);
    try (Stream<Path> files = Files.walk(EXAMPLE.resolve(part))) {
      files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(args::add);
    }
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int failed =
        ToolProvider.getSystemJavaCompiler().run(null, said, said, args.toArray(String[]::new));
    assertEquals(0, failed, said.toString(UTF_8));
  }

  private static String run(Path folder, List<String> args) throws Exception {
    List<String> command = new ArrayList<>(args);
    command.add(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Path out = folder.resolve("out.txt");
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile());
    builder.environment().keySet().removeIf(name -> name.endsWith("_OPTIONS"));
    Path err = folder.resolve("err.txt");
    int code = builder.redirectError(err.toFile()).start().waitFor();
    assertEquals(0, code, Files.readString(err));
    return Files.readString(out);
  }
}
