package limbeck.engine.op.loss;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.op.LossOp;
import limbeck.engine.op.OpSpec;
import limbeck.engine.op.Reduction;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Triplet loss of rows: l = max(0, |a − p| − |a − n| + margin) with Euclidean distances, so that an
 * anchor a comes nearer to a positive example p than to a negative one n, by the margin. Schroff,
 * Kalenichenko and Philbin 2015, arXiv:1503.03832, who square the distances; without squares as by
 * Hermans, Beyer and Leibe 2017, arXiv:1703.07737, and in other toolkits, of which some add 1e−6 to
 * differences.
 *
 * <p>Gradient, where l is above 0: dp = −(a − p)/|a − p|, dn = (a − n)/|a − n|, da = −dp − dn; rows
 * that are equal have no direction, and pass none. Squared differences are summed in the order of
 * {@link Rows#dot}; in float32 they must not overflow: distances below 1e19.
 *
 * @param margin from 0 on
 * @param reduction over examples; {@link Reduction#ELEMENT_MEAN} also divides by the row's length
 */
public record Triplet(double margin, Reduction reduction) implements LossOp {
  private static final OpSpec SPEC =
      OpSpec.of("triplet")
          .operand("anchor", "... n")
          .operand("positive", "... n")
          .operand("negative", "... n");

  /** With a margin of 1, mean over examples. */
  public Triplet() {
    this(1, Reduction.BATCH_MEAN);
  }

  /** Checks the margin. */
  public Triplet {
    if (!(margin >= 0 && margin <= 1e30)) {
      throw new IllegalArgumentException("triplet: margin " + margin + " is not in [0, 1e30]");
    }
  }

  /** The directions from p and from n to a; of length 0 where nothing is lost. */
  @Override
  public int savedPerExample(Shape... in) {
    return 2 * in[0].last();
  }

  @Override
  public long cost(Shape outputs) {
    return 8L * outputs.last();
  }

  @Override
  public void check(Shape... in) {
    spec().requireSameShape(1, in);
    spec().requireSameShape(2, in);
  }

  @Override
  public void forwardRows(Rows r, Tensor[] in, Tensor losses, Tensor saved, int from, int to) {
    int n = in[0].shape().last();
    for (int row = from; row < to; row++) {
      int near = 2 * row * n;
      int far = near + n;
      r.sub(in[0], row * n, in[1], row * n, saved, near, n);
      r.sub(in[0], row * n, in[2], row * n, saved, far, n);
      double toPositive = StrictMath.sqrt(r.dot(saved, near, saved, near, n));
      double toNegative = StrictMath.sqrt(r.dot(saved, far, saved, far, n));
      double loss = toPositive - toNegative + margin;
      losses.set(row, loss <= 0 ? 0 : loss); // NaN stays
      direct(r, saved, near, n, loss <= 0 ? 0 : toPositive);
      direct(r, saved, far, n, loss <= 0 ? 0 : toNegative);
    }
  }

  /** Divides a difference by its length. */
  private static void direct(Rows r, Tensor saved, int i, int n, double length) {
    if (length == 0) {
      r.fill(0, saved, i, n);
    } else {
      r.scale(saved, i, 1 / length, saved, i, n);
    }
  }

  @Override
  public void backwardRows(
      Rows r,
      Tensor[] in,
      Tensor losses,
      Tensor saved,
      double scale,
      Tensor[] gradIn,
      int from,
      int to) {
    int n = in[0].shape().last();
    for (int row = from; row < to; row++) {
      int near = 2 * row * n;
      int far = near + n;
      if (gradIn[0] != null) {
        r.sub(saved, near, saved, far, gradIn[0], row * n, n);
        r.scale(gradIn[0], row * n, scale, gradIn[0], row * n, n);
      }
      if (gradIn[1] != null) {
        r.scale(saved, near, -scale, gradIn[1], row * n, n);
      }
      if (gradIn[2] != null) {
        r.scale(saved, far, scale, gradIn[2], row * n, n);
      }
    }
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("margin", margin, "reduction", reduction.name());
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}
