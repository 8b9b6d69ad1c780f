package limbeck.kd.data.jpeg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The transform against its definition, T.81, A.3.3. */
class InverseDctTest {

  private static byte[] samples(int[] coefficients) {
    byte[] out = new byte[64];
    new InverseDct().samples(coefficients, out, 0, 8);
    return out;
  }

  private static double definition(int[] s, int x, int y) {
    double sum = 0;
    for (int v = 0; v < 8; v++) {
      for (int u = 0; u < 8; u++) {
        double scale = (u == 0 ? Math.sqrt(0.5) : 1) * (v == 0 ? Math.sqrt(0.5) : 1);
        double wave =
            StrictMath.cos((2 * x + 1) * u * Math.PI / 16)
                * StrictMath.cos((2 * y + 1) * v * Math.PI / 16);
        sum += scale * s[8 * v + u] * wave / 4;
      }
    }
    return sum;
  }

  /** IEEE 1180 allows a single sample to be off by 1; the mean square error must be below 0.02. */
  @Test
  void itIsTheDefinitionButForRounding() {
    SplittableRandom random = new SplittableRandom(3);
    double squares = 0;
    int blocks = 400;
    for (int block = 0; block < blocks; block++) {
      int[] s = new int[64];
      for (int i = 0; i < 64; i++) {
        s[i] = random.nextInt(8) == 0 ? random.nextInt(-60, 61) : 0;
      }
      byte[] out = samples(s);
      for (int i = 0; i < 64; i++) {
        double exact = Math.max(0, Math.min(255, definition(s, i % 8, i / 8) + 128));
        double error = (out[i] & 0xff) - Math.rint(exact);
        assertTrue(Math.abs(error) <= 1, "error " + error);
        squares += error * error;
      }
    }
    assertTrue(squares / (64 * blocks) < 0.02, "mean square error " + squares / (64 * blocks));
  }

  /** All first coefficients of 8-bit images and far beyond. */
  @Test
  void aFlatBlockIsTheGeneralCase() {
    for (int dc = -3000; dc <= 3000; dc++) {
      int[] s = new int[64];
      s[0] = dc;
      byte[] flat = new byte[64];
      InverseDct.flat(dc, flat, 0, 8);
      assertArrayEquals(samples(s), flat, "dc " + dc);
    }
  }

  @Test
  void itWritesItsBlockOnly() {
    byte[] out = new byte[300];
    int[] s = new int[64];
    s[0] = 8 * 100;
    s[1] = 1;
    new InverseDct().samples(s, out, 20, 20);
    for (int i = 0; i < 300; i++) {
      boolean inside = i >= 20 && i < 180 && (i - 20) % 20 < 8;
      assertEquals(inside ? 228 : 0, out[i] & 0xff, 1.0, "place " + i);
    }
  }
}
