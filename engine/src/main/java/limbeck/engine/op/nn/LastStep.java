package limbeck.engine.op.nn;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.op.Op;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * The last valid step of each sequence of a batch: y[b] = x[b, lengths[b] − 1], for x [batch, time,
 * width] and I32 lengths [batch]. What a recurrent layer has gathered about a sentence. For an
 * example of length 0 it is initial[b], what was there before the first step, if there is such an
 * operand, [batch, width]; else zeros.
 *
 * @param initial whether a third operand says what an example of length 0 has
 */
public record LastStep(boolean initial) implements Op, OpContext.ForwardPass {
  private static final int INITIAL = 2;

  private static final OpSpec SPEC =
      OpSpec.of("lastStep").operand("x", "batch time width").operand("lengths", "batch");

  private static final OpSpec WITH_INITIAL = SPEC.operand("initial", "batch width");

  /** With zeros for an example of length 0. */
  public LastStep() {
    this(false);
  }

  @Override
  public Shape infer(Shape... in) {
    OpSpec spec = spec();
    spec.requireOperands(in.length);
    for (int k = 0; k < in.length; k++) {
      int rank = k == 0 ? 3 : k == INITIAL ? 2 : 1;
      if (in[k].rank() != rank) {
        throw spec.rankError(k, in[k], rank);
      }
      spec.requireEqual("batch", 0, in[0], in[0].axis(0), k, in[k], in[k].axis(0));
    }
    if (initial) {
      spec.requireEqual("width", 0, in[0], in[0].last(), INITIAL, in[INITIAL], in[INITIAL].last());
    }
    return Shape.of(in[0].axis(0), in[0].last());
  }

  @Override
  public boolean differentiable(int k) {
    return k != 1;
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    Lengths.require(spec(), 1, in[1], in[0].shape().axis(1));
    c.forward(this, out.shape().axis(0), out.shape().last(), in, out);
  }

  @Override
  public void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    Rows r = c.rows(out);
    int steps = in[0].shape().axis(1);
    int n = out.shape().last();
    for (int b = from; b < to; b++) {
      int length = Lengths.of(in[1], b);
      if (length > 0) {
        r.copy(in[0], (b * steps + length - 1) * n, out, b * n, n);
      } else if (initial) {
        r.copy(in[INITIAL], b * n, out, b * n, n);
      } else {
        r.fill(0, out, b * n, n);
      }
    }
  }

  /**
   * dx is dy at the last valid step, and zero elsewhere; the gradient of what was there before is
   * dy for an example of length 0, and zero for the others.
   */
  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    if (gradIn[0] != null) {
      gradientOfSteps(c, in[1], gradOut, gradIn[0]);
    }
    if (initial && gradIn[INITIAL] != null) {
      gradientOfInitial(c, in[1], gradOut, gradIn[INITIAL]);
    }
  }

  private static void gradientOfSteps(OpContext c, Tensor lengths, Tensor dy, Tensor dx) {
    Rows r = c.rows(dx);
    int steps = dx.shape().axis(1);
    int n = dx.shape().last();
    c.forEach(
        dx.shape().axis(0),
        (long) steps * n,
        (from, to) -> {
          r.fill(0, dx, from * steps * n, (to - from) * steps * n);
          for (int b = from; b < to; b++) {
            int length = Lengths.of(lengths, b);
            if (length > 0) {
              r.copy(dy, b * n, dx, (b * steps + length - 1) * n, n);
            }
          }
        });
  }

  private static void gradientOfInitial(OpContext c, Tensor lengths, Tensor dy, Tensor d) {
    Rows r = c.rows(d);
    int n = d.shape().last();
    c.forEach(
        d.shape().axis(0),
        n,
        (from, to) -> {
          for (int b = from; b < to; b++) {
            if (Lengths.of(lengths, b) == 0) {
              r.copy(dy, b * n, d, b * n, n);
            } else {
              r.fill(0, d, b * n, n);
            }
          }
        });
  }

  /** None without an initial value, as in files from before there was one. */
  @Override
  public Map<String, Object> settings() {
    return initial ? Map.of("initial", true) : Map.of();
  }

  @Override
  public OpSpec spec() {
    return initial ? WITH_INITIAL : SPEC;
  }
}
