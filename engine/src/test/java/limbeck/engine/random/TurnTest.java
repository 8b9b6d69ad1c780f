package limbeck.engine.random;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** {@link Turn} against {@link StrictMath} and at the quarters, where it is exact. */
class TurnTest {
  @Test
  void isExactAtTheQuarters() {
    double[] sines = {0, 1, 0, -1};
    for (int quarter = 0; quarter < 4; quarter++) {
      assertEquals(sines[quarter], Turn.sine(quarter / 4.0), 0);
      assertEquals(sines[(quarter + 1) % 4], Turn.cosine(quarter / 4.0), 0);
    }
  }

  @Test
  void meetsTheStandardFunctions() {
    int n = 100_003;
    for (int i = 0; i < n; i++) {
      double turns = (double) i / n;
      double angle = 2 * Math.PI * turns;
      // The angle is off by its rounding, 2⁻⁵¹ at 2π, and by 2.5e-16 for the rounding of π; the
      // reference by 1 ulp of 1; ours by 5e-16.
      double tolerance = 0x1p-51 + 2.5e-16 + 0x1p-52 + 5e-16;
      assertEquals(StrictMath.sin(angle), Turn.sine(turns), tolerance);
      assertEquals(StrictMath.cos(angle), Turn.cosine(turns), tolerance);
    }
  }

  @Test
  void liesOnTheCircle() {
    for (int i = 0; i < 4096; i++) {
      double s = Turn.sine(i / 4096.0);
      double c = Turn.cosine(i / 4096.0);
      // errors of 5e-16 in both give at most √2 · 2 · 5e-16, and the sum is rounded three times
      assertEquals(1, s * s + c * c, 1.5e-15 + 3 * 0x1p-53);
    }
  }

  @Test
  void isSymmetricToTheBit() {
    for (int i = 1; i < 4096; i++) {
      double turns = i / 4096.0;
      if (i % 1024 == 512) {
        continue; // halfway between quarters the later one counts, which is another on the way back
      }
      assertEquals(-Turn.sine(turns), Turn.sine(1 - turns), 0);
      assertEquals(Turn.cosine(turns), Turn.cosine(1 - turns), 0);
    }
  }
}
