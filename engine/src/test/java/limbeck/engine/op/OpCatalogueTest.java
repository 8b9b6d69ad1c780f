package limbeck.engine.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import limbeck.engine.kernel.KernelProvider;
import limbeck.engine.verify.OpCheck;
import limbeck.engine.verify.OpReport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every op in every configuration, against everything that {@link Op} promises. */
class OpCatalogueTest {
  private static final List<OpReport.Row> ROWS = new ArrayList<>();

  /** For work on an op: {@code -Dlimbeck.ops=lstm|conv.*} checks the ops so named alone. */
  private static final String NAMES = System.getProperty("limbeck.ops", ".*");

  @TestFactory
  Stream<DynamicTest> everyOpInEveryConfiguration() {
    return OpCatalogue.entries().stream()
        .filter(entry -> entry.op().spec().name().matches(NAMES))
        .map(entry -> DynamicTest.dynamicTest(entry.op().toString(), () -> check(entry)));
  }

  private static void check(Entry entry) {
    OpReport report =
        OpCheck.of(entry.op())
            .definition(entry.definition())
            .precision(entry.precision())
            .check(entry.samples());
    ROWS.addAll(report.rows());
    report.requirePassed();
  }

  @Test
  void everyOpHasAnEntryWithARefusal() {
    Set<Class<?>> covered = new LinkedHashSet<>();
    Set<Class<?>> refusing = new LinkedHashSet<>();
    for (Entry entry : OpCatalogue.entries()) {
      covered.add(entry.op().getClass());
      if (entry.samples().stream().anyMatch(s -> !s.refusal().isEmpty())) {
        refusing.add(entry.op().getClass());
      }
    }
    List<Class<?>> ops = OpCatalogue.ops();
    assertTrue(ops.containsAll(List.of(Add.class, Softmax.class, Linear.class)), ops.toString());
    assertEquals(List.of(), OpCatalogue.missing(ops, covered));
    assertEquals(List.of(), ops.stream().filter(op -> !refusing.contains(op)).toList());
  }

  @Test
  void anOpWithoutEntryIsNamed() {
    assertEquals(
        List.of("op Gelu has no catalogue entry: add one with a float64 definition"),
        OpCatalogue.missing(List.of(Relu.class, Gelu.class), List.of(Relu.class)));
  }

  @AfterAll
  static void writeTable() throws IOException {
    boolean vectors = KernelProvider.width() > 0;
    Path file = Path.of("target", vectors ? "op-catalogue.txt" : "op-catalogue-scalar.txt");
    String table = new OpReport(ROWS, List.of()).table();
    Files.createDirectories(file.getParent());
    Files.writeString(file, "kernels: " + KernelProvider.reason() + "\n" + table);
  }
}
