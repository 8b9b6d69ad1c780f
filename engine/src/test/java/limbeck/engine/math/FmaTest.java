package limbeck.engine.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The software fma against {@link Math#fma(float, float, float)}, bit for bit, on cases chosen to
 * be hard.
 */
class FmaTest {
  /** Cases of each kind: fewer where {@link Math#fma(float, float, float)} takes a microsecond. */
  private static final int CASES = Fma.choose("auto") ? 8_000_000 : 100_000;

  /**
   * Times that adding in double and rounding to float, the naive way, was wrong: proof that the
   * cases are hard.
   */
  private int naiveWrong;

  @Test
  void awkwardValuesInAllTriples() {
    float[] values = awkward();
    for (float a : values) {
      for (float b : values) {
        for (float c : values) {
          check(a, b, c);
        }
      }
    }
  }

  @Test
  void allBitPatterns() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < CASES; i++) {
      check(any(random), any(random), any(random));
    }
  }

  @Test
  void sumsNextToTies() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < CASES; i++) {
      float c = near(random, 20);
      float half = Math.ulp(c) * (random.nextBoolean() ? 0.5f : -0.5f);
      // a·b is half an ulp of c times 1 − j²·2^-46, then times 1 + 2^-46; a sum in double is the
      // tie itself
      int j = random.nextInt(-255, 256);
      check(1 + j * 0x1p-23f, half * (1 - j * 0x1p-23f), c);
      check(8384513 * 0x1p-23f, half * (8392705 * 0x1p-23f), c);
    }
    assertTrue(naiveWrong > CASES / 3, naiveWrong + " cases were hard");
  }

  @Test
  void cancellation() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < CASES; i++) {
      float a = near(random, 60);
      float b = near(random, 60);
      float c = Float.intBitsToFloat(Float.floatToRawIntBits(-a * b) + random.nextInt(-2, 3));
      check(a, b, c);
    }
  }

  @Test
  void subnormalResults() {
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < CASES; i++) {
      float a = near(random, 8) * 0x1p-70f;
      float b = near(random, 8) * 0x1p-70f;
      int magnitude = random.nextInt(1 << (1 + random.nextInt(25)));
      float c = Float.intBitsToFloat(magnitude | random.nextInt() & 0x80000000);
      check(a, b, c);
      // the product is an odd number of halves of the last subnormal place, and something far below
      // it
      float odd = 0x1p-75f * (2 * random.nextInt(1 << 12) + 1);
      check(odd, 0x1p-75f * (1 + 0x1p-20f * random.nextInt(-2, 3)), c);
    }
  }

  @Test
  void overflow() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < CASES / 4; i++) {
      float a = near(random, 2) * 0x1p64f;
      float b = near(random, 2) * 0x1p63f;
      check(a, b, near(random, 4) * 0x1p100f);
      check(Float.MAX_VALUE, 1f, 0x1p103f * (1 + 0x1p-23f * random.nextInt(-2, 3)));
    }
  }

  @Test
  void propertyChooses() {
    assertTrue(Fma.choose("hardware"));
    assertFalse(Fma.choose("software"));
    assertNull(Fma.error("hardware"));
    assertEquals(
        "system property limbeck.fma = fast; use auto, hardware or software", Fma.error("fast"));
  }

  private void check(float a, float b, float c) {
    float expected = Math.fma(a, b, c);
    float actual = SoftFma.fma(a, b, c);
    if (Float.floatToIntBits(expected) != Float.floatToIntBits(actual)) {
      assertEquals(
          Float.toHexString(expected),
          Float.toHexString(actual),
          Float.toHexString(a) + " * " + Float.toHexString(b) + " + " + Float.toHexString(c));
    }
    float naive = (float) ((double) a * b + c);
    naiveWrong += Float.floatToIntBits(naive) == Float.floatToIntBits(expected) ? 0 : 1;
  }

  private static float any(SplittableRandom random) {
    return Float.intBitsToFloat(random.nextInt());
  }

  /** ±1.m·2^e with |e| ≤ range; half of the mantissas have few bits. */
  private static float near(SplittableRandom random, int range) {
    int mantissa = random.nextInt(1 << 23);
    if (random.nextBoolean()) {
      mantissa &= -1 << random.nextInt(24);
    }
    int exponent = 127 + random.nextInt(-range, range + 1);
    return Float.intBitsToFloat(random.nextInt() & 0x80000000 | exponent << 23 | mantissa);
  }

  private static float[] awkward() {
    float[] positive = {
      0f,
      Float.MIN_VALUE,
      2 * Float.MIN_VALUE,
      3 * Float.MIN_VALUE,
      0x1p-127f,
      Math.nextDown(Float.MIN_NORMAL),
      Float.MIN_NORMAL,
      Math.nextUp(Float.MIN_NORMAL),
      0x1p-100f,
      0x1p-75f,
      0x1.8p-75f,
      0x1.000002p-75f,
      0x1p-74f,
      0x1p-50f,
      0x1p-25f,
      0x1.000002p-25f,
      0x1p-24f,
      0x1.000002p-24f,
      0x1.fffffep-25f,
      0x1p-23f,
      0x1.8p-23f,
      0.1f,
      0.25f,
      0.5f,
      Math.nextDown(1f),
      1f,
      Math.nextUp(1f),
      0x1.000004p0f,
      1.5f,
      Math.nextDown(2f),
      2f,
      3f,
      0x1p12f,
      0x1.001p12f,
      0x1.fffp11f,
      0x1p23f,
      0x1.000002p23f,
      0x1p24f,
      0x1.fffffep23f,
      0x1p48f,
      0x1p63f,
      0x1p64f,
      0x1p100f,
      0x1p103f,
      0x1p104f,
      0x1p127f,
      Math.nextDown(Float.MAX_VALUE),
      Float.MAX_VALUE,
      Float.POSITIVE_INFINITY,
      Float.NaN
    };
    float[] all = new float[2 * positive.length];
    for (int i = 0; i < positive.length; i++) {
      all[2 * i] = positive[i];
      all[2 * i + 1] = -positive[i];
    }
    return all;
  }
}
