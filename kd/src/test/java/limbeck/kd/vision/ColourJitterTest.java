package limbeck.kd.vision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Each change against its formula, told from the result by its properties. */
class ColourJitterTest {
  private static final ImageShape SHAPE = new ImageShape(3, 4, 4);

  /** Values from 0.3 to 0.6: no change below reaches 0 or 1. */
  private static float[] image(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[48];
    for (int i = 0; i < 48; i++) {
      values[i] = 0.3f + 0.3f * random.nextInt(1000) / 1000f;
    }
    values[0] = 0.6f; // far apart, so that factors can be told from them
    values[16] = 0.3f;
    return values;
  }

  private static float[] changed(ColourJitter jitter, int example, float[] in) {
    float[] out = new float[in.length];
    jitter.on(4, SHAPE).apply(1, example, in, 0, out, 0);
    return out;
  }

  private static double grey(float[] x, int i) {
    return 0.299 * x[i] + 0.587 * x[i + 16] + 0.114 * x[i + 32];
  }

  private static double meanGrey(float[] x) {
    double sum = 0;
    for (int i = 0; i < 16; i++) {
      sum += grey(x, i);
    }
    return sum / 16;
  }

  @Test
  void brightnessIsAFactor() {
    for (int example = 0; example < 50; example++) {
      float[] in = image(example);
      float[] out = changed(new ColourJitter(0.5f, 0, 0), example, in);
      double factor = out[0] / in[0];
      assertTrue(factor > 0.5 - 1e-6 && factor < 1.5 + 1e-6);
      for (int i = 0; i < 48; i++) {
        assertEquals(factor * in[i], out[i], 1e-6);
      }
    }
  }

  @Test
  void contrastKeepsTheMeanOfGrey() {
    for (int example = 0; example < 50; example++) {
      float[] in = image(example);
      float[] out = changed(new ColourJitter(0, 0.5f, 0), example, in);
      double mean = meanGrey(in);
      assertEquals(mean, meanGrey(out), 1e-6);
      double factor = (out[0] - out[16]) / (double) (in[0] - in[16]);
      for (int i = 0; i < 48; i++) {
        assertEquals(mean + factor * (in[i] - mean), out[i], 1e-5);
      }
    }
  }

  @Test
  void saturationKeepsTheGreyOfEveryPixel() {
    for (int example = 0; example < 50; example++) {
      float[] in = image(example);
      float[] out = changed(new ColourJitter(0, 0, 0.5f), example, in);
      double factor = (out[0] - out[16]) / (double) (in[0] - in[16]);
      for (int i = 0; i < 16; i++) {
        assertEquals(grey(in, i), grey(out, i), 1e-6);
        assertEquals(factor * (in[i] - in[i + 32]), out[i] - out[i + 32], 1e-5);
      }
    }
  }

  @Test
  void valuesStayInRange() {
    for (int example = 0; example < 200; example++) {
      float[] in = image(example);
      in[3] = 1;
      in[20] = 0;
      for (float value : changed(new ColourJitter(1, 1, 1), example, in)) {
        assertTrue(value >= 0 && value <= 1, "value " + value);
      }
    }
  }

  /** Grey images keep their one plane; a mean of factors of 1 has the deviation 0.5/√3/√2000. */
  @Test
  void factorsAreUniformAboutOne() {
    ImageShape one = new ImageShape(1, 1, 1);
    Augment jitter = new ColourJitter(0.5f, 0, 1).on(4, one);
    double sum = 0;
    double squares = 0;
    float[] out = new float[1];
    for (int i = 0; i < 2000; i++) {
      jitter.apply(0, i, new float[] {0.5f}, 0, out, 0);
      double u = out[0] / 0.5 - 1;
      sum += u;
      squares += u * u;
    }
    assertEquals(0, sum / 2000, 4 * 0.5 / Math.sqrt(3 * 2000)); // four deviations
    // u² has the mean s²/3 and the variance 4 s⁴/45
    assertEquals(0.25 / 3, squares / 2000, 4 * 0.5 * Math.sqrt(1 / 45.0 / 2000));
  }
}
