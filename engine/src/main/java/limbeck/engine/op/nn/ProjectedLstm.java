package limbeck.engine.op.nn;

import java.util.List;
import java.util.Map;
import limbeck.engine.op.Lane;
import limbeck.engine.op.Op;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * A layer of long short-term memory whose hidden states are projected to fewer numbers, in one
 * direction: x [batch, time, in] gives the projected states [batch, time, projected] of all steps.
 * Sak, Senior and Beaufays 2014, arXiv:1402.1128, without peepholes; with cells and projected
 * states clipped as by Peters et al. 2018, arXiv:1802.05365. Operands are x, weightIh [4·hidden,
 * in], weightHh [4·hidden, projected], bias [4·hidden], weightHr [projected, hidden].
 *
 * <p>With the gates i, f, g, o of {@link limbeck.engine.kernel.composite.LstmCell}, made of
 * (x·weightIhᵀ + bias) + r'·weightHhᵀ, and clip(z) = min(max(z, −limit), limit):
 *
 * <pre>
 * c = clip(fma(f, c', i ⊙ g))
 * h = o ⊙ tanh(c)
 * r = clip(h·weightHrᵀ)
 * </pre>
 *
 * The state is empty at first: f ⊙ c' and r'·weightHhᵀ are absent. What is clipped passes no
 * gradient on. Padding, order and blocks of examples are those of {@link RecurrentOp}: an example
 * has the same bits in any batch and with any padding.
 *
 * @param reverse whether time runs backwards, from the last valid step on
 * @param lengths whether operand {@code lengths} [batch], I32, comes last
 * @param clip the limit of cells and projected states; 0: none
 */
public record ProjectedLstm(boolean reverse, boolean lengths, double clip)
    implements Op, OpContext.ForwardPass {
  private static final List<Integer> MATRICES = List.of(1, 2, 4);

  private static final int LENGTHS = 5;

  private static final OpSpec PLAIN =
      OpSpec.of("projectedLstm")
          .operand("x", "batch time in")
          .operand("weightIh", "gates in")
          .operand("weightHh", "gates projected")
          .operand("bias", "gates")
          .operand("weightHr", "projected hidden")
          .domain(-1, 1);

  private static final OpSpec WITH_LENGTHS = PLAIN.operand("lengths", "batch");

  /** Checks the limit. */
  public ProjectedLstm {
    if (!(clip >= 0 && clip < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "projectedLstm: clip " + clip + ": a limit above 0 expected, or 0 for none");
    }
  }

  @Override
  public Shape infer(Shape... in) {
    OpSpec spec = spec();
    spec.requireOperands(in.length);
    for (int k = 0; k < in.length; k++) {
      int rank = k == 0 ? 3 : k == 3 || k == LENGTHS ? 1 : 2;
      if (in[k].rank() != rank) {
        throw spec.rankError(k, in[k], rank);
      }
    }
    spec.requireEqual("in", 0, in[0], in[0].axis(2), 1, in[1], in[1].axis(1));
    spec.requireEqual("projected", 2, in[2], in[2].axis(1), 4, in[4], in[4].axis(0));
    if (in[1].axis(0) != 4L * in[4].axis(1)) {
      throw new ShapeException(
          "projectedLstm: "
              + spec.describe(1, in[1])
              + " has not four gates for each of the hidden units of "
              + spec.describe(4, in[4]));
    }
    spec.requireEqual("gates", 1, in[1], in[1].axis(0), 2, in[2], in[2].axis(0));
    spec.requireEqual("gates", 1, in[1], in[1].axis(0), 3, in[3], in[3].axis(0));
    if (lengths) {
      spec.requireEqual("batch", 0, in[0], in[0].axis(0), LENGTHS, in[5], in[5].axis(0));
    }
    return in[0].with(2, in[4].axis(0));
  }

  @Override
  public List<Integer> matrices() {
    return MATRICES;
  }

  @Override
  public boolean differentiable(int k) {
    return k != LENGTHS;
  }

  /**
   * Of all rows the gates, then their cells, then what is projected, then the projected states
   * before them.
   */
  @Override
  public Shape saved(Shape... in) {
    return Shape.of(in[0].rows(), 6 * in[4].axis(1) + in[4].axis(0));
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
    ProjectedLstmForward.of(lane, c, this, in, out).forward(c, this, lane, in, out);
  }

  /** Units {@code from} to {@code to}: blocks of examples, all their steps. */
  @Override
  public void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    Lane lane = c.lane();
    ProjectedLstmForward.of(lane, c, this, in, out).run(c, lane, from, to);
  }

  /** Through time, from each example's last step to the first; see {@link RecurrentOp}. */
  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    new ProjectedLstmBackward(this, c, in, out, gradOut, gradIn).gradients();
  }

  @Override
  public long multiplyAdds(Shape... in) {
    long gates = (long) in[1].axis(0) * (in[0].last() + in[2].axis(1));
    return in[0].rows() * (gates + (long) in[4].axis(0) * in[4].axis(1));
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("reverse", reverse, "lengths", lengths, "clip", clip);
  }

  @Override
  public OpSpec spec() {
    return lengths ? WITH_LENGTHS : PLAIN;
  }
}
