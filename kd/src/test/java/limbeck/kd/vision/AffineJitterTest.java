package limbeck.kd.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import limbeck.kd.vision.AffineJitter.Limits;
import org.joml.Matrix3x2f;
import org.joml.Vector2f;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AffineJitterTest {
  private static final Limits ALL = new Limits(30, 0.2f, 0.3f, 2);

  @Test
  void noJitterIsTheIdentity() {
    float[] in = ramp(2 * 7 * 6);
    float[] out = new float[in.length];
    new AffineJitter(1, new Limits(0, 0, 0, 0), 2, 7, 6).apply(3, 9, in, 0, out, 0);
    assertArrayEquals(in, out); // every coordinate is a small half: exact
  }

  /**
   * Bilinear interpolation reproduces a plane, so out(x, y) is the plane at the mapped point
   * wherever that is inside.
   */
  @Test
  void takesTheValueAtTheMappedPoint() {
    int side = 15;
    float[] plane = new float[side * side];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = 1 + 0.5f * (i % side) + 0.25f * (i / side);
    }
    AffineJitter jitter = new AffineJitter(4, ALL, 1, side, side);
    int inside = 0;
    for (int example = 0; example < 40; example++) {
      float[] out = new float[plane.length];
      jitter.apply(0, example, plane, 0, out, 0);
      Matrix3x2f map = jitter.toOriginal(0, example);
      for (int i = 0; i < out.length; i++) {
        Vector2f p = map.transformPosition(i % side, i / side, new Vector2f());
        if (p.x >= 0 && p.y >= 0 && p.x <= side - 1 && p.y <= side - 1) {
          // three roundings of values up to 12: 12 * 2^-24 * 6 operations is below 1e-5
          assertEquals(1 + 0.5f * p.x + 0.25f * p.y, out[i], 1e-5f);
          inside++;
        } else if (p.x <= -1 || p.y <= -1 || p.x >= side || p.y >= side) {
          assertEquals(0f, out[i]);
        }
      }
    }
    assertTrue(inside > 40 * out(side), "only " + inside + " points inside");
  }

  private static int out(int side) {
    return side * side / 2;
  }

  /** The centre moves by the shift alone; the area changes by the two factors alone. */
  @ParameterizedTest
  @CsvSource({"40, 0, 0, 0", "0, 0.5, 0, 0", "0, 0, 0.7, 0", "0, 0, 0, 3", "180, 1, 1, 9"})
  void theMapKeepsItsLimits(float degrees, float scale, float shear, float shift) {
    AffineJitter jitter = new AffineJitter(2, new Limits(degrees, scale, shear, shift), 1, 9, 9);
    float most = (1 + scale) * (1 + scale) * 1.0001f;
    for (int example = 0; example < 200; example++) {
      Matrix3x2f toChanged = jitter.toOriginal(1, example).invert(new Matrix3x2f());
      float area = toChanged.m00() * toChanged.m11() - toChanged.m01() * toChanged.m10();
      assertTrue(area <= most && area >= 1 / most, "area " + area);
      Vector2f centre = toChanged.transformPosition(4, 4, new Vector2f());
      // inverse of the inverse: a few roundings of numbers up to 4 * (1 + scale) * 2
      assertEquals(4, centre.x, shift + 1e-4f);
      assertEquals(4, centre.y, shift + 1e-4f);
      if (scale == 0 && shear == 0 && shift == 0) {
        assertTrue(
            toChanged.m00() >= (float) StrictMath.cos(StrictMath.toRadians(degrees)) - 1e-6f);
      }
    }
  }

  @Test
  void isAFunctionOfSeedEpochAndExample() {
    AffineJitter jitter = new AffineJitter(2, ALL, 1, 9, 9);
    Matrix3x2f map = jitter.toOriginal(1, 5);
    assertEquals(map, new AffineJitter(2, ALL, 1, 9, 9).toOriginal(1, 5));
    assertNotEquals(map, jitter.toOriginal(1, 6));
    assertNotEquals(map, jitter.toOriginal(2, 5));
    assertNotEquals(map, new AffineJitter(3, ALL, 1, 9, 9).toOriginal(1, 5));
  }

  @Test
  void inPlaceIsTheSameAndNeighboursStay() {
    AffineJitter jitter = new AffineJitter(2, ALL, 2, 5, 6);
    float[] both = ramp(62);
    float[] out = new float[60];
    jitter.apply(0, 3, both, 1, out, 0);
    jitter.apply(0, 3, both, 1, both, 1);
    for (int i = 0; i < 60; i++) {
      assertEquals(out[i], both[i + 1]);
    }
    assertEquals(1f, both[0]);
    assertEquals(62f, both[61]);
  }

  @Test
  void refusesSenselessLimits() {
    assertThrows(IllegalArgumentException.class, () -> new Limits(-1, 0, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new Limits(Float.NaN, 0, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new Limits(0, 1.5f, 0, 0));
    assertThrows(
        IllegalArgumentException.class, () -> new Limits(0, 0, 0, Float.POSITIVE_INFINITY));
    assertThrows(IllegalArgumentException.class, () -> new AffineJitter(1, ALL, 1, 0, 5));
  }

  private static float[] ramp(int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = i + 1;
    }
    return values;
  }
}
