package limbeck.nlp.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import limbeck.kd.data.Split;
import limbeck.kd.data.Strata;
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

  @Test
  void textsHaveClassesOrScores() {
    List<TextExample> pairs =
        List.of(
            new TextExample("a", "b", 4.25),
            new TextExample("a", "c", 0),
            new TextExample("d", "e", 2.5));
    TextDataset scores = TextDataset.scored("scores", pairs);
    assertTrue(scores.scored());
    assertEquals(1, scores.outputs());
    assertEquals(0, scores.classes());
    assertArrayEquals(new double[] {4.25, 0, 2.5}, scores.scores());
    assertArrayEquals(new double[] {2.5, 4.25}, scores.subset(new int[] {2, 0}).scores());
    assertEquals(
        "scores: its examples have scores, not classes",
        assertThrows(IllegalStateException.class, () -> scores.label(0)).getMessage());
    assertThrows(IllegalStateException.class, () -> scores.grouped(NAMES, new int[0]));
    assertThrows(IllegalStateException.class, scores::classCounts);
    assertEquals(
        "set: its examples have classes, not scores",
        assertThrows(IllegalStateException.class, () -> set.score(0)).getMessage());
    assertEquals(2, set.outputs());
  }

  @Test
  void theDigestIsOfScoresToTheLastBit() {
    TextExample e = new TextExample("a", "b", 3);
    TextExample next = new TextExample("a", "b", Math.nextUp(3.0));
    String digest = TextDataset.scored("one", List.of(e)).digest();
    assertEquals(digest, TextDataset.scored("two", List.of(e)).digest());
    assertNotEquals(digest, TextDataset.scored("one", List.of(next)).digest());
    List<String> four = List.of("0", "1", "2", "3");
    assertNotEquals(digest, new TextDataset("one", four, List.of(e)).digest());
  }

  @Test
  void scoresThatAreNoFloatsAreRefused() {
    for (double bad : new double[] {Double.NaN, 1e39, Double.NEGATIVE_INFINITY}) {
      List<TextExample> texts = List.of(new TextExample("a", null, bad));
      assertThrows(IllegalArgumentException.class, () -> TextDataset.scored("set", texts));
    }
  }

  /** Scores have no classes to draw a share of: all are drawn alike, and none is lost. */
  @Test
  void scoredSetsAreSplitAndCut() {
    List<TextExample> many = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      many.add(new TextExample("t" + i, null, i / 10.0));
    }
    TextDataset data = TextDataset.scored("many", many);
    Split split = Split.stratified(data, 10, 3);
    double[] all =
        DoubleStream.concat(
                Arrays.stream(split.train().scores()), Arrays.stream(split.heldOut().scores()))
            .sorted()
            .toArray();
    assertArrayEquals(data.scores(), all);
    assertEquals(10, split.heldOut().size());
    assertNotEquals(split.heldOut().digest(), Split.stratified(data, 10, 4).heldOut().digest());
    assertArrayEquals(Arrays.copyOf(data.scores(), 7), Strata.first(data, 7).scores());
  }
}
