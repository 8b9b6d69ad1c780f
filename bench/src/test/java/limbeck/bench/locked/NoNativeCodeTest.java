package limbeck.bench.locked;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import limbeck.autograd.Tape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Distiller;
import limbeck.nlp.text.WordPiece;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that we deliver holds native code, calls any, or goes behind the JVM's back. */
class NoNativeCodeTest {
  /** It was 941,000 when this was written. */
  private static final long MOST_PACKAGED = 1_000_000;

  private static final long MOST_DEPLOYED = 5_000_000;

  private static final String BAD =
      """
      class Bad {
        static final long DEPTH = 1L << 40;
        native int far();
        Object[] near() throws Exception {
          System.loadLibrary("x");
          Runtime.getRuntime().load("/x.so");
          return new Object[] {DEPTH, Class.forName("sun.misc.Unsafe")};
        }
      }
      """;

  private static final Pattern LIBRARY =
      Pattern.compile("(?i).*\\.(so(\\.\\d+)*|dll|dylib|jnilib|a|o|lib|exe)");

  private static final Pattern TEXT =
      Pattern.compile(
          ".*(sun[/.]misc[/.]Unsafe|jdk[/.]internal[/.]|java[/.]lang[/.]foreign|com[/.]sun[/.]jna).*");

  private static final Pattern MEMBER =
      Pattern.compile("java/lang/(System|Runtime|ClassLoader)\\.(load(Library)?|findLibrary)");

  @ParameterizedTest
  @ValueSource(classes = {Tensor.class, Tape.class, Distiller.class, WordPiece.class})
  void holdsAndCallsNoNativeCode(Class<?> one) throws Exception {
    Artifact artifact = Artifact.of(one);
    List<String> found = new ArrayList<>();
    int classes = 0;
    for (String name : artifact.entries().keySet()) {
      if (LIBRARY.matcher(name).matches()) {
        found.add(name);
      } else if (name.endsWith(".class")) {
        classes++;
        found.addAll(faults(name, artifact.read(name)));
      }
    }
    assertEquals(List.of(), found);
    assertTrue(classes > 20, artifact.place() + " has " + classes + " classes");
  }

  private static List<String> faults(String name, ClassFile file) {
    List<String> faults = new ArrayList<>();
    file.natives().forEach(method -> faults.add(name + " has native method " + method));
    for (String member : file.members()) {
      if (MEMBER.matcher(member).matches()) {
        faults.add(name + " calls " + member);
      }
    }
    for (String text : file.texts()) {
      if (TEXT.matcher(text).matches()) {
        faults.add(name + " names " + text);
      }
    }
    return faults;
  }

  /** A class with every fault is seen to have it. */
  @Test
  void faultsAreFound(@TempDir Path folder) throws Exception {
    Path source = folder.resolve("Bad.java");
    Files.writeString(source, BAD);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assertEquals(0, compiler.run(null, null, null, "-d", "" + folder, "" + source));
    List<String> found;
    try (InputStream in = Files.newInputStream(folder.resolve("Bad.class"))) {
      found = faults("Bad", ClassFile.read(in));
    }
    assertEquals(
        List.of(
            "Bad has native method far",
            "Bad calls java/lang/System.loadLibrary",
            "Bad calls java/lang/Runtime.load",
            "Bad names sun.misc.Unsafe"),
        found);
    assertTrue(LIBRARY.matcher("native/linux/libx.so").matches());
    assertTrue(LIBRARY.matcher("x.DLL").matches());
    assertFalse(LIBRARY.matcher("limbeck/engine/op/Also.class").matches());
  }

  @Test
  void theEngineNeedsNothing() throws Exception {
    Artifact engine = Artifact.of(Tensor.class);
    byte[] info = engine.entries().get("module-info.class");
    List<String> needed = new ArrayList<>();
    for (Requires each : ModuleDescriptor.read(new ByteArrayInputStream(info)).requires()) {
      if (!each.modifiers().contains(Requires.Modifier.STATIC)) {
        needed.add(each.name());
      }
    }
    assertEquals(List.of("java.base"), needed);
    String pom = Files.readString(Path.of("..", "engine", "pom.xml"));
    assertFalse(pom.contains("<dependency>"), "the engine's POM has a dependency");
    String parent = Files.readString(Path.of("..", "pom.xml"));
    String inherited = parent.replaceFirst("(?s).*</dependencyManagement>\\s*<dependencies>", "");
    List<String> scopes =
        Stream.of(inherited.replaceFirst("(?s)</dependencies>.*", "").split("</dependency>"))
            .filter(dependency -> dependency.contains("<artifactId>"))
            .map(
                dependency ->
                    dependency.replaceFirst("(?s).*<scope>(\\w+)</scope>.*", "$1").strip())
            .toList();
    assertEquals(List.of("test", "test"), scopes);
  }

  @Test
  void engineAndStudentAreSmall(@TempDir Path folder) throws Exception {
    Artifact engine = Artifact.of(Tensor.class);
    DistilInside.distil(folder);
    long student = Files.size(DistilInside.model(folder));
    assertTrue(engine.packaged() < MOST_PACKAGED, "as packaged: " + engine.packaged());
    assertTrue(engine.packaged() + student < MOST_DEPLOYED, "with a student of " + student);
    assertTrue(student > 4L * (784 * 30 + 30 * 30 + 30 * 10), "student: " + student);
  }
}
