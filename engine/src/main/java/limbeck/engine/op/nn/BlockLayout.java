package limbeck.engine.op.nn;

import limbeck.engine.kernel.composite.Sequences;
import limbeck.engine.tensor.Tensor;

/**
 * How a recurrent layer walks through a batch x [batch, time, in]: the blocks of examples that go
 * through the steps together, and the row of each step.
 */
abstract class BlockLayout {
  final Sequences sequences = new Sequences();
  int batch;
  int steps;

  /** Numbers of an input. */
  int width;

  /**
   * Takes a batch.
   *
   * @param lengths valid steps of each example, I32; null: all
   */
  final void set(Tensor x, Tensor lengths) {
    batch = x.shape().axis(0);
    steps = x.shape().axis(1);
    width = x.shape().last();
    sequences.set(lengths, batch, steps);
  }

  /** Blocks of examples: the pieces of work of a direction. */
  final int blocks() {
    return (batch + RecurrentOp.BLOCK - 1) / RecurrentOp.BLOCK;
  }

  /** The first example of a unit, by its position in the order of {@link #sequences}. */
  final int first(int unit) {
    return unit % blocks() * RecurrentOp.BLOCK;
  }

  /** One past the last example of a unit. */
  final int end(int unit) {
    return Math.min(batch, first(unit) + RecurrentOp.BLOCK);
  }

  /** The step of example b that is its {@code k}-th to be computed. */
  final int time(boolean reverse, int b, int k) {
    return reverse ? sequences.length(b) - 1 - k : k;
  }
}
