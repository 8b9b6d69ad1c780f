package limbeck.engine.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * Narrowing: the nearest of all values there are, and of two that are equally near the even one.
 */
class HalfFloatsTest {
  private static final int INFINITE_16 = 0x7c00;
  private static final int INFINITE_B = 0x7f80;

  @Test
  void whatIsWidenedNarrowsToItself() {
    for (int i = 0; i < 1 << 16; i++) {
      short bits = (short) i;
      float half = HalfFloats.fromFloat16(bits);
      float brain = HalfFloats.fromBfloat16(bits);
      if (!Float.isNaN(half)) {
        assertEquals(bits, HalfFloats.toFloat16(half));
      } else {
        assertTrue(Float.isNaN(HalfFloats.fromFloat16(HalfFloats.toFloat16(half))));
      }
      if (!Float.isNaN(brain)) {
        assertEquals(bits, HalfFloats.toBfloat16(brain));
      } else {
        assertTrue(Float.isNaN(HalfFloats.fromBfloat16(HalfFloats.toBfloat16(brain))));
      }
    }
  }

  /** Half way between neighbours, and the floats on both sides of it. */
  @Test
  void tiesGoToTheEvenOne() {
    for (int i = 0; i < INFINITE_16 - 1; i++) {
      float low = HalfFloats.fromFloat16((short) i);
      float high = HalfFloats.fromFloat16((short) (i + 1));
      float half = low + (high - low) / 2; // exact: one bit more than each of them
      assertEquals(i + (i & 1), HalfFloats.toFloat16(half));
      assertEquals(i, HalfFloats.toFloat16(Math.nextDown(half)));
      assertEquals(i + 1, HalfFloats.toFloat16(Math.nextUp(half)));
      assertEquals((short) (0x8000 | i + (i & 1)), HalfFloats.toFloat16(-half));
    }
    assertEquals(INFINITE_16 - 1, HalfFloats.toFloat16(Math.nextDown(65520f)));
    assertEquals(INFINITE_16, HalfFloats.toFloat16(65520f));
    assertEquals((short) (0x8000 | INFINITE_16), HalfFloats.toFloat16(-65520f));
    assertEquals(INFINITE_16, HalfFloats.toFloat16(Float.MAX_VALUE));
    assertEquals(INFINITE_B, HalfFloats.toBfloat16(Float.MAX_VALUE));
  }

  @Property(tries = 20_000)
  void bfloat16IsTheNearest(@ForAll int bits) {
    float value = Float.intBitsToFloat(bits);
    float found = HalfFloats.fromBfloat16(HalfFloats.toBfloat16(value));
    if (Float.isNaN(value)) {
      assertTrue(Float.isNaN(found));
      return;
    }
    float towardsZero = Float.intBitsToFloat(bits & 0xffff0000);
    float away = Float.intBitsToFloat((bits & 0xffff0000) + 0x10000);
    if (!Float.isFinite(value) || !Float.isFinite(away)) {
      assertTrue(found == towardsZero || found == away);
      return;
    }
    BigDecimal x = new BigDecimal(value);
    int order =
        x.subtract(new BigDecimal(towardsZero))
            .abs()
            .compareTo(new BigDecimal(away).subtract(x).abs());
    boolean even = (Float.floatToRawIntBits(towardsZero) >> 16 & 1) == 0;
    assertEquals(order < 0 || order == 0 && even ? towardsZero : away, found);
  }
}
