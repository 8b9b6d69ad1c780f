package limbeck.bench.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import limbeck.engine.op.CustomOp;
import limbeck.engine.op.Dropout;
import limbeck.engine.op.Gelu;
import limbeck.engine.op.GeluTanh;
import limbeck.engine.op.Op;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Our ops beside libtorch's, results and gradients in float64, on cases drawn anew in each run.
 * Properties: {@code limbeck.seed} (by the clock; it is printed), {@code limbeck.cases} of each op
 * (20), and {@code limbeck.ops}, a regular expression of their names. The table goes to {@code
 * bench/target/torch-oracle.md} as well.
 */
class TorchOracleTest {
  private static final long SEED = Long.getLong("limbeck.seed", System.currentTimeMillis());
  private static final int CASES = Integer.getInteger("limbeck.cases", 20);
  private static final String NAMES = System.getProperty("limbeck.ops", ".*");

  /** Random numbers of our own, which libtorch does not have. */
  private static final Set<Class<?>> OUT_OF_REACH = Set.of(Dropout.class);

  private static final Map<String, Tally> TALLIES = new TreeMap<>();

  @BeforeAll
  static void sayWhatRuns() {
    System.out.println(
        Libtorch.version() + ", -Dlimbeck.seed=" + SEED + " -Dlimbeck.cases=" + CASES);
  }

  @TestFactory
  Stream<DynamicTest> everyOpAgrees() {
    return OracleEntry.all().stream()
        .filter(entry -> entry.name().matches(NAMES))
        .map(entry -> DynamicTest.dynamicTest(entry.name(), () -> run(entry)));
  }

  private static void run(OracleEntry entry) {
    Tally tally = new Tally(entry.name());
    TALLIES.put(entry.name(), tally);
    new Comparison(SEED, CASES).run(entry, tally);
    assertEquals(CASES, tally.cases());
  }

  @AfterAll
  static void writeTable() throws IOException {
    StringBuilder table = new StringBuilder(Tally.HEAD);
    TALLIES.values().forEach(t -> table.append(t.line()));
    System.out.print(table);
    Files.writeString(Path.of("target", "torch-oracle.md"), table);
  }

  @Test
  void everyOpHasAnEntry() {
    Set<Class<?>> compared = new HashSet<>(OUT_OF_REACH);
    for (OracleEntry entry : OracleEntry.all()) {
      compared.add(entry.draft().apply(entry.draw(1, 0)).op().getClass());
    }
    Set<String> missing = new TreeSet<>();
    collect(Op.class, compared, missing);
    assertEquals(Set.of(), missing);
  }

  private static void collect(Class<?> type, Set<Class<?>> compared, Set<String> missing) {
    if (type.isSealed()) {
      for (Class<?> permitted : type.getPermittedSubclasses()) {
        collect(permitted, compared, missing);
      }
    } else if (type != CustomOp.class && !compared.contains(type)) {
      missing.add(type.getSimpleName());
    }
  }

  /** What it is for: the approximation is no more than 5e−4 from the function. */
  @Test
  void aWrongFormulaIsFoundAndNamed() {
    OracleEntry wrong =
        new OracleEntry(
            "gelu", d -> OracleCase.of(new GeluTanh(), in -> Torch.nn(in[0]).gelu(), d.normal(17)));
    AssertionError e = assertThrows(AssertionError.class, () -> compare(wrong));
    assertTrue(
        e.getMessage().matches("gelu, seed 7, case 0: GeluTanh.*, result\\[\\d+\\] is .*"),
        e.getMessage());
  }

  /** A gradient that is off by one part in 10¹². */
  @Test
  void aWrongGradientIsFoundAndNamed() {
    OracleEntry wrong =
        new OracleEntry(
            "gelu",
            d ->
                OracleCase.of(
                    new Gelu(),
                    in -> {
                      var y = Torch.nn(in[0]).gelu();
                      return y.stopGradient().add(y.sub(y.stopGradient()).mul(1 + 1e-12));
                    },
                    d.normal(17)));
    AssertionError e = assertThrows(AssertionError.class, () -> compare(wrong));
    assertTrue(e.getMessage().contains(", gradient of operand 0["), e.getMessage());
  }

  private static void compare(OracleEntry entry) {
    new Comparison(7, 1).run(entry, new Tally(entry.name()));
  }
}
