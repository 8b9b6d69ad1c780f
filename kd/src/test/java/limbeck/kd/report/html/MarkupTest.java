package limbeck.kd.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MarkupTest {
  @Test
  void escapesWhatEndsTextOrAttribute() {
    assertEquals("a&lt;b&gt; &amp;amp; &quot;c&quot; 'd'", Markup.escape("a<b> &amp; \"c\" 'd'"));
    assertEquals("one line \ufffd", Markup.escape("one\nline\t\u202e"));
  }

  @Test
  void attributesAreEscapedCoordinatesRounded() {
    assertEquals(
        "<rect x=\"1.3\" y=\"-0.3\" class=\"&quot;&gt;\"></rect>",
        Markup.tag("rect", "", "x", 1.25, "y", -0.26, "class", "\">", "style", null));
    assertEquals("<div hidden>x</div>", Markup.tag("div", "x", "hidden", true));
    assertEquals("<br>", Markup.open("br"));
  }

  @Test
  void formulasRaiseWhatFollowsACaret() {
    assertEquals("KL(p<sup>T</sup> ‖ &lt;q<sup>T</sup>)", Formula.of("KL(p^T ‖ <q^T)"));
  }

  @Test
  void coordinatesHaveNoMoreDigitsThanTheyNeed() {
    assertEquals("12", Markup.coordinate(12.04));
    assertEquals("0", Markup.coordinate(-0.04));
    assertEquals("-12.4", Markup.coordinate(-12.36));
    assertEquals("1000000.5", Markup.coordinate(1e6 + 0.5));
  }
}
