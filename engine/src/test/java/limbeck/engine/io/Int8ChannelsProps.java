package limbeck.engine.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Weights of any size as int8: how far off, and what is kept exactly. */
class Int8ChannelsProps {
  /** Rows of like magnitudes, from the subnormal to the largest, some with numbers far out. */
  @Provide
  Arbitrary<Tensor> weights() {
    Arbitrary<Float> rows =
        Arbitraries.of(1e-45f, 1e-42f, 1e-38f, 1e-20f, 0.02f, 1f, 3e4f, Float.MAX_VALUE, 0f);
    Arbitrary<float[]> numbers =
        Arbitraries.floats().between(-1, 1).array(float[].class).ofMinSize(1).ofMaxSize(40);
    return Combinators.combine(rows, rows, numbers)
        .as(
            (first, second, base) -> {
              float[] all = new float[2 * base.length];
              for (int i = 0; i < base.length; i++) {
                all[i] = base[i] * first;
                all[base.length + i] = base[i] * base[i] * base[i] * second;
              }
              return Tensor.of(Shape.of(2, base.length), all);
            });
  }

  /**
   * Half a scale, as codes are the nearest; and half an ulp of the product, which is at most 127 ·
   * scale · 2⁻²⁴ < scale · 2⁻¹⁷, or nothing where the scale is so small that products are exact.
   */
  private static double bound(double scale) {
    return scale * (0.5 + 0x1p-17);
  }

  @Property(tries = 3000)
  void noWeightIsOffByMoreThanHalfAScale(@ForAll("weights") Tensor w) {
    Int8Channels channels = Int8Channels.of(w, false);
    Tensor back = channels.widened();
    int each = w.size() / 2;
    for (int i = 0; i < w.size(); i++) {
      double scale = channels.scales().get(i / each);
      double off = Math.abs(w.get(i) - back.get(i));
      assertTrue(off <= bound(scale), w.get(i) + " became " + back.get(i) + " by " + scale);
      assertTrue(Math.abs(channels.codes().get(i)) <= 127);
      assertTrue(w.get(i) != 0 || back.get(i) == 0);
    }
  }

  /** What is not cut off keeps the bound; what is becomes the largest that there is. */
  @Property(tries = 1000)
  void calibrationBringsSquaresDown(@ForAll("weights") Tensor w) {
    Int8Channels plain = Int8Channels.of(w, false);
    Int8Channels chosen = Int8Channels.of(w, true);
    Tensor back = chosen.widened();
    int each = w.size() / 2;
    for (int row = 0; row < 2; row++) {
      double scale = chosen.scales().get(row);
      double largest = plain.scales().get(row);
      assertTrue(scale <= largest && (scale > 0 || largest == 0));
      assertTrue(squares(w, back, row) <= squares(w, plain.widened(), row));
      for (int i = row * each; i < (row + 1) * each; i++) {
        double off = Math.abs(w.get(i) - back.get(i));
        boolean cut = Math.abs(w.get(i)) > 127 * scale;
        assertTrue(cut ? Math.abs(chosen.codes().get(i)) == 127 : off <= bound(scale));
      }
    }
  }

  private static double squares(Tensor w, Tensor back, int row) {
    int each = w.size() / 2;
    double sum = 0;
    for (int i = row * each; i < (row + 1) * each; i++) {
      sum += (w.get(i) - back.get(i)) * (w.get(i) - back.get(i));
    }
    return sum;
  }

  /** Where scales are normal numbers, which subnormal ones are too coarse for. */
  @Property(tries = 1000)
  void codesComeBackFromTheirWeights(@ForAll("weights") Tensor w) {
    Int8Channels once = Int8Channels.of(w, false);
    Int8Channels twice = Int8Channels.of(once.widened(), false);
    int each = w.size() / 2;
    for (int i = 0; i < w.size(); i++) {
      float scale = once.scales().floats()[i / each];
      if (scale >= Float.MIN_NORMAL) {
        assertEquals(once.codes().get(i), twice.codes().get(i));
        // 127 · scale was rounded
        assertEquals(scale, twice.scales().floats()[i / each], Math.ulp(scale));
      }
    }
  }

  @Example
  void asInTheDefinition() {
    Tensor w = Tensor.of(Shape.of(1, 5), -1f, -0.3f, 0f, 0.2f, 0.77f);
    Int8Channels channels = Int8Channels.of(w, false);
    assertEquals(1 / 127f, channels.scales().floats()[0]);
    assertArrayEquals(new int[] {-127, -38, 0, 25, 98}, channels.codes().ints());
    float[] back = {-1, -38 * (1 / 127f), 0, 25 * (1 / 127f), 98 * (1 / 127f)};
    assertArrayEquals(back, channels.widened().floats());
  }

  /** Ties go to the even code: scale 1, as the largest is 127. */
  @Example
  void tiesAndChannels() {
    Tensor w = Tensor.of(Shape.of(2, 1, 4), 127f, 0.5f, 1.5f, -2.5f, 0f, -0f, 0f, 0f);
    Int8Channels channels = Int8Channels.of(w, false);
    assertArrayEquals(new int[] {127, 0, 2, -2, 0, 0, 0, 0}, channels.codes().ints());
    assertArrayEquals(new float[] {1, 0}, channels.scales().floats());
    assertEquals(Shape.of(2, 1, 4), channels.widened().shape());
  }

  /** One number far out costs the others most of their codes, unless it is cut off. */
  @Example
  void oneNumberFarOut() {
    Tensor w = Tensor.zeros(limbeck.engine.tensor.DType.F32, Shape.of(1, 4001));
    for (int i = 0; i < 4000; i++) {
      w.set(i, (i - 2000) / 2000.0);
    }
    w.set(4000, 1.2);
    Int8Channels plain = Int8Channels.of(w, false);
    Int8Channels chosen = Int8Channels.of(w, true);
    assertTrue(chosen.scales().get(0) <= plain.scales().get(0));
    w.set(4000, 1.02);
    assertTrue(Int8Channels.of(w, true).scales().get(0) < 1.02f / 127);
    Tensor empty = Tensor.zeros(limbeck.engine.tensor.DType.F32, Shape.of(3, 0));
    assertEquals(0, Int8Channels.of(empty, true).widened().size());
  }
}
