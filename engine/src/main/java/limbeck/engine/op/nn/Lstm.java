package limbeck.engine.op.nn;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.ColumnSum;
import limbeck.engine.kernel.composite.LstmCell;
import limbeck.engine.kernel.composite.Sequences;
import limbeck.engine.op.Lane;
import limbeck.engine.op.Op;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * A layer of long short-term memory over whole sequences: x [batch, time, in] gives the hidden
 * states h [batch, time, hidden] of all steps; {@link LstmCell} has the formulas and their
 * derivation. Parameters are as in users' checkpoints: weightIh [4·hidden, in], weightHh [4·hidden,
 * hidden], biasIh and biasHh [4·hidden], each with the rows of input gate, forget gate, candidate
 * and output gate, in this order.
 *
 * <p>Steps past an example's length are padding: they are not read, give zeros, and do not touch
 * the state. A reversed layer starts at the last valid step; its state for a step stands at that
 * step. Without lengths all steps are valid. Without an initial state h and c are empty at first.
 *
 * <p>How it is computed. The contributions of all inputs, x·weightIhᵀ, are one matrix product over
 * the valid steps of all examples ({@link Sequences}). Then blocks of {@value #BLOCK} examples go
 * through all steps, each block as one piece of work of one thread: a product of the block's hidden
 * states with weightHhᵀ, packed once, and {@link LstmCell} on each row. A hand-over to another
 * thread costs as much as a step of a small layer, so threads meet once a sequence and not once a
 * step; the price is that a batch of at most {@value #BLOCK} examples has one thread for the
 * recurrence. Backward goes the same way from the last step to the first, and leaves the
 * derivatives of all steps by their gate inputs; from these, one product each gives the gradients
 * of x, weightIh and weightHh.
 *
 * <p>Order: a gate's input is ((x·weightIhᵀ + biasIh) + biasHh) + h·weightHhᵀ, the last term absent
 * where there is no state yet. So an example has the same bits in any batch and with any padding.
 * Gradients of weights are products whose sums run over the valid steps, examples ascending, within
 * them time ascending; those of biases are summed over the same rows as {@link ColumnSum} does.
 *
 * @param reverse whether time runs backwards
 * @param lengths whether operand {@code lengths} [batch], I32, follows the five parameters and x
 * @param initial whether operands {@code h0} and {@code c0} [batch, hidden] come last
 * @param cells whether the result is h and c side by side, [batch, time, 2·hidden]
 */
public record Lstm(boolean reverse, boolean lengths, boolean initial, boolean cells)
    implements Op, OpContext.ForwardPass {
  /** Examples that go through the steps together: the rows of one register tile. */
  static final int BLOCK = 8;

  /** Multiplications of a product in the time of one elementary operation. */
  private static final int SPEED = 16;

  /** Elementary operations of a cell per unit. */
  private static final int CELL_COST = 60;

  private static final int LENGTHS = 5;

  private static final OpSpec[] SPECS = {
    spec(false, false), spec(true, false), spec(false, true), spec(true, true)
  };

  /** A layer of sequences that are all of one length, from an empty state. */
  public Lstm(boolean reverse) {
    this(reverse, false, false, false);
  }

  private static OpSpec spec(boolean lengths, boolean initial) {
    OpSpec spec =
        OpSpec.of("lstm")
            .operand("x", "batch time in")
            .operand("weightIh", "gates in")
            .operand("weightHh", "gates hidden")
            .operand("biasIh", "gates")
            .operand("biasHh", "gates")
            .domain(-1, 1);
    spec = lengths ? spec.operand("lengths", "batch") : spec;
    return initial ? spec.operand("h0", "batch hidden").operand("c0", "batch hidden") : spec;
  }

  /** The operand that holds the initial hidden states; that of the cells follows. */
  int firstInitial() {
    return lengths ? LENGTHS + 1 : LENGTHS;
  }

  @Override
  public boolean differentiable(int k) {
    return !(lengths && k == LENGTHS);
  }

  @Override
  public Shape infer(Shape... in) {
    OpSpec spec = spec();
    spec.requireOperands(in.length);
    for (int k = 0; k < in.length; k++) {
      int rank = k == 0 ? 3 : k < 3 || k >= firstInitial() ? 2 : 1;
      if (in[k].rank() != rank) {
        throw spec.rankError(k, in[k], rank);
      }
    }
    spec.requireEqual("in", 0, in[0], in[0].axis(2), 1, in[1], in[1].axis(1));
    int hidden = in[2].axis(1);
    if (in[2].axis(0) != 4L * hidden) {
      throw new ShapeException(
          "lstm: " + spec.describe(2, in[2]) + " has not four gates for each of the hidden units");
    }
    for (int k = 1; k < LENGTHS; k++) {
      spec.requireEqual("gates", 2, in[2], in[2].axis(0), k, in[k], in[k].axis(0));
    }
    for (int k = LENGTHS; k < in.length; k++) {
      spec.requireEqual("batch", 0, in[0], in[0].axis(0), k, in[k], in[k].axis(0));
    }
    for (int k = firstInitial(); k < in.length; k++) {
      spec.requireEqual("hidden", 2, in[2], hidden, k, in[k], in[k].axis(1));
    }
    return in[0].with(2, cells ? 2 * hidden : hidden);
  }

  /** The gates of all rows, then their cells. */
  @Override
  public Shape saved(Shape... in) {
    return Shape.of(in[0].rows(), 5 * in[2].axis(1));
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    if (lengths) {
      Lengths.require(spec(), LENGTHS, in[LENGTHS], in[0].shape().axis(1));
    }
    int n = in[2].shape().axis(1);
    Lane lane = c.lane();
    LstmForward pass = LstmForward.of(lane, c, this, in, out);
    pass.contributions();
    pass.clear();
    c.giveBack(lane);
    c.pack(true, 4 * n, n, in[2]);
    c.forward(this, blocks(in), cost(in), in, out);
  }

  /** Blocks {@code from} to {@code to} of examples through all steps. */
  @Override
  public void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    Lane lane = c.lane();
    LstmForward pass = LstmForward.of(lane, c, this, in, out);
    pass.run(from, to);
    pass.clear();
    c.giveBack(lane);
  }

  /** See {@link LstmCell}. */
  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    new LstmBackward(this, c, in, out, gradOut, gradIn).gradients();
  }

  static int blocks(Tensor[] in) {
    return (in[0].shape().axis(0) + BLOCK - 1) / BLOCK;
  }

  static long cost(Tensor[] in) {
    long n = in[2].shape().axis(1);
    return (4 * n * n / SPEED + CELL_COST * n) * in[0].shape().axis(1) * BLOCK;
  }

  /** The lengths; null if all steps are valid. */
  Tensor lengthsOf(Tensor[] in) {
    return lengths ? in[LENGTHS] : null;
  }

  /** The step that is the {@code k}-th to be computed. */
  int time(int length, int k) {
    return reverse ? length - 1 - k : k;
  }

  /** The inputs of the valid steps: x itself where all are. */
  Tensor validRows(OpContext c, Sequences sequences, Tensor x) {
    if (!lengths) {
      return x;
    }
    Rows r = c.rows(x);
    int width = x.shape().last();
    Tensor valid = c.take(x.dtype(), Shape.of(sequences.rows(), width));
    c.forEach(
        x.shape().axis(0),
        (long) x.shape().axis(1) * width,
        (from, to) -> sequences.gather(r, x, valid, from, to));
    return valid;
  }

  @Override
  public long multiplyAdds(Shape... in) {
    return (long) in[0].rows() * in[2].axis(0) * (in[0].last() + in[2].axis(1));
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("reverse", reverse, "lengths", lengths, "initial", initial, "cells", cells);
  }

  @Override
  public OpSpec spec() {
    return SPECS[(lengths ? 1 : 0) + (initial ? 2 : 0)];
  }
}
