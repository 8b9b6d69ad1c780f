package limbeck.nlp.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ByteLevelWordsTest {
  @Test
  void wordsTakeOneSpaceBeforeThem() {
    assertEquals(List.of("I", " am", " 23", ",", " you", "?"), ByteLevelWords.of("I am 23, you?"));
    assertEquals(List.of("a", " ", " b"), ByteLevelWords.of("a  b"));
    assertEquals(List.of("a", "   "), ByteLevelWords.of("a   "));
    assertEquals(List.of(" "), ByteLevelWords.of(" "));
  }

  /** A line feed is no space that goes to a word. */
  @Test
  void otherSpaceStandsAlone() {
    assertEquals(List.of("a", "\n", "\n", "b"), ByteLevelWords.of("a\n\nb"));
    assertEquals(List.of("a", " \n", " b"), ByteLevelWords.of("a \n b"));
    assertEquals(List.of("\u3000", "x"), ByteLevelWords.of("\u3000x"));
  }

  @Test
  void englishEndingsAreCutOff() {
    assertEquals(
        List.of("I", "'ve", " we", "'ll", " he", "'s"), ByteLevelWords.of("I've we'll he's"));
    assertEquals(List.of("'", "S"), ByteLevelWords.of("'S"));
  }

  @Test
  void lettersNumbersAndSignsArePartedInAnyScript() {
    assertEquals(List.of("日本", "２", "，", "ab", "½", "!?"), ByteLevelWords.of("日本２，ab½!?"));
    assertEquals(List.of("😀😀", "a"), ByteLevelWords.of("😀😀a"));
  }

  @Property
  void nothingIsLost(@ForAll String text) {
    assertEquals(text, String.join("", ByteLevelWords.of(text)));
  }
}
