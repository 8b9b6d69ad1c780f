package limbeck.nlp.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The frozen table against the table of whatever JVM this is. */
class UnicodeTest {
  /** The first feature version with Unicode 14. */
  private static final int NEWER = 19;

  /** On a JVM of the table's version, byte for byte; later ones have changed a mark or two. */
  @Test
  void theTableIsThatOfUnicode13() throws Exception {
    List<String> changed = changed();
    if (Runtime.version().feature() < NEWER) {
      try (InputStream file = Unicode.class.getResourceAsStream("unicode-13.bin")) {
        assertArrayEquals(UnicodeTableWriter.table(), file.readAllBytes());
      }
      assertEquals(List.of(), changed);
    } else {
      assertTrue(changed.contains("1734 was 64, is 1"), changed::toString); // Mn to Mc in 14.0
      assertTrue(changed.size() < 50, changed::toString);
    }
  }

  /** Code points that were assigned and are of another class by this JVM. */
  private static List<String> changed() {
    List<String> changed = new ArrayList<>();
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      int mine = Unicode.category(c);
      int theirs = UnicodeTableWriter.category(c);
      if (mine != theirs && mine != Unicode.UNASSIGNED) {
        changed.add(Integer.toHexString(c) + " was " + mine + ", is " + theirs);
      }
    }
    return changed;
  }

  @Test
  void decompositionsAreThoseOfTheJdk() {
    int composed = 0;
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (Unicode.category(c) != Unicode.UNASSIGNED && !Decomposition.isHangul(c)) {
        int[] parts = Unicode.parts(c);
        int[] theirs = UnicodeTableWriter.parts(c);
        assertArrayEquals(theirs, parts == null ? new int[0] : parts, Integer.toHexString(c));
        composed += parts == null ? 0 : 1;
      }
    }
    assertEquals(2061, composed);
  }

  @Test
  void hangulIsComputed() {
    for (int c = 0xac00; c <= 0xd7a3; c++) {
      assertTrue(Decomposition.isHangul(c));
      Ints out = new Ints(3);
      Decomposition.hangul(c, out);
      String theirs = new String(UnicodeTableWriter.parts(c), 0, out.size());
      assertEquals(theirs, out.toString());
    }
    assertFalse(Decomposition.isHangul(0xabff));
    assertFalse(Decomposition.isHangul(0xd7a4));
  }

  /** The case of a letter never changes once it is assigned, but may get a partner. */
  @Test
  void lowerCaseIsThatOfTheJdk() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (Unicode.lower(c) != c) {
        assertEquals(UnicodeTableWriter.lower(c), Unicode.lower(c));
      }
    }
    assertEquals('a', Unicode.lower('A'));
    assertEquals('i', Unicode.lower(0x130));
    assertEquals(0x3c3, Unicode.lower(0x3a3));
    assertEquals(0x10428, Unicode.lower(0x10400));
    assertEquals('1', Unicode.lower('1'));
  }

  @Test
  void classesAreThoseOfTheStandard() {
    assertTrue(Unicode.isPunctuation('!') && Unicode.isPunctuation(0x3002));
    assertFalse(Unicode.isPunctuation('$')); // Sc: a punctuation mark to BERT only
    assertTrue(Unicode.isMark(0x301));
    assertFalse(Unicode.isMark(0x903)); // Mc takes room
    assertTrue(Unicode.isSeparator(0x3000) && Unicode.isSeparator(0x2028));
    assertEquals(Unicode.FORMAT, Unicode.category(0x200d));
    assertEquals(Unicode.CONTROL, Unicode.category(0x7f));
    assertEquals(Unicode.UNASSIGNED, Unicode.category(0x1fae0)); // an emoji of Unicode 14
    assertEquals(1, Unicode.category(0x1f600)); // So
    assertEquals(Unicode.LETTER, Unicode.category(0x5d0));
    assertEquals(Unicode.NUMBER, Unicode.category(0xbd));
    assertEquals(Unicode.PRIVATE, Unicode.category(0xd800));
  }
}
