package limbeck.engine.op.nn;

import limbeck.engine.kernel.Gemm;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.Sequences;
import limbeck.engine.op.Lane;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;

/**
 * What inputs contribute to the gates of the next steps of a block of examples, x·weightIhᵀ, as one
 * product. Kept with the forward pass of a recurrent layer, so that it makes no objects.
 */
final class InputTerms {
  /**
   * Steps whose inputs are multiplied at once: so many of a block that weights are read seldom, so
   * few that what comes out stays in the second-level cache.
   */
  private static final int STEPS = 32;

  private final int inputsSlot;
  private final int termsSlot;

  /** For each example of a block: the row of the terms that step 0 would have. */
  private final int[] origin = new int[RecurrentOp.BLOCK];

  private Lane lane;
  private Rows r;
  private Sequences sequences;
  private Tensor x;
  private boolean neighbours;
  private int steps;
  private int width;
  private int gates;
  private Tensor terms;

  /** One that uses two slots of a lane's scratch. */
  InputTerms(int inputsSlot, int termsSlot) {
    this.inputsSlot = inputsSlot;
    this.termsSlot = termsSlot;
  }

  /**
   * Makes ready for a pass.
   *
   * @param ofX [batch, steps, width]
   * @param lengths whether examples have lengths of their own
   * @param ofGates numbers of a step's terms
   */
  void set(Lane ofLane, Rows rows, Sequences of, Tensor ofX, boolean lengths, int ofGates) {
    lane = ofLane;
    r = rows;
    sequences = of;
    x = ofX;
    steps = x.shape().axis(1);
    width = x.shape().last();
    gates = ofGates;
    neighbours = !lengths && steps <= STEPS;
    int examples = Math.min(x.shape().axis(0), RecurrentOp.BLOCK);
    terms = lane.scratch(termsSlot, type(), examples * Math.min(steps, STEPS) * gates);
  }

  private DType type() {
    return x.dtype();
  }

  /** Gives up what it was made ready with. */
  void clear() {
    lane = null;
    r = null;
    sequences = null;
    x = null;
    terms = null;
  }

  /** All terms; {@link #at} says where a step's lie. */
  Tensor terms() {
    return terms;
  }

  /** Where the terms of a step lie, of the example in row i of the block. */
  int at(int i, int time) {
    return (origin[i] + time) * gates;
  }

  /**
   * Computes those of the next steps of a block, from the {@code k}-th on, every {@link #STEPS}
   * steps.
   *
   * @param from position of the block's first example in the order of the sequences
   * @param active examples that have a {@code k}-th step
   */
  void compute(int from, int active, int k, boolean reverse, Gemm.Packed weights) {
    if (k % STEPS != 0) {
      return;
    }
    Tensor read = x;
    int first = sequences.example(from) * steps * width;
    if (!neighbours) {
      read = lane.scratch(inputsSlot, type(), active * Math.min(steps, STEPS) * width);
      first = 0;
    }
    int rows = 0;
    for (int i = 0; i < active; i++) {
      int b = sequences.example(from + i);
      int length = sequences.length(b);
      int count = Math.min(STEPS, length - k);
      int time = reverse ? length - k - count : k;
      if (!neighbours) {
        r.copy(x, (b * steps + time) * width, read, rows * width, count * width);
      }
      origin[i] = rows - time;
      rows += count;
    }
    lane.multiply(rows, read, first, width, weights, terms, 0, gates);
  }
}
