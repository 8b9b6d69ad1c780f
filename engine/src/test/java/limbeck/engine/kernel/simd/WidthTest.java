package limbeck.engine.kernel.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WidthTest {
  @Test
  void propertyGivesBits() {
    for (int bits = 128; bits <= 512; bits *= 2) {
      assertEquals(bits, Width.shape(Integer.toString(bits)).vectorBitSize());
    }
    int automatic = Width.shape("auto").vectorBitSize();
    assertTrue(automatic == 128 || automatic == 256 || automatic == 512, automatic + " bits");
  }

  @Test
  void unknownPropertyIsRefused() {
    var error = assertThrows(IllegalArgumentException.class, () -> Width.shape("1024"));
    assertEquals(
        "system property limbeck.simd = 1024; use auto, off, 128, 256 or 512", error.getMessage());
  }

  @Test
  void thisJvmFollowsTheProperty() {
    assertEquals(Width.shape(System.getProperty("limbeck.simd", "auto")), Width.S.vectorShape());
    assertEquals(Width.S.length(), Width.N);
    assertEquals(Width.N, Width.SI.length());
  }
}
