package limbeck.engine.op.loss;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.op.OpSpec;
import limbeck.engine.op.Reduction;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Hinge loss over classes: l = Σ_{c≠y} max(0, margin − z_y + z_c), the loss of support vector
 * machines. Nothing is lost where the label's output is above all others by the margin. Weston and
 * Watkins 1999, Support vector machines for multi-class pattern recognition. Where a difference is
 * the margin exactly, no gradient passes.
 *
 * <p>The sum over an example is taken in double, in the order of classes.
 *
 * @param margin above 0
 * @param reduction over classes and examples; {@link Reduction#ELEMENT_MEAN} is the mean of
 *     PyTorch's {@code multi_margin_loss}
 */
public record MultiMargin(double margin, Reduction reduction) implements LabelLossOp {
  private static final OpSpec SPEC =
      OpSpec.of("multiMargin").operand("outputs", "... classes").operand("labels", "...");

  /** With a margin of 1, summed over classes, mean over examples. */
  public MultiMargin() {
    this(1, Reduction.BATCH_MEAN);
  }

  /** Checks the margin. */
  public MultiMargin {
    if (!(margin > 0 && margin <= 1e30)) {
      throw new IllegalArgumentException("multiMargin: margin " + margin + " is not in (0, 1e30]");
    }
  }

  /** Which classes are within the margin: 1, or 0. */
  @Override
  public int savedPerExample(Shape... in) {
    return in[0].last();
  }

  @Override
  public long cost(Shape outputs) {
    return 8L * outputs.last();
  }

  @Override
  public void forwardRows(Rows r, Tensor[] in, Tensor losses, Tensor saved, int from, int to) {
    int classes = in[0].shape().last();
    for (int row = from; row < to; row++) {
      int i = row * classes;
      int label = Labels.of(in[1], row);
      double own = in[0].get(i + label);
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        double lacks = margin - own + in[0].get(i + c);
        boolean counts = c != label && !(lacks <= 0); // NaN too
        sum += counts ? lacks : 0;
        saved.set(i + c, counts ? 1 : 0);
      }
      losses.set(row, sum);
    }
  }

  /** dz_c = dL for the classes within the margin, dz_y = −dL for each of them. */
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
    int classes = in[0].shape().last();
    for (int row = from; row < to; row++) {
      int i = row * classes;
      r.scale(saved, i, scale, gradIn[0], i, classes);
      gradIn[0].set(i + Labels.of(in[1], row), -scale * r.sum(saved, i, classes));
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
