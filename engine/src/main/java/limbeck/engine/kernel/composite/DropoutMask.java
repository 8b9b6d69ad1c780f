package limbeck.engine.kernel.composite;

import limbeck.engine.random.Philox;
import limbeck.engine.tensor.Tensor;

/**
 * Masks of inverted dropout: 0 with a probability, else the reciprocal of the probability not to be
 * 0. Each element is decided by 16 random bits, eight elements by a block of {@link Philox}: half j
 * of a block, low half of a word first, is below 2¹⁶ times the rate, or is not. So the rate, in the
 * factor too, is rounded to a multiple of 2⁻¹⁶. The factor is rounded to float in every type, so
 * that float64 checks the same function.
 */
public final class DropoutMask {
  /** Elements decided by one block of random bits. */
  public static final int PER_BLOCK = 8;

  /** Random words drawn at a time: what scratch must hold. */
  public static final int WORDS = 1024;

  /** Above, the rounded rate could be 1, and nothing would be left to scale up. */
  public static final double MOST = 1 - 0x1p-16;

  private static final int WORDS_PER_BLOCK = 4;

  private DropoutMask() {}

  /** Blocks for {@code n} elements. */
  public static int blocks(int n) {
    return n / PER_BLOCK + (n % PER_BLOCK == 0 ? 0 : 1);
  }

  /**
   * Draws {@code n} elements of a mask from element {@code at} on, from {@code firstBlock} on.
   *
   * @param rate from 0 to {@link #MOST}
   * @param words I32 scratch of {@link #WORDS}
   */
  public static void draw(
      Philox random, double rate, long firstBlock, Tensor words, Tensor mask, int at, int n) {
    int dropBelow = (int) Math.round(rate * 65536);
    float keep = (float) (65536.0 / (65536 - dropBelow)); // of the rounded rate: the mean stays
    int tile = WORDS / WORDS_PER_BLOCK * PER_BLOCK;
    for (int done = 0; done < n; done += tile) {
      int now = Math.min(tile, n - done);
      random.fill(
          words.ints(),
          words.offset(),
          blocks(now) * WORDS_PER_BLOCK,
          firstBlock + done / PER_BLOCK);
      decide(words, dropBelow, keep, mask, at + done, now);
    }
  }

  private static void decide(Tensor words, int dropBelow, float keep, Tensor mask, int at, int n) {
    int[] bits = words.ints();
    int first = words.offset();
    float[] floats = mask.floats();
    for (int i = 0; i < n; i++) {
      int half = bits[first + (i >> 1)] >>> 16 * (i & 1) & 0xFFFF;
      float factor = half < dropBelow ? 0 : keep;
      if (floats != null) {
        floats[mask.offset() + at + i] = factor;
      } else {
        mask.set(at + i, factor);
      }
    }
  }
}
