package limbeck.engine.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which block of a smaller tensor stands where in a whole one. */
class BlocksTest {
  private static final Shape WHOLE = Shape.of(2, 3, 4);

  private static String blocks(Shape part) {
    return IntStream.range(0, Blocks.count(WHOLE, 1))
        .mapToObj(
            i -> Blocks.index(part, WHOLE, 1, i) + (Blocks.isFirst(part, WHOLE, 1, i) ? "*" : ""))
        .reduce("", (a, b) -> a + " " + b);
  }

  @Test
  void axesOfSizeOneAndMissingOnesRepeat() {
    assertEquals(" 0* 1* 2* 3* 4* 5*", blocks(Shape.of(2, 3, 4)));
    assertEquals(" 0* 1* 2* 0 1 2", blocks(Shape.of(1, 3, 4)));
    assertEquals(" 0* 1* 2* 0 1 2", blocks(Shape.of(3, 4)));
    assertEquals(" 0* 0 0 1* 1 1", blocks(Shape.of(2, 1, 4)));
    assertEquals(" 0* 0 0 0 0 0", blocks(Shape.of(4)));
    assertEquals(" 0* 0 0 0 0 0", blocks(Shape.of(1, 1, 4)));
  }

  @Test
  void innerAxesMakeABlock() {
    assertEquals(6, Blocks.count(WHOLE, 1));
    assertEquals(2, Blocks.count(WHOLE, 2));
    assertEquals(1, Blocks.count(WHOLE, 3));
    assertEquals(0, Blocks.count(Shape.of(0, 3, 4), 2));
    assertEquals(Integer.MAX_VALUE, Blocks.count(Shape.of(1 << 20, 1 << 20, 0), 1));
    assertEquals(1, Blocks.index(Shape.of(2, 1, 4), WHOLE, 2, 1));
  }
}
