package limbeck.kd.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Which pixels are covered, and how often. */
class CutoutTest {

  private static float[] covered(int side, ImageShape shape, int example) {
    float[] image = new float[shape.values()];
    new Cutout(side, 1).on(7, shape).apply(2, example, image, 0, image, 0);
    return image;
  }

  /** Every covered part is a rectangle, the same in all channels, at most as large as the side. */
  @Test
  void whatIsCoveredIsASquareCutOffAtTheBorder() {
    ImageShape shape = new ImageShape(3, 10, 12);
    for (int side = 0; side < 14; side++) {
      for (int example = 0; example < 100; example++) {
        float[] out = covered(side, shape, example);
        float[] plane = Arrays.copyOf(out, 120);
        assertArrayEquals(plane, Arrays.copyOfRange(out, 120, 240));
        assertArrayEquals(plane, Arrays.copyOfRange(out, 240, 360));
        int[] box = box(plane, 12);
        int wide = Math.max(0, box[1] - box[0] + 1);
        int high = Math.max(0, box[3] - box[2] + 1);
        double sum = 0;
        for (float f : plane) {
          sum += f;
        }
        assertEquals(wide * high, sum);
        assertTrue(wide <= side && high <= side);
        // at least the half that the middle's side of the border keeps
        assertTrue(wide >= Math.min(12, (side + 1) / 2) && high >= Math.min(10, (side + 1) / 2));
      }
    }
  }

  /** Least and greatest column, least and greatest row that are covered. */
  private static int[] box(float[] plane, int width) {
    int[] box = {width, -1, plane.length, -1};
    for (int i = 0; i < plane.length; i++) {
      if (plane[i] != 0) {
        box[0] = Math.min(box[0], i % width);
        box[1] = Math.max(box[1], i % width);
        box[2] = Math.min(box[2], i / width);
        box[3] = Math.max(box[3], i / width);
      }
    }
    return box;
  }

  /**
   * With side 1 only the middle is covered: each of 25 pixels is expected 400 times in 10,000
   * examples; chi-square of 24 degrees of freedom is above 51.2 with probability 0.001. The seed is
   * fixed.
   */
  @Test
  void everyPixelIsTheMiddleEquallyOften() {
    int[] counts = new int[25];
    for (int example = 0; example < 10_000; example++) {
      float[] out = covered(1, new ImageShape(1, 5, 5), example);
      for (int i = 0; i < 25; i++) {
        counts[i] += out[i] != 0 ? 1 : 0;
      }
    }
    assertEquals(10_000, Arrays.stream(counts).sum());
    double chi = Arrays.stream(counts).mapToDouble(n -> (n - 400.0) * (n - 400) / 400).sum();
    assertTrue(chi < 51.2, "chi-square " + chi);
  }
}
