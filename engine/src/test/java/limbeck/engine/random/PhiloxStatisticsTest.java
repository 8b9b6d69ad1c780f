package limbeck.engine.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Statistics of {@link Philox} at fixed seeds. Thresholds are five standard deviations of the
 * statistic under the stated distribution (a chi-square with d degrees of freedom has mean d and
 * variance 2d), so that a right generator would fail for one seed in a million.
 */
class PhiloxStatisticsTest {
  private static final int N = 1 << 18;
  private static final double SIGMAS = 5;

  private static void assertEven(int bins, IntUnaryOperator binOf) {
    int[] count = new int[bins];
    for (int i = 0; i < N; i++) {
      count[binOf.applyAsInt(i)]++;
    }
    assertChiSquare(count, bin -> 1.0 / bins);
  }

  private static void assertChiSquare(int[] count, DoubleUnaryOperator probability) {
    double sum = 0;
    for (int bin = 0; bin < count.length; bin++) {
      double expected = N * probability.applyAsDouble(bin);
      sum += (count[bin] - expected) * (count[bin] - expected) / expected;
    }
    double freedom = count.length - 1;
    double limit = SIGMAS * Math.sqrt(2 * freedom);
    assertEquals(freedom, sum, limit, "chi-square of " + count.length + " bins");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, -1, 0x5DEECE66DL})
  void spreadsEveryByteEvenly(long seed) {
    Philox p = new Philox(seed, 3);
    for (int shift = 0; shift < 32; shift += 8) {
      int by = shift;
      assertEven(256, i -> p.bits(i) >>> by & 0xFF);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10, 100, 1000})
  void drawsBelowABoundEvenly(int bound) {
    Philox p = new Philox(11);
    assertEven(bound, i -> p.below(i, bound));
  }

  @Test
  void drawsUniformNumbers() {
    Philox p = new Philox(12);
    assertEven(1000, i -> (int) (p.uniform(i) * 1000));
    assertEven(1000, i -> (int) (p.uniformDouble(i) * 1000));
  }

  @Test
  void makesNeighboursIndependent() {
    Philox p = new Philox(13);
    assertEven(256, i -> p.bits(i) >>> 28 << 4 | p.bits(i + 1) >>> 28);
    assertEven(256, i -> p.bits(i) >>> 28 << 4 | p.bits(i + 4L) >>> 28);
    assertEven(256, i -> p.bits(i) >>> 28 << 4 | new Philox(14).bits(i) >>> 28);
    assertEven(256, i -> p.bits(i) >>> 28 << 4 | new Philox(13, 1).bits(i) >>> 28);
    assertEven(256, i -> p.bits(i) >>> 28 << 4 | p.stream(i % 7).bits(i) >>> 28);
    assertEven(256, i -> p.stream(i).bits(0) >>> 28 << 4 | p.stream(i + 1L).bits(0) >>> 28);
  }

  /**
   * One flipped bit of seed, stream or index flips every bit of the output in half of the cases.
   */
  @Test
  void flipsHalfTheBitsForOneBitOfInput() {
    int[] flips = new int[32];
    int trials = 0;
    for (int i = 0; i < 100; i++) {
      for (int bit = 0; bit < 64; bit++) {
        long flip = 1L << bit;
        int word = new Philox(i, i).bits(i);
        // the two lowest bits of an index choose a word of the block
        trials = tally(flips, word ^ new Philox(i ^ flip, i).bits(i), trials);
        trials = tally(flips, word ^ new Philox(i, i ^ flip).bits(i), trials);
        trials = tally(flips, word ^ new Philox(i, i).bits(i ^ flip), trials);
      }
    }
    for (int flipped : flips) {
      assertEquals(trials / 2.0, flipped, SIGMAS * Math.sqrt(trials) / 2);
    }
  }

  private static int tally(int[] flips, int difference, int trials) {
    for (int bit = 0; bit < 32; bit++) {
      flips[bit] += difference >>> bit & 1;
    }
    return trials + 1;
  }

  /**
   * For n normal numbers the standard deviations are: of the mean 1/√n, of the mean square √(2/n),
   * of the mean cube √(15/n), of the mean fourth power √(96/n).
   */
  @Test
  void drawsNormalNumbersOfTheRightMoments() {
    Philox p = new Philox(15);
    double[] power = new double[5];
    double neighbours = 0;
    for (int i = 0; i < N; i++) {
      double x = p.normal(i);
      double y = 1;
      for (int k = 1; k <= 4; k++) {
        y *= x;
        power[k] += y / N;
      }
      neighbours += x * p.normal(i ^ 1) / N;
    }
    assertEquals(0, power[1], SIGMAS * Math.sqrt(1.0 / N));
    assertEquals(1, power[2], SIGMAS * Math.sqrt(2.0 / N));
    assertEquals(0, power[3], SIGMAS * Math.sqrt(15.0 / N));
    assertEquals(3, power[4], SIGMAS * Math.sqrt(96.0 / N));
    // each product of the two numbers of a block counts twice: the deviation is that of n/2
    // products
    assertEquals(0, neighbours, SIGMAS * Math.sqrt(2.0 / N));
  }

  /** Normal probabilities of |x| below 1, from 1 to 2, from 2 to 3, above 3. */
  @Test
  void drawsNormalNumbersWithTheRightTails() {
    Philox p = new Philox(16);
    double[] below = {0, 0.682689492137, 0.954499736104, 0.997300203937, 1};
    int[] count = new int[4];
    double largest = 0;
    for (int i = 0; i < N; i++) {
      double x = Math.abs(p.normal(i));
      count[(int) Math.min(3, x)]++;
      largest = Math.max(largest, x);
    }
    assertChiSquare(count, bin -> below[(int) bin + 1] - below[(int) bin]);
    assertTrue(largest < 8.6, "largest " + largest);
  }

  /** All 24 orders of four things, and the place of the first of ten. */
  @Test
  void permutesEvenly() {
    int[] four = new int[4];
    assertEven(
        24,
        i -> {
          new Philox(17).stream(i).permutation(four);
          return rank(four);
        });
    int[] ten = new int[10];
    assertEven(
        10,
        i -> {
          new Philox(18, i).permutation(ten);
          return ten[0];
        });
  }

  private static int rank(int[] order) {
    int rank = 0;
    for (int i = 0; i < order.length; i++) {
      int smaller = 0;
      for (int j = i + 1; j < order.length; j++) {
        smaller += order[j] < order[i] ? 1 : 0;
      }
      rank = rank * (order.length - i) + smaller;
    }
    return rank;
  }
}
