package limbeck.kd.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberFormatsTest {
  /** Writes the two signs that are hard to tell apart on screen visibly. */
  private static String shown(String text) {
    return text.replace('\u202f', '_').replace('\u2212', '~');
  }

  private static void assertShown(String expected, String actual) {
    assertEquals(expected, shown(actual));
  }

  @Test
  void formsOfEveryQuantity() {
    assertShown("243", NumberFormats.grouped(243));
    assertShown("247.4 ± 10.3", NumberFormats.plusMinus(247.4, 10.3, 1));
    assertShown("98.15_%", NumberFormats.percent(0.9815));
    assertShown("0.063", NumberFormats.nats(0.0634));
    assertShown("2,395,210", NumberFormats.grouped(2_395_210));
    assertShown("9.58_MB", NumberFormats.bytes(9_580_840));
    assertShown("54.9_k", NumberFormats.scaled(54_912));
    assertShown("21.3_µs", NumberFormats.latency(0.0213));
    assertShown("41.8_s", NumberFormats.duration(41.8));
    assertShown("2_min 51_s", NumberFormats.duration(171));
    assertShown("2_h 51_min", NumberFormats.duration(10_284));
    assertShown("43.5×", NumberFormats.ratio(43.509));
    assertShown("0.27", NumberFormats.probability(0.27));
    assertShown("one chance in 2,900", NumberFormats.chance(1 / 2893.0));
    assertShown("~62.6", NumberFormats.signed(-62.6, 1));
    assertShown("+116.4", NumberFormats.signed(116.4, 1));
    assertShown("[~77.0, ~48.2]", NumberFormats.interval(-77.041, -48.159, 1));
  }

  @Test
  void exactBinaryValuesRoundHalfUp() {
    assertShown("0.13", NumberFormats.fixed(0.125, 2)); // exact
    assertShown("1.00", NumberFormats.fixed(1.005, 2)); // the double lies below
    assertShown("~0.13", NumberFormats.fixed(-0.125, 2));
    assertShown("0.0", NumberFormats.fixed(-0.04, 1));
    assertShown("1,120.5", NumberFormats.fixed(1120.5, 1));
    assertShown("~1,234,567.89", NumberFormats.fixed(-1234567.89, 2));
    assertShown("999.9", NumberFormats.fixed(999.94, 1));
    assertShown("1,000.0", NumberFormats.fixed(999.96, 1));
    assertShown("0.0", NumberFormats.signed(0.04, 1));
    assertShown("~0.1", NumberFormats.signed(-0.05, 1)); // 0.05 lies above
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0_B",
    "999, 999_B",
    "1000, 1.00_kB",
    "9994, 9.99_kB",
    "9995, 10.0_kB",
    "99949, 99.9_kB",
    "99950, 100_kB",
    "999499, 999_kB",
    "999500, 1.00_MB",
    "1234567890123, 1.23_TB",
    "5000000000000000, '5,000_TB'"
  })
  void bytesAtTheirEdges(long n, String expected) {
    assertShown(expected, NumberFormats.bytes(n));
  }

  @ParameterizedTest
  @CsvSource({
    "59.94, 59.9_s",
    "59.95, 1_min 0_s",
    "0, 0.0_s",
    "3599.4, 59_min 59_s",
    "3599.5, 1_h 0_min",
    "360000, 100_h 0_min"
  })
  void timesAtTheirEdges(double seconds, String expected) {
    assertShown(expected, NumberFormats.duration(seconds));
  }

  @ParameterizedTest
  @CsvSource({
    "0.9994, 999_µs",
    "0.9996, 1.00_ms",
    "1, 1.00_ms",
    "12.34, 12.3_ms",
    "0.0081, 8.10_µs"
  })
  void latenciesAtTheirEdges(double ms, String expected) {
    assertShown(expected, NumberFormats.latency(ms));
  }

  @Test
  void smallThingsAreNotZero() {
    assertShown("<_0.01", NumberFormats.halfWidth(0.001, 2));
    assertShown("0.00", NumberFormats.halfWidth(0, 2));
    assertShown("", NumberFormats.probability(0.0049));
    assertShown("0.01", NumberFormats.probability(0.0051));
    assertShown("0.29", NumberFormats.chance(0.29));
    assertShown("0.20", NumberFormats.chance(0.2));
    assertShown("one chance in 5", NumberFormats.chance(0.19));
    assertShown("one chance in 10", NumberFormats.chance(0.1));
    assertShown("one chance in 120,000,000", NumberFormats.chance(8.3e-9));
    assertShown("less than one chance in a billion", NumberFormats.chance(0));
  }

  @Test
  void numbersInSentences() {
    assertShown("one seed", NumberFormats.plural(1, "seed"));
    assertShown("ten seeds", NumberFormats.plural(10, "seed"));
    assertShown("11 seeds", NumberFormats.plural(11, "seed"));
    assertShown("1,200 seeds", NumberFormats.plural(1200, "seed"));
  }

  @Test
  void theDefaultLocaleChangesNothing() throws IOException {
    Locale before = Locale.getDefault();
    try {
      for (String tag : new String[] {"ar-EG", "de-DE", "tr-TR", "hi-IN"}) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        assertShown("1,234.5", NumberFormats.fixed(1234.5, 1));
        assertShown("~1.5", NumberFormats.fixed(-1.5, 1));
        assertEquals(SampleReports.smallestText(), TextReport.of(SampleReports.smallest()));
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void asciiHasSubstitutes() {
    String text = NumberFormats.plusMinus(-1, 2, 1) + " 1\u202fµs 3× τ² a ‖ b café \u65e5 … “x”";
    assertEquals("-1.0 +/- 2.0 1 us 3x tau^2 a || b cafe ? ... \"x\"", PlainText.ascii(text));
  }

  @Test
  void nothingSteersTheTerminal() {
    assertEquals("a\ufffd[31mb c d\ufffde", PlainText.line("a\u001b[31mb\nc\td\u202ee"));
    assertEquals("a?[31mb", PlainText.ascii("a\u001b[31mb"));
  }
}
