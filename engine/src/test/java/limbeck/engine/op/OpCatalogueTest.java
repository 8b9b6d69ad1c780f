package limbeck.engine.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import limbeck.engine.kernel.KernelProvider;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.verify.OpCheck;
import limbeck.engine.verify.OpReport;
import limbeck.engine.verify.OpSample;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;

/** Every op in every configuration, against everything that {@link Op} promises. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OpCatalogueTest {
  private static final int LAST = Integer.MAX_VALUE;

  private static final List<OpReport.Row> ROWS = new ArrayList<>();

  /** For work on an op: {@code -Dlimbeck.ops=lstm|conv.*} checks the ops so named alone. */
  private static final String NAMES = System.getProperty("limbeck.ops", ".*");

  /**
   * For widths of vectors that are not this machine's: the checks that depend on them alone, which
   * take a tenth of the time.
   */
  private static final boolean KERNELS_ALONE = Boolean.getBoolean("limbeck.ops.kernels");

  /** Past four of the widest vectors, so that every number of elements is left over once. */
  private static final int MOST_ELEMENTS = 67;

  @TestFactory
  Stream<DynamicTest> everyOpInEveryConfiguration() {
    return OpCatalogue.entries().stream()
        .filter(entry -> entry.op().spec().name().matches(NAMES))
        .map(entry -> DynamicTest.dynamicTest(entry.op().toString(), () -> check(entry)));
  }

  @TestFactory
  Stream<DynamicTest> everyElementwiseOpAtEveryLength() {
    return OpCatalogue.entries().stream()
        .map(Entry::op)
        .filter(op -> op instanceof ElementwiseOp || op instanceof BroadcastOp)
        .filter(op -> op.spec().name().matches(NAMES))
        .map(op -> DynamicTest.dynamicTest(op.toString(), () -> checkLengths(op)));
  }

  private static void checkLengths(Op op) {
    int operands = op.spec().operands().size();
    List<OpSample> samples =
        IntStream.rangeClosed(0, MOST_ELEMENTS)
            .mapToObj(n -> Sizes.same(operands, Shape.of(n)))
            .toList();
    assertEquals(
        samples.size(), OpCheck.of(op).checkKernels(samples).requirePassed().rows().size());
  }

  private static void check(Entry entry) {
    OpCheck check = CatalogueChecks.check(entry);
    OpReport report =
        KERNELS_ALONE ? check.checkKernels(entry.samples()) : check.check(entry.samples());
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

  /** Ops look at no more operands than they know, so that one too many would go unnoticed. */
  @Test
  void everyOpRefusesAnotherNumberOfOperands() {
    for (Entry entry : OpCatalogue.entries()) {
      OpSample sample =
          entry.samples().stream().filter(s -> s.refusal().isEmpty()).findFirst().orElseThrow();
      List<Shape> shapes = sample.operands().stream().map(OpSample.Operand::shape).toList();
      List<Shape> more = new ArrayList<>(shapes);
      more.add(shapes.get(0));
      assertRefused(entry.op(), more);
      assertRefused(entry.op(), shapes.subList(1, shapes.size()));
    }
  }

  private static void assertRefused(Op op, List<Shape> shapes) {
    Shape[] in = shapes.toArray(Shape[]::new);
    ShapeException e =
        assertThrows(ShapeException.class, () -> op.infer(in), () -> op + " of " + shapes);
    List<String> names = op.spec().operands().stream().map(OpSpec.Operand::name).toList();
    String message = ": operands " + names + " expected, " + in.length + " given instead of ";
    assertEquals(op.spec().name() + message + names.size(), e.getMessage());
  }

  @Test
  void anOpWithoutEntryIsNamed() {
    assertEquals(
        List.of("op Gelu has no catalogue entry: add one with a float64 definition"),
        OpCatalogue.missing(List.of(Relu.class, Gelu.class), List.of(Relu.class)));
  }

  /** Nothing for the kernels that this machine would choose; else what the JVM was told to use. */
  private static String kernels() {
    String width = System.getProperty("limbeck.simd");
    return KernelProvider.width() == 0 ? "-scalar" : width == null ? "" : "-" + width;
  }

  /** Without a definition or a gradient that was compared, an op would only seem to be checked. */
  @Test
  @Order(LAST)
  void everyOpHasDefinitionBoundsAndGradientCheck() {
    assumeTrue(NAMES.equals(".*") && !KERNELS_ALONE, "skipped: not all checks of all ops are run");
    List<String> unchecked = new ArrayList<>();
    for (Entry entry : OpCatalogue.entries()) {
      if (entry.definition() == null || entry.precision() == null) {
        unchecked.add(entry.op() + " has no definition or no bounds");
      }
    }
    Map<String, Boolean> compared = new TreeMap<>();
    for (OpReport.Row row : ROWS) {
      compared.merge(row.op(), !Double.isNaN(row.gradient()), Boolean::logicalOr);
    }
    compared.forEach(
        (op, done) -> {
          if (!done) {
            unchecked.add(op + " has no configuration whose gradient is compared with differences");
          }
        });
    assertEquals(List.of(), unchecked);
  }

  /**
   * The bits of every result and gradient, the same on every JVM, with vectors of any width and
   * without. Where a change of bits is meant, the file that this test writes replaces the resource.
   * An op that has no line there yet is new, and gets it the same way.
   */
  @Test
  @Order(LAST)
  void bitsAreThoseOfEveryJvm() throws IOException {
    assumeTrue(NAMES.equals(".*"), "skipped: not all ops are run");
    List<String> bits = new OpReport(ROWS, List.of()).bitLines();
    Path file = Path.of("target", "op-bits" + kernels() + ".txt");
    Files.createDirectories(file.getParent());
    Files.write(file, bits);
    List<String> changed = new ArrayList<>(new CatalogueChecks().expectedBits());
    assertTrue(changed.size() > 60, "lines of op-bits.txt: " + changed.size());
    changed.removeAll(bits);
    assertEquals(List.of(), changed, "bits differ from op-bits.txt; those now are in " + file);
  }

  @AfterAll
  static void writeTable() throws IOException {
    Path file = Path.of("target", "op-catalogue" + kernels() + ".txt");
    OpReport report = new OpReport(ROWS, List.of());
    String table = report.summary() + "\n" + report.table();
    Files.createDirectories(file.getParent());
    Files.writeString(file, "kernels: " + KernelProvider.reason() + "\n" + table);
  }
}
