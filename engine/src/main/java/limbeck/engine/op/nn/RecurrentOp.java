package limbeck.engine.op.nn;

import java.util.List;
import limbeck.engine.kernel.composite.LstmCell;
import limbeck.engine.op.Lane;
import limbeck.engine.op.Op;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * A layer of long short-term memory over whole sequences, x [batch, time, in], in one direction or
 * in both; {@link LstmCell} has the formulas and their derivation. Each direction has parameters as
 * in users' checkpoints: weightIh [4·hidden, in], weightHh [4·hidden, hidden], biasIh and biasHh
 * [4·hidden], each with the rows of input gate, forget gate, candidate and output gate, in this
 * order.
 *
 * <p>Steps past an example's length are padding: they are not read, give zeros, and do not touch
 * the state. A reversed direction starts at the last valid step; its state for a step stands at
 * that step. Without lengths all steps are valid. Without an initial state h and c are empty at
 * first.
 *
 * <p>How it is computed. A piece of work of one thread is a block of {@value #BLOCK} examples in
 * one direction: what the inputs of some steps contribute, as one product, then for each of these
 * steps a product of the block's hidden states with weightHhᵀ and {@link LstmCell} on each row. So
 * all numbers but the weights come from the caches, and both directions run side by side even for
 * one example. A hand-over to another thread costs as much as a step of a small layer, so threads
 * meet once a sequence and not once a step; the price is that a batch of at most {@value #BLOCK}
 * examples has one thread for each direction. Backward goes the same way from the last step to the
 * first, and leaves the derivatives of all steps by the sums that gates are made of; from these,
 * one product each gives the gradients of x, weightIh and weightHh.
 *
 * <p>Order: a gate is made of ((x·weightIhᵀ + biasIh) + biasHh) + h·weightHhᵀ, the last term absent
 * where there is no state yet. So an example has the same bits in any batch and with any padding.
 * Gradients of weights are products whose sums run over the valid steps, examples ascending, within
 * them time ascending; those of biases are summed over the same rows as {@link
 * limbeck.engine.kernel.composite.ColumnSum} does; that of x in both directions is the sum of each
 * one's.
 */
public sealed interface RecurrentOp extends Op, OpContext.ForwardPass permits Lstm, BiLstm {
  /** Examples that go through the steps together: the rows of one register tile. */
  int BLOCK = 8;

  /** Operands of a direction: two weights and two biases. */
  int PARAMETERS = 4;

  /** The weights of one direction. */
  List<Integer> MATRICES = List.of(1, 2);

  /** The weights of both directions. */
  List<Integer> MATRICES_OF_BOTH = List.of(1, 2, 1 + PARAMETERS, 2 + PARAMETERS);

  /** How many directions there are: first the forward one, if there are two. */
  int directions();

  /** Whether time runs backwards in a direction. */
  boolean reverse(int direction);

  /** Whether an operand lengths [batch], I32, follows the parameters. */
  boolean lengths();

  /** Whether operands h0 and c0 [batch, hidden] come last. */
  boolean initial();

  /** Whether the result has c beside h. */
  boolean cells();

  /** Whether the result has the state after the last step of each direction alone. */
  boolean ends();

  /** The operand that holds a direction's weightIh; weightHh, biasIh and biasHh follow. */
  default int weights(int direction) {
    return 1 + PARAMETERS * direction;
  }

  /** The operand that holds the lengths, if there is one. */
  default int lengthsOperand() {
    return weights(directions());
  }

  /** The operand that holds the initial hidden states, if there is one; that of cells follows. */
  default int initialOperand() {
    return lengths() ? lengthsOperand() + 1 : lengthsOperand();
  }

  @Override
  default List<Integer> matrices() {
    return directions() == 1 ? MATRICES : MATRICES_OF_BOTH;
  }

  @Override
  default boolean differentiable(int k) {
    return !(lengths() && k == lengthsOperand());
  }

  @Override
  default Shape infer(Shape... in) {
    OpSpec spec = spec();
    spec.requireOperands(in.length);
    requireRanks(in);
    for (int d = 0; d < directions(); d++) {
      requireParameters(weights(d), in);
    }
    for (int k = lengthsOperand(); k < in.length; k++) {
      spec.requireEqual("batch", 0, in[0], in[0].axis(0), k, in[k], in[k].axis(0));
    }
    int hidden = in[2].axis(1);
    for (int k = initialOperand(); k < in.length; k++) {
      spec.requireEqual("hidden", 2, in[2], hidden, k, in[k], in[k].axis(1));
    }
    int width = directions() * (cells() ? 2 * hidden : hidden);
    return ends() ? Shape.of(in[0].axis(0), width) : in[0].with(2, width);
  }

  private void requireRanks(Shape... in) {
    for (int k = 0; k < in.length; k++) {
      boolean vector = k < lengthsOperand() ? (k - 1) % PARAMETERS > 1 : k < initialOperand();
      int rank = k == 0 ? 3 : vector ? 1 : 2;
      if (in[k].rank() != rank) {
        throw spec().rankError(k, in[k], rank);
      }
    }
  }

  private void requireParameters(int at, Shape... in) {
    OpSpec spec = spec();
    spec.requireEqual("in", 0, in[0], in[0].axis(2), at, in[at], in[at].axis(1));
    spec.requireEqual("hidden", 2, in[2], in[2].axis(1), at + 1, in[at + 1], in[at + 1].axis(1));
    if (in[at + 1].axis(0) != 4L * in[at + 1].axis(1)) {
      throw new ShapeException(
          spec.name()
              + ": "
              + spec.describe(at + 1, in[at + 1])
              + " has not four gates for each of the hidden units");
    }
    for (int k = at; k < at + PARAMETERS; k++) {
      spec.requireEqual("gates", at + 1, in[at + 1], in[at + 1].axis(0), k, in[k], in[k].axis(0));
    }
  }

  /** Of each direction: the gates of all rows, their cells, and the hidden states before them. */
  @Override
  default Shape saved(Shape... in) {
    return Shape.of(directions() * in[0].rows(), 6 * in[2].axis(1));
  }

  @Override
  default boolean savesForBackwardOnly() {
    return true;
  }

  @Override
  default void forward(OpContext c, Tensor[] in, Tensor out) {
    if (lengths()) {
      Lengths.require(spec(), lengthsOperand(), in[lengthsOperand()], in[0].shape().axis(1));
    }
    Lane lane = c.lane();
    LstmForward.of(lane, c, this, in, out).forward(c, this, lane, in, out);
  }

  /** Units {@code from} to {@code to}: blocks of examples in one direction, all their steps. */
  @Override
  default void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    Lane lane = c.lane();
    LstmForward.of(lane, c, this, in, out).run(c, lane, from, to);
  }

  /** See {@link LstmCell}. */
  @Override
  default void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    new LstmBackward(this, c, in, out, gradOut, gradIn).gradients();
  }

  @Override
  default long multiplyAdds(Shape... in) {
    return (long) directions() * in[0].rows() * in[2].axis(0) * (in[0].last() + in[2].axis(1));
  }
}
