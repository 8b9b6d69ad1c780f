package limbeck.kd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class WordsTest {
  private enum Colour {
    RED,
    BLUE
  }

  private static final Words<Colour> WORDS =
      new Words<>("colour", List.of(Colour.values()), c -> c.name().toLowerCase(Locale.ROOT));

  @Test
  void aWordNamesWhatItIsGivenBy() {
    assertEquals(List.of("red", "blue"), WORDS.all());
    assertSame(Colour.BLUE, WORDS.of("blue"));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> WORDS.of("Blue"));
    assertEquals("no colour \"Blue\"; there are red, blue", e.getMessage());
  }
}
