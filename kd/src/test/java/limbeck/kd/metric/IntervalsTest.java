package limbeck.kd.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IntervalsTest {
  // Half a unit of the ninth decimal that the references were printed with, and rounding.
  private static final double PRINTED = 6e-10;

  @Test
  void quantilesOfStudentMatchTheUsualTable() {
    double[] table = {
      12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
      2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086
    };
    for (int i = 0; i < table.length; i++) {
      double threeDecimals = 0.0005;
      assertEquals(table[i], StudentT.twoSided(0.95, i + 1), threeDecimals);
    }
    assertEquals(2.0096, StudentT.twoSided(0.95, 49), 0.00005);
    assertEquals(63.6567, StudentT.twoSided(0.99, 1), 0.00005);
    assertEquals(1.6449, StudentT.twoSided(0.90, 10_000_000 / 1000), 0.0003); // near the normal's
  }

  @Test
  void quantilesHaveClosedFormsForOneAndTwoDegrees() {
    // tan(0.475 π), and p √(2 / (1 − p²)); the pole of tan loses a factor of about 160 on an ulp.
    assertEquals(StrictMath.tan(0.475 * Math.PI), StudentT.twoSided(0.95, 1), 1e-11);
    double p = 0.95;
    assertEquals(p * Math.sqrt(2 / (1 - p * p)), StudentT.twoSided(p, 2), 1e-13);
  }

  @Test
  void pairedOverSeeds() {
    PairedInterval three = PairedInterval.ofDifferences(new double[] {40, 52, 44}, 0.95);
    assertEquals(45.333333333, three.mean(), PRINTED);
    assertEquals(6.110100927, three.sd(), PRINTED);
    assertEquals(30.155001199, three.low(), PRINTED);
    assertEquals(60.511665468, three.high(), PRINTED);
    assertEquals(List.of(40.0, 52.0, 44.0), three.differences());
    assertEquals("seeds", three.over().text());
    PairedInterval five = PairedInterval.ofDifferences(new double[] {.6, 1.1, -.2, .9, .4}, 0.95);
    assertEquals(-0.064545883, five.low(), PRINTED);
    assertEquals(1.184545883, five.high(), PRINTED);
    double[] eight = {.6, 1.1, -.2, .9, .4, .7, .2, .5};
    assertEquals(0.185406696, PairedInterval.ofDifferences(eight, 0.95).low(), PRINTED);
    assertEquals(0.864593304, PairedInterval.ofDifferences(eight, 0.95).high(), PRINTED);
    PairedInterval paired =
        PairedInterval.overSeeds(new double[] {79, 86, 84}, new double[] {109, 118, 112});
    assertEquals(List.of(-30.0, -32.0, -28.0), paired.differences());
    assertEquals(2, paired.sd());
  }

  @Test
  void oneSeedHasNoIntervalOverSeeds() {
    MeanInterval one = MeanInterval.of(7);
    assertFalse(one.hasInterval());
    assertEquals(7, one.low());
    double[] single = {1};
    assertThrows(IllegalArgumentException.class, () -> PairedInterval.ofDifferences(single, 0.95));
    assertThrows(
        IllegalArgumentException.class, () -> PairedInterval.overSeeds(single, new double[2]));
  }

  @Test
  void oneSeedPairedOverExamples() {
    McNemar test = new McNemar(5, 12, 100);
    PairedInterval interval = test.interval();
    // d: 5 times 1, 12 times −1, 83 times 0; s² = (17 − 49/100)/99.
    double sd = Math.sqrt((17 - 0.49) / 99 * 100);
    assertEquals(-7, interval.mean());
    assertEquals(sd, interval.sd(), 1e-14); // a few ulps of 4
    // Clopper and Pearson for 5 of 17: 0.1031355 to 0.5595826
    assertEquals(17 * (2 * 0.1031355 - 1), interval.low(), 1e-5);
    assertEquals(17 * (2 * 0.5595826 - 1), interval.high(), 1e-5);
    assertEquals("examples", interval.over().text());
    assertEquals(0.143463135, test.exactP(), PRINTED);
    assertEquals(1, new McNemar(0, 0, 10).exactP());
    assertEquals(1, new McNemar(3, 3, 10).exactP());
    assertEquals(0.125, new McNemar(0, 4, 10).exactP());
    assertThrows(IllegalArgumentException.class, () -> new McNemar(6, 5, 10));
  }

  /** Interval and test are two sides of one thing. */
  @Test
  void theIntervalOverExamplesIsOffZeroWhereTheTestSaysSo() {
    int off = 0;
    for (int arm = 0; arm <= 40; arm++) {
      for (int baseline = 0; baseline <= 40; baseline++) {
        McNemar test = new McNemar(arm, baseline, 1000);
        PairedInterval interval = test.interval();
        boolean away = interval.low() > 0 || interval.high() < 0;
        assertEquals(test.exactP() < 0.05, away, test + " " + interval);
        assertTrue(interval.low() <= interval.mean() && interval.mean() <= interval.high());
        off += away ? 1 : 0;
      }
    }
    assertTrue(off > 500, off + " off zero");
    assertEquals(0, new McNemar(0, 0, 10).interval().high());
    assertEquals(3, new McNemar(3, 0, 10).interval().high()); // no more than all of them
  }

  @Test
  void discordantExamplesAreCounted() {
    float[] arm = {1, 0, 1, 0, 0, 1, 0, 1};
    float[] baseline = {1, 0, 0, 1, 1, 0, 1, 0};
    int[] labels = {0, 0, 0, 1};
    assertEquals(new McNemar(1, 2, 4), McNemar.of(arm, baseline, labels, 2));
  }

  @Test
  void wilson() {
    WilsonInterval w = WilsonInterval.of(74, 10_000);
    assertEquals(0.005899086, w.low(), PRINTED);
    assertEquals(0.009279229, w.high(), PRINTED);
    assertEquals(0, WilsonInterval.of(0, 5).low());
    assertEquals(1, WilsonInterval.of(5, 5).high());
    assertThrows(IllegalArgumentException.class, () -> WilsonInterval.of(1, 0));
  }

  @Test
  void seedsToSettle() {
    // −5.8 with s = 5.167: t(5) s/√6 = 5.42 < 5.8, and 6 is the first n above 5.
    assertEquals(OptionalInt.of(6), PairedInterval.seedsToSettle(5, -5.8, 5.167, 0.95));
    assertEquals(OptionalInt.empty(), PairedInterval.seedsToSettle(5, 0.1, 5, 0.95));
    assertEquals(OptionalInt.empty(), PairedInterval.seedsToSettle(2, -5.8, 5.167, 0.95));
  }

  @Test
  void gapClosed() {
    double[] alone = {10, 20};
    double[] distilled = {8, 15};
    MeanInterval gap = GapClosed.of(alone, distilled, new double[] {6, 10}).orElseThrow();
    assertEquals(0.5, gap.mean());
    assertEquals(0, gap.halfWidth());
    assertEquals(Optional.empty(), GapClosed.of(alone, distilled, new double[] {6, 20}));
  }

  @Test
  void exactSumsForgetNothing() {
    ExactSum sum = new ExactSum();
    double[] terms = {1e300, 1, 1e-300, -1e300, 1e16, -1e16, 0x1p-60};
    for (double term : terms) {
      sum.add(term);
    }
    assertEquals(1, sum.value());
    sum.add(-1);
    assertEquals(0x1p-60, sum.value());
    assertThrows(ArithmeticException.class, () -> sum.add(Double.NaN));
    assertTrue(new ExactSum().value() == 0);
  }

  /**
   * Likelihoods of a sure network lie far apart; the parts of their sum are many and hold few bits.
   */
  @Test
  void exactSumsHoldAnyNumberOfParts() {
    SplittableRandom random = new SplittableRandom(1);
    ExactSum sum = new ExactSum();
    BigDecimal exact = BigDecimal.ZERO;
    for (int i = 0; i < 20_000; i++) {
      double term = Math.scalb(random.nextDouble(), -random.nextInt(900));
      sum.add(term);
      exact = exact.add(new BigDecimal(term));
      if (i % 100 == 0) {
        assertEquals(exact.doubleValue(), sum.value());
      }
    }
    assertEquals(exact.doubleValue(), sum.value());
  }
}
