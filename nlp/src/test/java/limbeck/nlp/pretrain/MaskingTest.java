package limbeck.nlp.pretrain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Set;
import limbeck.engine.random.Philox;
import org.junit.jupiter.api.Test;

class MaskingTest {
  private static final int MASK = 3;
  private static final Set<Integer> SPECIAL = Set.of(0, 1, 2, MASK);
  private static final Masking MASKING = new Masking(0.15, MASK, SPECIAL, 1_000);

  /** Counts within four deviations of what is expected: 15 %, and of these 80, 10 and 10 %. */
  @Test
  void ratesAreAsPublished() {
    int n = 200_000;
    int[] ids = new int[n];
    Arrays.fill(ids, 500);
    int[] counts = new int[4];
    MASKING.hide(
        ids,
        0,
        n,
        new Philox(7),
        (place, token) -> {
          assertEquals(500, token);
          counts[0]++;
        });
    for (int id : ids) {
      counts[1] += id == MASK ? 1 : 0;
      counts[2] += id != MASK && id != 500 ? 1 : 0;
    }
    assertShare(0.15, counts[0], n);
    assertShare(0.8, counts[1], counts[0]);
    assertShare(0.1 * 998 / 1_000, counts[2], counts[0]); // not itself, nor the mask
  }

  private static void assertShare(double expected, int count, int of) {
    double deviation = Math.sqrt(expected * (1 - expected) / of);
    assertEquals(expected, (double) count / of, 4 * deviation);
  }

  @Test
  void specialTokensAreNeverHidden() {
    int[] ids = new int[10_000];
    Arrays.setAll(ids, i -> i % 4);
    int[] before = ids.clone();
    MASKING.hide(
        ids,
        0,
        ids.length,
        new Philox(1),
        (place, token) -> {
          throw new AssertionError(place);
        });
    assertArrayEquals(before, ids);
  }

  @Test
  void masksAreAFunctionOfTheirDraws() {
    int[] once = hidden(5);
    assertArrayEquals(once, hidden(5));
    assertFalse(Arrays.equals(once, hidden(6)));
    assertThrows(IllegalArgumentException.class, () -> new Masking(1, MASK, SPECIAL, 10));
  }

  private static int[] hidden(long stream) {
    int[] ids = new int[200];
    Arrays.fill(ids, 9);
    MASKING.hide(ids, 0, ids.length, new Philox(7).stream(stream), (place, token) -> {});
    return ids;
  }
}
