package limbeck.kd.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpecialistFiguresTest {
  private static final float[] LOGITS = {
    3, 1, 2, // of class 1: largest is 0, among 1 and 2 it is 2
    0, 2, 1, // of class 1: right
    9, 0, 1, // of class 2: right among 1 and 2
    5, 6, 7, // of class 0: does not count
  };
  private static final int[] LABELS = {1, 1, 2, 0};

  @Test
  void onlyItsExamplesAndItsClassesCount() {
    assertEquals(2.0 / 3, SpecialistFigures.accuracy(LOGITS, LABELS, 3, List.of(1, 2)));
    assertEquals(0, SpecialistFigures.accuracy(LOGITS, LABELS, 3, List.of(0, 2)));
    assertEquals(1, SpecialistFigures.accuracy(LOGITS, LABELS, 3, List.of(1)));
  }

  @Test
  void withoutExamplesThereIsNone() {
    int[] labels = {0, 0, 0, 0};
    assertEquals(Double.NaN, SpecialistFigures.accuracy(LOGITS, labels, 3, List.of(1, 2)));
  }
}
