package limbeck.bench.locked;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import limbeck.autograd.Tape;
import limbeck.bench.FirstModel;
import limbeck.engine.kernel.KernelProvider;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Distiller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A model predicts, and a student is distilled and saved, where hosts allow almost nothing; and the
 * bits are those of a JVM that may do what it likes.
 */
class LockedDownTest {
  private static final String VECTORS = "--add-modules=jdk.incubator.vector";
  static final List<String> FAST = List.of(VECTORS, "-Dlimbeck.simd=auto");
  private static final List<String> PLAIN = List.of("-Dlimbeck.simd=off");
  private static final String UNMOUNTABLE =
      "not checked here: read-only file systems, noexec, no network; this user may not mount";

  /**
   * What opens connections, and Unsafe as libraries see it. Streams on files ask whether their
   * channel is one of sockets, which loads that class and no more: what such a channel opens its
   * socket with is {@code sun.nio.ch.Net}.
   */
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "(java\\.net\\.(\\w*Socket|SocketImpl|Inet\\w*Address|NetworkInterface|\\w*URLConnection)"
              + "|sun\\.nio\\.ch\\.(Net|NioSocketImpl|UnixDomainSockets)"
              + "|java\\.net\\.http\\..*|sun\\.misc\\.Unsafe) .*");

  @TempDir Path folder;

  @Test
  void predictsWithVectors() throws Exception {
    assertPredicts(Cage.of(folder), FAST);
  }

  @Test
  void predictsWithoutVectors() throws Exception {
    assertPredicts(Cage.of(folder), PLAIN);
  }

  @Test
  void distils() throws Exception {
    assertDistils(Cage.of(folder));
  }

  @Test
  void predictsWhereNothingElseIsPossible() throws Exception {
    assertPredicts(mounted(), FAST);
  }

  @Test
  void distilsWhereNothingElseIsPossible() throws Exception {
    assertDistils(mounted());
  }

  /** The cage is one: whoever tries finds that nothing else is possible. */
  @Test
  void theMountedCageHolds() throws Exception {
    Cage cage = mounted();
    Cage.Ran ran =
        cage.run(
            home(),
            List.of(),
            List.of(place(Escape.class)),
            Escape.class,
            cage.tmp(),
            cage.cwd(),
            Path.of("").toAbsolutePath(),
            System.getProperty("java.io.tmpdir"),
            cage.given(),
            cage.tmp().resolve(Cage.PROGRAM));
    assertEquals(0, ran.code(), ran.errors());
    assertEquals(List.of(cage.given().toString()), ran.printed("wrote into "));
    assertEquals(List.of(), ran.printed("executed "));
    assertTrue(ran.printed("refused: ").get(4).contains("ermission denied"), "" + ran.printed());
    assertTrue(ran.printed("refused: ").get(5).contains("unreachable"), "" + ran.printed());
  }

  /** Sockets would be seen in the log of classes. */
  @Test
  void connectionsAreSeen() throws Exception {
    Cage cage = Cage.of(folder);
    Cage.Ran ran =
        cage.run(
            home(), List.of(), List.of(place(Escape.class)), Escape.class, cage.given(), "none");
    assertTrue(ran.loaded().stream().anyMatch(c -> FORBIDDEN.matcher(c).matches()));
  }

  private Cage mounted() throws Exception {
    return mounted(folder);
  }

  /** A cage that cannot be left; without it the test says what was not checked. */
  static Cage mounted(Path folder) throws Exception {
    Cage cage = Cage.mounted(folder);
    assumeTrue(cage != null, UNMOUNTABLE);
    return cage;
  }

  private static void assertPredicts(Cage cage, List<String> flags) throws Exception {
    Path model = cage.given().resolve("model.safetensors");
    FirstModel.main(new String[] {model.toString()});
    Map<String, String> before = cage.listing();
    List<Path> engine = List.of(place(Tensor.class), place(PredictBits.class));
    Cage.Ran ran = cage.run(home(), flags, engine, PredictBits.class, model);
    assertClean(home(), cage, before, ran);
    assertEquals(List.of("model.safetensors"), names(cage.given()));
    assertEquals(PredictBits.bits(model), ran.printed().get(0));
    boolean plain = flags.equals(PLAIN);
    Object kernels = plain ? KernelProvider.plainF32() : KernelProvider.f32();
    assertEquals("kernels " + kernels.getClass().getName(), ran.printed().get(1));
  }

  private void assertDistils(Cage cage) throws Exception {
    Map<String, String> before = cage.listing();
    Cage.Ran ran = cage.run(home(), FAST, everything(), DistilInside.class, cage.given());
    assertClean(home(), cage, before, ran);
    assertEquals(List.of("checkpoint.safetensors", "student.safetensors"), names(cage.given()));
    Path free = Files.createDirectory(folder.resolve("free"));
    assertEquals(DistilInside.distil(free), ran.printed().get(0));
    assertEquals(PredictBits.bits(DistilInside.model(free)), ran.printed().get(1));
  }

  /** Nothing but what was asked for: no complaint, file, socket, library or class beyond it. */
  static void assertClean(Path java, Cage cage, Map<String, String> before, Cage.Ran ran)
      throws Exception {
    assertEquals(0, ran.code(), ran.errors());
    assertEquals(
        "",
        ran.errors()
            .lines()
            .filter(line -> !line.startsWith("WARNING: Using incubator modules:"))
            .reduce("", (a, b) -> a + b + "\n"));
    assertEquals(before, cage.listing());
    assertEquals(List.of(), ran.printed(Cage.SOCKET));
    for (String library : ran.printed(Cage.LIBRARY)) {
      assertTrue(
          library.startsWith(java.toRealPath().toString())
              || library.matches("/(usr/)?lib(32|64)?/.*"),
          () -> library + " is neither the JVM's nor the system's");
    }
    assertTrue(ran.loaded().size() > 300, "the log of classes is missing");
    for (String loaded : ran.loaded()) {
      assertTrue(!FORBIDDEN.matcher(loaded).matches(), loaded);
    }
  }

  private static List<String> names(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  static Path home() {
    return Path.of(System.getProperty("java.home"));
  }

  private static List<Path> everything() throws Exception {
    return List.of(
        place(Tensor.class),
        place(Tape.class),
        place(Distiller.class),
        place(Class.forName("org.joml.Matrix3x2f")),
        place(DistilInside.class));
  }

  /** The jar or folder that a class is from. */
  static Path place(Class<?> c) throws Exception {
    return Path.of(c.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
