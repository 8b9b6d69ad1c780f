package limbeck.kd.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import limbeck.engine.exec.Workers;
import org.junit.jupiter.api.Test;

class RenderedDigitsTest {
  private static final int SIDE = RenderedDigits.SIDE;
  private static final ImageDataset THOUSAND = RenderedDigits.of(11, 1000);

  @Test
  void anImageIsTheSameAloneAndInASet() {
    ImageDataset few = RenderedDigits.of(11, 130);
    for (int i = 0; i < 130; i++) {
      assertEquals(THOUSAND.label(i), few.label(i));
      assertArrayEquals(THOUSAND.bytes(i), few.bytes(i));
      assertArrayEquals(THOUSAND.bytes(i), RenderedDigits.bytes(11, i));
      assertEquals(THOUSAND.label(i), RenderedDigits.label(11, i));
    }
  }

  @Test
  void threadsDoNotShow() {
    for (int count = 1; count <= 3; count++) {
      try (Workers workers = Workers.of(count)) {
        assertEquals(THOUSAND.digest(), RenderedDigits.of(11, 1000, workers).digest());
      }
    }
  }

  /**
   * Changes only with a change of the drawing, which says so: results on these digits change with
   * it.
   */
  @Test
  void theBitsArePinned() {
    assertEquals(
        "a9d651d1e5a4c6a0f1843844c7bfb3856dba9da265a507c562ae32038f34bf9b", THOUSAND.digest());
  }

  @Test
  void everyTenHoldEachDigitOnce() {
    for (int block = 0; block < 100; block++) {
      int[] labels = THOUSAND.slice(10 * block, 10 * block + 10).labels();
      Arrays.sort(labels);
      assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, labels);
    }
    assertNotEquals(
        Arrays.toString(THOUSAND.slice(0, 10).labels()),
        Arrays.toString(THOUSAND.slice(10, 20).labels()));
  }

  @Test
  void noTwoImagesAreAlike() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      seen.add(Arrays.toString(THOUSAND.bytes(i)));
    }
    assertEquals(1000, seen.size());
    assertFalse(Arrays.equals(RenderedDigits.bytes(11, 0), RenderedDigits.bytes(12, 0)));
  }

  /**
   * Grain adds at most 0.08, about 20 of 255; brighter is ink. A stroke of 15 pixels at the least
   * radius is longer than 15 pixels of ink; a digit whose ink covered half the paper could not be
   * read.
   */
  @Test
  void thereIsInkAndItIsInside() {
    for (int i = 0; i < 1000; i++) {
      byte[] image = THOUSAND.bytes(i);
      int ink = 0;
      for (byte b : image) {
        ink += (b & 0xff) > 21 ? 1 : 0;
      }
      assertTrue(ink > 15 && ink < SIDE * SIDE / 2, "image " + i + " has " + ink + " inked pixels");
      assertTrue(edge(image) <= 6, "image " + i + " leaves the paper: " + edge(image));
    }
  }

  /** Inked pixels on the outermost frame; a stray mark may put a few there, a digit none. */
  private static int edge(byte[] image) {
    int inked = 0;
    for (int i = 0; i < image.length; i++) {
      int x = i % SIDE;
      int y = i / SIDE;
      boolean frame = x == 0 || y == 0 || x == SIDE - 1 || y == SIDE - 1;
      inked += frame && (image[i] & 0xff) > 21 ? 1 : 0;
    }
    return inked;
  }

  /**
   * The class of the nearest mean image, on other digits than the means are of. Chance is 10 %;
   * with 1,000 tests its standard deviation is 0.95 %, so 50 % is no accident. Above 95 % the
   * digits would be too easy to distil anything.
   */
  @Test
  void nearestMeanSeparatesTheClassesButNotWell() {
    float[][] means = means(RenderedDigits.of(12, 2000));
    int right = 0;
    float[] x = new float[SIDE * SIDE];
    for (int i = 0; i < THOUSAND.size(); i++) {
      THOUSAND.read(i, x, 0);
      right += nearest(means, x) == THOUSAND.label(i) ? 1 : 0;
    }
    assertTrue(right > 500 && right < 950, right + " of 1000 right");
  }

  private static float[][] means(ImageDataset digits) {
    float[][] means = new float[10][SIDE * SIDE];
    float[] x = new float[SIDE * SIDE];
    for (int i = 0; i < digits.size(); i++) {
      digits.read(i, x, 0);
      for (int k = 0; k < x.length; k++) {
        means[digits.label(i)][k] += x[k] * 10 / digits.size();
      }
    }
    return means;
  }

  private static int nearest(float[][] means, float[] x) {
    int best = 0;
    float least = Float.MAX_VALUE;
    for (int c = 0; c < means.length; c++) {
      float distance = 0;
      for (int k = 0; k < x.length; k++) {
        distance += (x[k] - means[c][k]) * (x[k] - means[c][k]);
      }
      if (distance < least) {
        least = distance;
        best = c;
      }
    }
    return best;
  }

  @Test
  void countsAreChecked() {
    assertEquals(0, RenderedDigits.of(1, 0).size());
    assertThrows(IllegalArgumentException.class, () -> RenderedDigits.of(1, -1));
    assertThrows(IllegalArgumentException.class, () -> RenderedDigits.of(1, 3_000_000));
  }
}
