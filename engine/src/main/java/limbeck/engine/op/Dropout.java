package limbeck.engine.op;

import limbeck.engine.kernel.composite.DropoutMask;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
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

  /** Elementary operations for a block of random bits. */
  private static final int BLOCK_COST = 64;

  /** Checks the rate. */
  public Dropout {
    if (!(rate >= 0 && rate <= DropoutMask.MOST)) {
      throw new IllegalArgumentException(
          "dropout: rate "
              + rate
              + " is not in [0, 1); at most "
              + DropoutMask.MOST
              + " is supported");
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
    int blocks = DropoutMask.blocks(out.size());
    c.forEach(
        blocks,
        BLOCK_COST,
        (from, to) -> {
          int i = from * DropoutMask.PER_BLOCK;
          int n = to == blocks ? out.size() - i : (to - from) * DropoutMask.PER_BLOCK;
          Lane lane = c.lane();
          Tensor words = lane.scratch(0, DType.I32, DropoutMask.WORDS);
          DropoutMask.draw(random, rate, from, words, mask, i, n);
          c.rows(out).mul(in[0], i, mask, i, out, i, n);
          c.giveBack(lane);
        });
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
