package limbeck.kd.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
  @ParameterizedTest
  @CsvSource({
    // fewer is better, any gain
    "-5, -1, true, 0, BEATS",
    "-5, 0, true, 0, INCONCLUSIVE",
    "-5, 3, true, 0, INCONCLUSIVE",
    "0, 3, true, 0, NO BEATS",
    "1, 3, true, 0, NO BEATS",
    "0, 0, true, 0, NO BEATS",
    // a gain of 2 was asked for
    "-5, -2.5, true, 2, BEATS",
    "-5, -2, true, 2, INCONCLUSIVE",
    "-5, -1, true, 2, INCONCLUSIVE",
    "-2, -1, true, 2, NO BEATS",
    "-1, 4, true, 2, NO BEATS",
    // more is better: signs are turned
    "1, 5, false, 0, BEATS",
    "0, 5, false, 0, INCONCLUSIVE",
    "-3, 0, false, 0, NO BEATS",
    "2.5, 5, false, 2, BEATS",
    "1, 2, false, 2, NO BEATS",
    "1, 3, false, 2, INCONCLUSIVE",
  })
  void truthTable(double low, double high, boolean lowerIsBetter, double gain, String label) {
    assertEquals(label, Verdict.of(low, high, lowerIsBetter, gain).label());
    assertEquals(Verdict.ofLabel(label), Verdict.of(low, high, lowerIsBetter, gain));
  }

  @Test
  void nonsenseIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Verdict.of(2, 1, true, 0));
    assertThrows(IllegalArgumentException.class, () -> Verdict.of(Double.NaN, 1, true, 0));
    assertThrows(IllegalArgumentException.class, () -> Verdict.of(1, 2, true, -1));
    assertThrows(IllegalArgumentException.class, () -> Verdict.ofLabel("WINS"));
  }

  @Test
  void intervalsAreJudgedByTheirEnds() {
    PairedInterval better = PairedInterval.ofDifferences(new double[] {-30, -32, -28}, 0.95);
    assertEquals(Verdict.BEATS, Verdict.of(better, true, 0));
    assertEquals(Verdict.INCONCLUSIVE, Verdict.of(better, true, 30));
    assertEquals(Verdict.NO_BEATS, Verdict.of(better, false, 0));
  }
}
