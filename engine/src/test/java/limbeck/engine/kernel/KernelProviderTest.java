package limbeck.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The choice in the JVM that runs the tests. */
class KernelProviderTest {
  /**
   * Without this, a flag that got lost would have the whole suite test the scalar kernels twice.
   */
  @Test
  void choosesWhatTheBuildExpects() {
    String expected = System.getProperty("expect.simd");
    assumeTrue(
        expected != null,
        "property expect.simd (true or false) is not set, so nothing is known to expect");
    assertTrue(List.of("true", "false").contains(expected), expected);
    boolean simd = expected.equals("true");
    assertEquals(simd ? "simd" : "scalar", KernelProvider.f32().name(), KernelProvider.reason());
  }

  @Test
  void isConsistent() {
    Kernels f32 = KernelProvider.f32();
    assertSame(f32, KernelProvider.f32());
    assertEquals(f32.width(), KernelProvider.width());
    assertTrue(KernelProvider.reason().startsWith(f32.name()), KernelProvider.reason());
    List<Integer> widths = f32.name().equals("simd") ? List.of(128, 256, 512) : List.of(0);
    assertTrue(widths.contains(f32.width()), f32.width() + " bits");
    assertSame(f32.rows(), f32.rows());
    assertNotSame(f32.newGemm(), f32.newGemm());
  }

  @Test
  void hasPlainLoopsForDoubles() {
    Kernels f64 = KernelProvider.f64();
    assertSame(f64, KernelProvider.f64());
    assertEquals("f64", f64.name());
    assertEquals(0, f64.width());
    assertSame(f64.rows(), f64.rows());
    assertNotSame(f64.newGemm(), f64.newGemm());
  }
}
