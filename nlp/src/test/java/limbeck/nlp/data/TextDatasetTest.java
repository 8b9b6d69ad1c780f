package limbeck.nlp.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextDatasetTest {
  private static final List<String> NAMES = List.of("no", "yes");
  private static final List<TextExample> TEXTS =
      List.of(
          new TextExample("a", null, 0),
          new TextExample("a b", null, 1),
          new TextExample("c", null, 1));

  private final TextDataset set = new TextDataset("set", NAMES, TEXTS);

  @Test
  void subsetsShareTextsAndWhatWasMadeOfThem() {
    TextDataset part = set.subset(new int[] {2, 0});
    assertEquals("c", part.text(0).first());
    assertArrayEquals(new int[] {1, 0}, part.labels());
    int[][] made = set.codes(2, "somebody", e -> new int[][] {{7}});
    assertSame(made, part.codes(0, "somebody", e -> new int[][] {{8}}));
    assertEquals(8, part.codes(0, "another", e -> new int[][] {{8}})[0][0]);
    assertEquals("texts", set.form());
    assertEquals(3, set.length(1));
    assertThrows(IndexOutOfBoundsException.class, () -> part.text(2));
  }

  @Test
  void theDigestIsOfTextsAndLabels() {
    TextDataset same = new TextDataset("other", NAMES, TEXTS);
    assertEquals(set.digest(), same.digest());
    assertEquals(set.digest(), same.subset(new int[] {0, 1, 2}).digest());
    assertNotEquals(set.digest(), set.subset(new int[] {0, 2, 1}).digest());
    assertNotEquals(set.digest(), set.grouped(NAMES, new int[] {1, 0}).digest());
    List<TextExample> pairs =
        TEXTS.stream().map(e -> new TextExample(e.first(), "", e.target())).toList();
    assertNotEquals(set.digest(), new TextDataset("set", NAMES, pairs).digest());
  }

  @Test
  void whatFitsNoClassIsRefused() {
    assertSays("set: target 2.0 of text 0 is not one of 2 classes", new TextExample("a", null, 2));
    assertSays("set: target 0.5 of text 0", new TextExample("a", null, 0.5));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new TextDataset(
                    "set",
                    NAMES,
                    List.of(new TextExample("a", null, 0), new TextExample("a", "b", 0))));
    assertEquals("set: text 1 is a pair, the first is not", e.getMessage());
  }

  private static void assertSays(String message, TextExample example) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> new TextDataset("set", NAMES, List.of(example)));
    assertTrue(e.getMessage().startsWith(message), e.getMessage());
  }
}
