package limbeck.engine.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The text of floating numbers. The expected texts are those of Python's repr, an independent
 * implementation.
 */
class ShortestDecimalTest {
  // Double.toString differs between JDK 17 and 19 for 2.0E-3, 2.2250738585072014E-308, 2E-323 and
  // others. 9.999999999999999E22 and 1E23 are one double: the shorter text is written.
  @ParameterizedTest
  @CsvSource({
    "0.0, 0.0",
    "-0.0, -0.0",
    "1.0, 1.0",
    "-1.5, -1.5",
    "0.1, 0.1",
    "2.0E-3, 0.002",
    "2.2250738585072014E-308, 2.2250738585072014e-308",
    "2E-323, 2e-323",
    "4.9E-324, 5e-324",
    "1.0E23, 1e+23",
    "9.999999999999999E22, 1e+23",
    "2.0E22, 2e+22",
    "1.7976931348623157E308, 1.7976931348623157e+308",
    "123456789012345680, 1.2345678901234568e+17",
    "9999999999999998, 9999999999999998.0",
    "1E15, 1000000000000000.0",
    "1E16, 1e+16",
    "1E-4, 0.0001",
    "1E-5, 1e-05",
    "1.5E-10, 1.5e-10",
    "1E100, 1e+100",
    "123.456, 123.456",
    "2.2E-322, 2.2e-322",
    "1.1E-5, 1.1e-05",
    "8.41E21, 8.41e+21",
    "2.0E-44, 2e-44",
    "9007199254740993, 9007199254740992.0",
    "5.684341886080802E-14, 5.684341886080802e-14",
    "9.5367431640625E-7, 9.5367431640625e-07",
    "9223372036854775807, 9.223372036854776e+18"
  })
  void doubles(double value, String text) {
    assertEquals(text, ShortestDecimal.of(value));
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 0.1",
    "1.0E10, 10000000000.0",
    "3.4028235E38, 3.4028235e+38",
    "1.4E-45, 1e-45",
    "1.17549435E-38, 1.1754944e-38",
    "16777216, 16777216.0",
    "0.33333334, 0.33333334",
    "-0.0, -0.0",
    "2.0E-3, 0.002",
    "1.0E23, 1e+23",
    "8.5899346E9, 8589935000.0"
  })
  void floats(float value, String text) {
    assertEquals(text, ShortestDecimal.of(value));
  }

  @Test
  void nonFiniteIsRefused() {
    for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1 / 0.0}) {
      var e = assertThrows(IllegalArgumentException.class, () -> ShortestDecimal.of(value));
      assertTrue(e.getMessage().contains("has no JSON form"), e.getMessage());
    }
    assertThrows(IllegalArgumentException.class, () -> ShortestDecimal.of(Float.NaN));
  }

  @Test
  void powersOfTwoHaveNoShorterText() {
    for (int exponent = Double.MIN_EXPONENT; exponent <= Double.MAX_EXPONENT; exponent++) {
      double value = Math.scalb(1.0, exponent);
      String mantissa = ShortestDecimal.of(value).replaceAll("e.*", "");
      int digits = mantissa.replace(".", "").replaceAll("^0+|0+$", "").length();
      for (int shorter = 1; shorter < digits; shorter++) {
        assertTrue(!readsBackWith(shorter, value), value + " has a text of " + shorter + " digits");
      }
    }
  }

  private static boolean readsBackWith(int digits, double value) {
    var exact = new BigDecimal(value);
    return Stream.of(RoundingMode.FLOOR, RoundingMode.CEILING)
        .map(mode -> exact.round(new MathContext(digits, mode)))
        .anyMatch(d -> Double.parseDouble(d.toString()) == value);
  }
}
