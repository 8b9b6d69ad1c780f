package limbeck.nlp.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SequenceFrameTest {
  private static final SequenceFrame BERT =
      SequenceFrame.bert(Vocab.of(List.of("[PAD]", "[CLS]", "[SEP]")));

  private static int[] text(int first, int length) {
    return IntStream.range(first, first + length).toArray();
  }

  @Test
  void oneTextIsCutAtItsEnd() {
    assertArrayEquals(new int[] {1, 10, 11, 2}, BERT.of(text(10, 2), 8).ids());
    assertArrayEquals(new int[] {1, 10, 11, 2}, BERT.of(text(10, 9), 4).ids());
    assertArrayEquals(new int[] {1, 2}, BERT.of(text(10, 9), 2).ids());
    assertArrayEquals(new int[4], BERT.of(text(10, 9), 4).segments());
  }

  @Test
  void ofTwoTextsTheLongerIsCut() {
    SequenceFrame.Sequence s = BERT.of(text(10, 6), text(20, 3), 9);
    assertArrayEquals(new int[] {1, 10, 11, 12, 2, 20, 21, 22, 2}, s.ids());
    assertArrayEquals(new int[] {0, 0, 0, 0, 0, 1, 1, 1, 1}, s.segments());
    assertArrayEquals(
        new int[] {1, 10, 11, 12, 2, 20, 21, 2}, BERT.of(text(10, 4), text(20, 4), 8).ids());
  }

  @Test
  void theFrameNeedsRoom() {
    assertEquals(
        "sequence: at most 2 tokens, but the frame alone has 3",
        assertThrows(IllegalArgumentException.class, () -> BERT.of(text(1, 1), text(1, 1), 2))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> BERT.of(text(1, 1), 1));
  }

  /** As long as there is room for, and both texts begin as they did. */
  @Property
  void nothingIsCutThatHasRoom(
      @ForAll @IntRange(max = 40) int a,
      @ForAll @IntRange(max = 40) int b,
      @ForAll @IntRange(min = 3, max = 60) int most) {
    SequenceFrame.Sequence s = BERT.of(text(100, a), text(200, b), most);
    assertEquals(Math.min(most, a + b + 3), s.length());
    int first = (int) IntStream.of(s.ids()).filter(i -> i >= 100 && i < 200).count();
    int second = (int) IntStream.of(s.ids()).filter(i -> i >= 200).count();
    assertArrayEquals(text(100, first), IntStream.of(s.ids()).skip(1).limit(first).toArray());
    assertTrue(first == a || second == b || Math.abs(first - second) <= 1);
  }
}
