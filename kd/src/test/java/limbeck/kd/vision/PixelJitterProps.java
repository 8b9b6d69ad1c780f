package limbeck.kd.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PixelJitterProps {

  /** By definition: out(x, y) = in(x - dx, y - dy), zero where that is outside. */
  @Property(tries = 200)
  void shiftsAndFillsWithZeros(
      @ForAll @IntRange(min = 1, max = 3) int planes,
      @ForAll @IntRange(min = 4, max = 9) int height,
      @ForAll @IntRange(min = 4, max = 9) int width,
      @ForAll @IntRange(min = 0, max = 3) int reach,
      @ForAll @IntRange(min = 0, max = 50) int example) {
    PixelJitter jitter = new PixelJitter(3, reach, planes, height, width);
    int size = planes * height * width;
    float[] in = counting(size + 2);
    float[] out = new float[size + 4];
    Arrays.fill(out, -9);
    jitter.apply(2, example, in, 2, out, 3);
    int dx = jitter.dx(2, example);
    int dy = jitter.dy(2, example);
    assertTrue(Math.abs(dx) <= reach && Math.abs(dy) <= reach);
    for (int i = 0; i < size; i++) {
      int x = i % width - dx;
      int y = i / width % height - dy;
      boolean inside = x >= 0 && x < width && y >= 0 && y < height;
      assertEquals(inside ? in[2 + i - dx - dy * width] : 0f, out[3 + i]);
    }
    assertEquals(-9, out[2]);
    assertEquals(-9, out[size + 3]);
  }

  @Property(tries = 100)
  void inPlaceIsTheSame(
      @ForAll @IntRange(min = 0, max = 3) int reach, @ForAll @IntRange(min = 0, max = 999) int i) {
    PixelJitter jitter = new PixelJitter(8, reach, 2, 5, 6);
    float[] in = counting(60);
    float[] out = new float[60];
    jitter.apply(0, i, in, 0, out, 0);
    jitter.apply(0, i, in, 0, in, 0);
    assertArrayEquals(out, in);
  }

  @Property(tries = 50)
  void reachZeroIsTheIdentity(@ForAll @IntRange(min = 0, max = 999) int example) {
    float[] in = counting(35);
    float[] out = new float[35];
    new PixelJitter(1, 0, 1, 5, 7).apply(4, example, in, 0, out, 0);
    assertArrayEquals(in, out);
  }

  /**
   * Each of the 25 shifts of reach 2 is expected 400 times in 10,000 examples; chi-square of 24
   * degrees of freedom is above 51.2 with probability 0.001. The seed is fixed.
   */
  @Example
  void everyShiftIsEquallyLikely() {
    PixelJitter jitter = new PixelJitter(5, 2, 1, 28, 28);
    int[] counts = new int[25];
    for (int i = 0; i < 10_000; i++) {
      counts[(jitter.dy(0, i) + 2) * 5 + jitter.dx(0, i) + 2]++;
    }
    double chi = Arrays.stream(counts).mapToDouble(n -> (n - 400.0) * (n - 400) / 400).sum();
    assertTrue(chi < 51.2, "chi-square " + chi);
  }

  /**
   * Independent draws agree in 1 of 25 cases: 40 of 1,000, standard deviation 6.2; 65 is four of
   * these above.
   */
  @Example
  void shiftIsAFunctionOfSeedEpochAndExample() {
    PixelJitter jitter = new PixelJitter(5, 2, 1, 28, 28);
    int[] same = new int[3];
    for (int i = 0; i < 1000; i++) {
      assertTrue(alike(jitter, 3, i, new PixelJitter(5, 2, 1, 28, 28), 3, i));
      same[0] += alike(jitter, 3, i, jitter, 4, i) ? 1 : 0;
      same[1] += alike(jitter, 3, i, jitter, 3, i + 1) ? 1 : 0;
      same[2] += alike(jitter, 3, i, new PixelJitter(6, 2, 1, 28, 28), 3, i) ? 1 : 0;
    }
    for (int n : same) {
      assertTrue(n < 65, Arrays.toString(same));
    }
  }

  private static boolean alike(PixelJitter a, int epoch, int i, PixelJitter b, int other, int k) {
    return a.dx(epoch, i) == b.dx(other, k) && a.dy(epoch, i) == b.dy(other, k);
  }

  @Example
  void refusesShiftsOutOfTheImage() {
    assertThrows(IllegalArgumentException.class, () -> new PixelJitter(1, -1, 1, 5, 5));
    assertThrows(IllegalArgumentException.class, () -> new PixelJitter(1, 5, 1, 5, 9));
    assertThrows(IllegalArgumentException.class, () -> new PixelJitter(1, 0, 0, 5, 5));
  }

  private static float[] counting(int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = i + 1;
    }
    return values;
  }
}
