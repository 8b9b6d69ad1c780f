package limbeck.kd.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DigitGlyphsTest {

  @Test
  void everyDigitIsWrittenInSeveralWays() {
    for (int digit = 0; digit < 10; digit++) {
      assertTrue(DigitGlyphs.variants(digit) >= 3, "digit " + digit);
      for (int variant = 0; variant < DigitGlyphs.variants(digit); variant++) {
        check(digit, variant);
      }
    }
  }

  private static void check(int digit, int variant) {
    for (DigitGlyphs.Stroke stroke : DigitGlyphs.strokes(digit, variant)) {
      assertTrue(stroke.size() >= 2);
      assertEquals(2 * stroke.size(), stroke.points().length);
      assertTrue(stroke.corners()[0] && stroke.corners()[stroke.size() - 1]);
      for (float v : stroke.points()) {
        assertTrue(v >= 0 && v <= 1, digit + " in way " + variant + " leaves its square: " + v);
      }
    }
  }

  /** A spline goes through its points: every sixth point of the path is one of the skeleton. */
  @Test
  void thePenPassesThroughThePoints() {
    DigitGlyphs.Stroke stroke = DigitGlyphs.strokes(3, 0).get(0);
    PenPath path = new PenPath();
    path.curve(stroke.points(), stroke.corners());
    for (int i = 0; i < stroke.size(); i++) {
      assertEquals(stroke.points()[2 * i], path.x(6 * i));
      assertEquals(stroke.points()[2 * i + 1], path.y(6 * i));
    }
    assertTrue(path.lifted(0));
  }
}
