package limbeck.kd.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import limbeck.kd.metric.Measure;
import org.junit.jupiter.api.Test;

/** Counts are whole, their means have a decimal; correlations are hundredths with two. */
class MeasureFormatTest {
  private static final MeasureFormat ERRORS = new MeasureFormat(Measure.ERRORS, "test");
  private static final MeasureFormat PEARSON = new MeasureFormat(Measure.PEARSON, "validation");

  @Test
  void figures() {
    assertEquals("1,062", ERRORS.one(1062));
    assertEquals("247.4", ERRORS.mean(247.36, 1));
    assertEquals("247", ERRORS.mean(247.36, 0));
    assertEquals("62 errors", ERRORS.said(62));
    assertEquals("87.31", PEARSON.one(0.87314));
    assertEquals("\u22125.00", PEARSON.mean(-0.05, 0));
    assertEquals("87.31 ± 1.20", PEARSON.mean(0.8731, 0.012, 1));
    assertEquals("87.31 Pearson × 100", PEARSON.said(0.8731));
  }

  @Test
  void differences() {
    assertEquals("\u221263", ERRORS.signed(-62.6));
    assertEquals("+116.4", ERRORS.signedMean(116.4));
    assertEquals("[\u221277.0, \u221248.2]", ERRORS.interval(-77, -48.2));
    assertEquals("+1.25", PEARSON.signed(0.0125));
    assertEquals("[\u22120.50, +1.25]", PEARSON.interval(-0.005, 0.0125));
    assertEquals("0.31", PEARSON.deviation(0.0031));
  }

  @Test
  void words() {
    assertEquals("test errors", ERRORS.noun());
    assertEquals("validation Pearson × 100", PEARSON.noun());
    assertEquals("fewer is better", ERRORS.better());
    assertEquals("higher is better", PEARSON.better());
    assertEquals("fewer errors", ERRORS.betterSide());
    assertEquals("higher correlation", PEARSON.betterSide());
  }
}
