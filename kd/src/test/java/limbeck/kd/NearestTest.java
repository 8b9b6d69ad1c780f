package limbeck.kd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> KEYS =
      List.of("student.rate", "student.epochs", "distill.temperature", "data.train");

  private static void assertHint(String expected, String given) {
    assertEquals("; did you mean \"" + expected + "\"?", Nearest.hint(given, KEYS));
  }

  @Test
  void findsMisspelledNames() {
    assertHint("student.rate", "student.rat");
    assertHint("student.rate", "sutdent.rate");
    assertHint("student.rate", "Student.Rate");
    assertHint("distill.temperature", "distil.temprature");
  }

  @Test
  void findsTheLastPartOfAName() {
    assertHint("distill.temperature", "temperature");
    assertHint("student.epochs", "epochs");
    assertHint("student.epochs", "epoch");
  }

  @Test
  void isSilentWhereNothingIsClose() {
    assertEquals("", Nearest.hint("xyzzy", KEYS));
    assertEquals("", Nearest.hint("student.rate", List.of()));
    assertEquals("", Nearest.hint("5", List.of("mobile-0.5", "student.")));
  }

  @Test
  void theFirstOfEquallyCloseNamesWins() {
    assertEquals("; did you mean \"ab\"?", Nearest.hint("a", List.of("ab", "ac")));
  }

  @Test
  void distance() {
    assertEquals(0, Nearest.distance("", ""));
    assertEquals(3, Nearest.distance("", "abc"));
    assertEquals(3, Nearest.distance("kitten", "sitting"));
    assertEquals(2, Nearest.distance("flaw", "lawn"));
  }
}
