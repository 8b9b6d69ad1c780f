package limbeck.engine.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class UlpTest {
  private static final float INF = Float.POSITIVE_INFINITY;

  @Test
  void ulpIsTheSpacingOfFloats() {
    float[] values = {
      1f, 1.5f, 2f, 3e30f, 1e-30f, Float.MIN_NORMAL, Float.MIN_VALUE, 0f, Float.MAX_VALUE
    };
    for (float x : values) {
      assertEquals(Math.ulp(x), Ulp.ulp(x), "at " + x);
      assertEquals(Math.ulp(x), Ulp.ulp(-x), "at " + -x);
    }
    assertEquals(0x1p-149, Ulp.ulp(1e-60));
    assertEquals(0x1p104, Ulp.ulp(1e60));
  }

  @Test
  void distanceCountsInUlpOfTheReference() {
    assertEquals(0, Ulp.distance(1f, 1));
    assertEquals(1, Ulp.distance(Math.nextUp(1f), 1));
    assertEquals(0.5, Ulp.distance(Math.nextDown(1f), 1)); // the next float below 1 is half as far
    assertEquals(0.25, Ulp.distance(-3f, -3 - 0x1p-24));
    assertEquals(1, Ulp.distance(Float.MIN_VALUE, 0));
    assertEquals(0, Ulp.distance(-0f, 0));
  }

  @Test
  void infinityStandsForTheNextBinade() {
    assertEquals(0, Ulp.distance(INF, Double.POSITIVE_INFINITY));
    assertEquals(0, Ulp.distance(INF, 0x1.ffffffp127)); // the tie rounds to infinity
    assertEquals(1, Ulp.distance(INF, Float.MAX_VALUE));
    assertEquals(0.75, Ulp.distance(Float.MAX_VALUE, Float.MAX_VALUE + 0.75 * 0x1p104));
    assertEquals(INF, Ulp.distance(1f, Double.POSITIVE_INFINITY));
    assertEquals(INF, Ulp.distance(-INF, Double.POSITIVE_INFINITY));
  }

  @Test
  void nanEqualsNanOnly() {
    assertEquals(0, Ulp.distance(Float.NaN, Double.NaN));
    assertEquals(INF, Ulp.distance(Float.NaN, 1));
    assertEquals(INF, Ulp.distance(1f, Double.NaN));
  }
}
