package limbeck.kd.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import limbeck.kd.Tiny;
import org.junit.jupiter.api.Test;

class HalfSpecialTest {
  private static final int[] SPECIAL = {2, 3, 5, 7, 11};
  private static final int[] OTHERS = IntStream.range(100, 113).toArray();

  private static int[] order(Order o, int epoch) {
    int[] order = new int[o.size()];
    o.order(epoch, order);
    return order;
  }

  @Test
  void halfOfAnEpochIsEverySpecialExample() {
    HalfSpecial half = new HalfSpecial(4, SPECIAL, OTHERS);
    assertEquals(10, half.size());
    for (int epoch = 0; epoch < 20; epoch++) {
      int[] order = order(half, epoch);
      Arrays.sort(order);
      assertArrayEquals(SPECIAL, Arrays.copyOf(order, 5));
      assertEquals(5, Arrays.stream(order).filter(i -> i >= 100).distinct().count());
    }
  }

  @Test
  void epochsDifferAndAreFunctionsOfTheSeed() {
    HalfSpecial half = new HalfSpecial(4, SPECIAL, OTHERS);
    assertArrayEquals(order(half, 3), order(new HalfSpecial(4, SPECIAL, OTHERS), 3));
    assertFalse(Arrays.equals(order(half, 3), order(half, 4)));
    assertFalse(Arrays.equals(order(half, 3), order(new HalfSpecial(5, SPECIAL, OTHERS), 3)));
    long seen =
        IntStream.range(0, 20)
            .flatMap(e -> Arrays.stream(order(half, e)))
            .filter(i -> i >= 100)
            .distinct()
            .count();
    assertEquals(13, seen);
  }

  /** Twelve places for five examples: each comes two or three times. */
  @Test
  void tooFewOthersComeAgain() {
    int[] many = IntStream.range(0, 12).toArray();
    int[] few = {100, 101, 102, 103, 104};
    int[] order = order(new HalfSpecial(1, many, few), 0);
    for (int other : few) {
      long times = Arrays.stream(order).filter(i -> i == other).count();
      assertEquals(2.5, times, 0.5);
    }
    assertEquals(5.0 / 12, new HalfSpecial(1, many, few).oversampled());
  }

  @Test
  void ofADataSet() {
    Dataset data = Tiny.images(1, 60);
    HalfSpecial half = HalfSpecial.of(1, data, List.of(0, 2));
    int special = data.classCounts()[0] + data.classCounts()[2];
    assertEquals(2 * special, half.size());
    assertEquals((60.0 - special) / special, half.oversampled());
    assertThrows(IllegalArgumentException.class, () -> HalfSpecial.of(1, data, List.of(0, 1, 2)));
    assertThrows(IllegalArgumentException.class, () -> HalfSpecial.of(1, data, List.of()));
  }

  @Test
  void classesPutTogether() {
    ImageDataset data = Tiny.images(1, 60).subset(new int[] {5, 9, 30, 31});
    ImageDataset grouped = data.grouped(List.of("b", "others"), new int[] {1, 0, 1});
    assertEquals(2, grouped.classes());
    for (int i = 0; i < 4; i++) {
      assertEquals(data.label(i) == 1 ? 0 : 1, grouped.label(i));
      assertArrayEquals(data.bytes(i), grouped.bytes(i));
    }
    assertThrows(
        IllegalArgumentException.class, () -> data.grouped(List.of("b"), new int[] {0, 0, 1}));
    assertThrows(
        IllegalArgumentException.class, () -> data.grouped(List.of("b"), new int[] {0, 0}));
  }
}
