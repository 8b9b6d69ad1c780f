package limbeck.engine.op;

import limbeck.engine.random.Philox;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Inverted dropout: each element is zeroed with probability {@code rate}, the others are multiplied
 * by 1 / (1 − rate), so that evaluation needs no change (Srivastava et al. 2014). The decision for
 * element i is a function of seed, stream and i alone, taken from 16 random bits: the rate, here
 * and in the factor, is rounded to a multiple of 2⁻¹⁶.
 *
 * @param rate probability of a zero, from 0 to 1 − 2⁻¹⁶
 * @param seed of the run
 * @param stream one per use: layer and step
 */
public record Dropout(double rate, long seed, long stream) implements Op {
  private static final OpSpec SPEC = OpSpec.of("dropout").operand("x", "...");

  /** Elements decided by one 128-bit block of random bits. */
  private static final int PER_BLOCK = 8;

  /** Above, the rounded rate could be 1, and nothing would be left to scale up. */
  private static final double MOST = 1 - 0x1p-16;

  /** Checks the rate. */
  public Dropout {
    if (!(rate >= 0 && rate <= MOST)) {
      throw new IllegalArgumentException(
          "dropout: rate " + rate + " is not in [0, 1); at most " + MOST + " is supported");
    }
  }

  @Override
  public Shape infer(Shape... in) {
    spec().requireOperands(in.length);
    return in[0];
  }

  /**
   * The mask: 0 or 1 / (1 − rounded rate), rounded to float in every type, so that float64 checks
   * the same function.
   */
  @Override
  public Shape saved(Shape... in) {
    return in[0];
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    Tensor mask = c.saved();
    Philox random = new Philox(seed, stream);
    int blocks = out.size() / PER_BLOCK + (out.size() % PER_BLOCK == 0 ? 0 : 1);
    c.forEach(
        blocks,
        64,
        (from, to) -> {
          int i = from * PER_BLOCK;
          int n = to == blocks ? out.size() - i : (to - from) * PER_BLOCK;
          drawMask(random, mask, from, to);
          c.rows(out).mul(in[0], i, mask, i, out, i, n);
        });
  }

  private void drawMask(Philox random, Tensor mask, int from, int to) {
    int dropBelow = (int) Math.round(rate * 65536);
    float keep = (float) (65536.0 / (65536 - dropBelow)); // of the rounded rate: the mean stays
    float[] floats = mask.floats();
    int[] words = new int[4];
    for (int block = from; block < to; block++) {
      random.fill(words, 0, 4, block);
      int first = block * PER_BLOCK;
      int n = Math.min(PER_BLOCK, mask.size() - first);
      for (int j = 0; j < n; j++) {
        int bits = words[j >> 1] >>> 16 * (j & 1) & 0xFFFF;
        float factor = bits < dropBelow ? 0 : keep;
        if (floats != null) {
          floats[mask.offset() + first + j] = factor;
        } else {
          mask.set(first + j, factor);
        }
      }
    }
  }

  /** dx = dy · mask. */
  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    Tensor mask = c.saved();
    c.forEach(
        out.size(),
        1,
        (from, to) -> c.rows(out).mul(gradOut, from, mask, from, gradIn[0], from, to - from));
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}
