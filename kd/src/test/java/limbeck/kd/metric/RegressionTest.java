package limbeck.kd.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RegressionTest {
  private static final double[] SAID = {0.1, 0.4, 0.35, 0.8, 0.7};
  private static final double[] GOLD = {0, 1, 0.5, 2, 1};

  @Test
  void goldenVector() {
    Regression r = Regression.of(SAID, GOLD);
    assertEquals(0.908633390, r.pearson().value(), 5e-10);
    assertEquals(0.974679434, r.spearman().value(), 5e-10);
    assertEquals(0.47, r.meanAbsoluteError(), 1e-12);
    assertEquals(0.620080640, r.rmse(), 5e-10);
    assertEquals(r.rmse() * r.rmse(), r.meanSquaredError(), 1e-12);
    assertEquals(5, r.examples());
  }

  @Test
  void equalValuesShareTheMeanOfTheirRanks() {
    assertArrayEquals(new double[] {1, 3, 2, 5, 4}, Regression.ranks(SAID));
    assertArrayEquals(new double[] {1, 3.5, 2, 5, 3.5}, Regression.ranks(GOLD));
    assertArrayEquals(new double[] {2, 2, 2}, Regression.ranks(new double[] {-0.0, 0.0, -0.0}));
  }

  @Test
  void fisherInterval() {
    CorrelationInterval i = CorrelationInterval.of(0.5, 1000);
    assertEquals(0.452017909, i.low(), 5e-9);
    assertEquals(0.545096962, i.high(), 5e-9);
    assertEquals(new CorrelationInterval(1, 1), CorrelationInterval.of(1, 10));
    assertThrows(IllegalArgumentException.class, () -> CorrelationInterval.of(0.5, 3));
    assertThrows(IllegalArgumentException.class, () -> CorrelationInterval.of(1.5, 30));
  }

  @Test
  void whatIsTheSameForAllHasNoCorrelation() {
    double[] same = {0.1, 0.1, 0.1, 0.1, 0.1}; // a mean of these is not 0.1
    Score r = Regression.of(same, GOLD).pearson();
    assertFalse(r.defined());
    assertEquals(0, r.value());
    assertFalse(Regression.of(SAID, same).spearman().defined());
    assertFalse(Regression.of(new double[] {1}, new double[] {2}).pearson().defined());
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Regression.of(new double[2], new double[3]));
    assertThrows(IllegalArgumentException.class, () -> Regression.of(new double[0], new double[0]));
    double[] bad = {1, Double.NaN};
    assertThrows(IllegalArgumentException.class, () -> Regression.of(bad, new double[2]));
    assertThrows(IllegalArgumentException.class, () -> Regression.of(new double[2], bad));
  }

  @Property
  void linearMapsLeaveTheCorrelationAndItsSign(
      @ForAll @Size(min = 3, max = 20) List<@DoubleRange(min = -100, max = 100) Double> values) {
    double[] x = values.stream().mapToDouble(Double::doubleValue).toArray();
    double[] up = Arrays.stream(x).map(v -> 4 * v).toArray(); // without rounding: no new ties
    double[] down = Arrays.stream(x).map(v -> -2 * v).toArray();
    boolean spread = Arrays.stream(x).max().orElse(0) - Arrays.stream(x).min().orElse(0) > 1e-3;
    if (spread) {
      assertEquals(1, Regression.of(x, up).pearson().value(), 1e-9);
      assertEquals(-1, Regression.of(x, down).pearson().value(), 1e-9);
    }
    double r = Regression.of(x, up).pearson().value();
    assertTrue(r >= -1 && r <= 1, () -> "r = " + r);
    assertEquals(
        Regression.of(x, up).spearman().value(), -Regression.of(x, down).spearman().value(), 1e-9);
  }

  @Test
  void aNetworkDoesNotDifferFromItself() {
    Regression r = Regression.of(SAID, GOLD);
    PairedInterval same = CorrelationDifference.of(r, r);
    assertEquals(0, same.mean());
    assertEquals(0, same.low());
    assertEquals(0, same.high());
    assertEquals(PairedInterval.Over.EXAMPLES, same.over());
  }

  @Test
  void aBetterNetworkIsSeenOverExamplesAndTheSignsTurnWithTheSides() {
    int n = 200;
    double[] gold = new double[n];
    double[] good = new double[n];
    double[] poor = new double[n];
    for (int i = 0; i < n; i++) {
      gold[i] = i % 17;
      good[i] = gold[i] + i * 7919 % 13 / 4.0;
      poor[i] = gold[i] + i * 7919 % 13 * 2.0;
    }
    Regression better = Regression.of(good, gold);
    Regression worse = Regression.of(poor, gold);
    PairedInterval d = CorrelationDifference.of(better, worse);
    assertTrue(d.low() > 0 && d.low() < d.mean() && d.mean() < d.high(), d::toString);
    assertEquals(Verdict.BEATS, Verdict.of(d, Measure.PEARSON.lowerIsBetter(), 0));
    PairedInterval turned = CorrelationDifference.of(worse, better);
    assertEquals(-d.high(), turned.low());
    assertEquals(-d.low(), turned.high());
    assertEquals(d, CorrelationDifference.of(better, worse)); // the same bits again
  }

  @Test
  void measuresSayWhichWayIsBetter() {
    assertTrue(Measure.ERRORS.cost(3) < Measure.ERRORS.cost(4));
    assertTrue(Measure.PEARSON.cost(0.9) < Measure.PEARSON.cost(0.8));
    assertEquals(Measure.PEARSON, Measure.of("pearson"));
    assertEquals(Measure.ERRORS, Measure.of("nll"));
    assertEquals(Measure.PEARSON, Measure.of(true));
  }
}
