package limbeck.engine.op.nn;

import java.util.List;
import java.util.Map;
import limbeck.engine.kernel.composite.GruCell;
import limbeck.engine.op.Lane;
import limbeck.engine.op.Op;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * A layer of gated recurrent units in one direction: x [batch, time, in] gives the hidden states h
 * [batch, time, hidden] of all steps; {@link GruCell} has the formulas and their derivation.
 * Operands are x, weightIh [3·hidden, in], weightHh [3·hidden, hidden], biasIh and biasHh
 * [3·hidden], each with the rows of reset gate, update gate and candidate, in this order, as in
 * users' checkpoints.
 *
 * <p>Padding, order and blocks of examples are those of {@link RecurrentOp}: an example has the
 * same bits in any batch and with any padding. Without an initial state h is 0 at first, and what
 * it contributes is absent.
 *
 * @param reverse whether time runs backwards, from the last valid step on
 * @param lengths whether operand {@code lengths} [batch], I32, follows the five
 * @param initial whether operand {@code h0} [batch, hidden] comes last
 */
public record Gru(boolean reverse, boolean lengths, boolean initial)
    implements Op, OpContext.ForwardPass {
  private static final List<Integer> MATRICES = List.of(1, 2);

  /** The operand that holds the lengths, if there is one. */
  static final int LENGTHS = 5;

  private static final OpSpec[] SPECS = {
    spec(false, false), spec(true, false), spec(false, true), spec(true, true)
  };

  /** A layer of sequences that are all of one length, from an empty state. */
  public Gru(boolean reverse) {
    this(reverse, false, false);
  }

  private static OpSpec spec(boolean lengths, boolean initial) {
    OpSpec spec =
        OpSpec.of("gru")
            .operand("x", "batch time in")
            .operand("weightIh", "gates in")
            .operand("weightHh", "gates hidden")
            .operand("biasIh", "gates")
            .operand("biasHh", "gates")
            .domain(-1, 1);
    spec = lengths ? spec.operand("lengths", "batch") : spec;
    return initial ? spec.operand("h0", "batch hidden") : spec;
  }

  /** The operand that holds the initial hidden states, if there is one. */
  int initialOperand() {
    return lengths ? LENGTHS + 1 : LENGTHS;
  }

  @Override
  public Shape infer(Shape... in) {
    OpSpec spec = spec();
    spec.requireOperands(in.length);
    for (int k = 0; k < in.length; k++) {
      boolean vector = k == 3 || k == 4 || lengths && k == LENGTHS;
      int rank = k == 0 ? 3 : vector ? 1 : 2;
      if (in[k].rank() != rank) {
        throw spec.rankError(k, in[k], rank);
      }
    }
    int hidden = in[2].axis(1);
    spec.requireEqual("in", 0, in[0], in[0].axis(2), 1, in[1], in[1].axis(1));
    if (in[2].axis(0) != 3L * hidden) {
      throw new ShapeException(
          "gru: " + spec.describe(2, in[2]) + " has not three gates for each of the hidden units");
    }
    for (int k : new int[] {1, 3, 4}) {
      spec.requireEqual("gates", 2, in[2], in[2].axis(0), k, in[k], in[k].axis(0));
    }
    for (int k = LENGTHS; k < in.length; k++) {
      spec.requireEqual("batch", 0, in[0], in[0].axis(0), k, in[k], in[k].axis(0));
    }
    for (int k = initialOperand(); k < in.length; k++) {
      spec.requireEqual("hidden", 2, in[2], hidden, k, in[k], in[k].axis(1));
    }
    return in[0].with(2, hidden);
  }

  @Override
  public List<Integer> matrices() {
    return MATRICES;
  }

  @Override
  public boolean differentiable(int k) {
    return !(lengths && k == LENGTHS);
  }

  /** The gates of all rows, then the hidden states before them. */
  @Override
  public Shape saved(Shape... in) {
    return Shape.of(in[0].rows(), 5 * in[2].axis(1));
  }

  @Override
  public boolean savesForBackwardOnly() {
    return true;
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    if (lengths) {
      Lengths.require(spec(), LENGTHS, in[LENGTHS], in[0].shape().axis(1));
    }
    Lane lane = c.lane();
    GruForward.of(lane, c, this, in, out).forward(c, this, lane, in, out);
  }

  /** Units {@code from} to {@code to}: blocks of examples, all their steps. */
  @Override
  public void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    Lane lane = c.lane();
    GruForward.of(lane, c, this, in, out).run(c, lane, from, to);
  }

  /** Through time, from each example's last step to the first; see {@link GruCell}. */
  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    new GruBackward(this, c, in, out, gradOut, gradIn).gradients();
  }

  @Override
  public long multiplyAdds(Shape... in) {
    return (long) in[0].rows() * in[2].axis(0) * (in[0].last() + in[2].axis(1));
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("reverse", reverse, "lengths", lengths, "initial", initial);
  }

  @Override
  public OpSpec spec() {
    return SPECS[(lengths ? 1 : 0) + (initial ? 2 : 0)];
  }
}
