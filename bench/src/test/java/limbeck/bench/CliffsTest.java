package limbeck.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.kernel.KernelProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** No kernel is many times slower here than it can be, and {@link Cliffs} would notice. */
class CliffsTest {
  private static final String LOOP = "rows:RELU";

  private static Map<String, Runnable> kernels;

  private double kept;

  @BeforeAll
  static void makeKernels() {
    assumeTrue(KernelProvider.width() > 0, "nothing to watch, " + KernelProvider.reason());
    kernels = CliffKernels.of(KernelProvider.f32());
  }

  @Test
  void noKernelIsOffItsCliff() {
    List<String> findings = new Cliffs(Cliffs.onRecord()).findings(kernels);
    assertEquals(List.of(), findings, () -> String.join("\n", findings));
  }

  private static List<String> findings(Map<String, Double> record, Runnable kernel) {
    return new Cliffs(record).findings(Map.of(LOOP, kernel));
  }

  /** Work that takes much longer than what is on record, and no memory. */
  @Test
  void slowKernelsAreFound() {
    Runnable relu = kernels.get(LOOP);
    Runnable slow =
        () -> {
          for (int i = 0; i < 3 * Cliffs.FACTOR; i++) {
            relu.run();
          }
        };
    assertEquals(List.of(), findings(Cliffs.onRecord(), relu));
    List<String> findings = findings(Cliffs.onRecord(), slow);
    assertEquals(1, findings.size());
    assertTrue(findings.get(0).startsWith("rows:RELU takes "), findings.get(0));
    assertTrue(findings.get(0).endsWith("and allocates 0 bytes a run"), findings.get(0));
  }

  /** What a loop whose vectors are objects does, on a record that allows it any time. */
  @Test
  void allocationIsFound() {
    assumeTrue(Cliffs.BYTES < Long.MAX_VALUE, "objects come by chance on this JDK");
    Map<String, Double> patient = Map.of(LOOP, 1e9);
    List<String> findings =
        findings(
            patient,
            () -> {
              Map<Integer, float[]> vectors = new HashMap<>();
              for (int i = 0; i < 125; i++) {
                vectors.put(i, new float[16]);
              }
              kept += vectors.size();
            });
    assertEquals(1, findings.size());
    assertTrue(kept > 0);
  }

  @Test
  void kernelsMustBeOnRecord() {
    assertEquals(
        List.of("rows:RELU is not on record: run bench/checks/cliffs.sh"),
        findings(Map.of(), () -> kept++));
  }

  @Test
  void theRecordIsOfTheseKernels() {
    assertEquals(List.copyOf(kernels.keySet()), List.copyOf(Cliffs.onRecord().keySet()));
  }
}
