package limbeck.engine.op.loss;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.op.OpSpec;
import limbeck.engine.op.Reduction;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Negative logarithm of the probability of the label, l = −x_y, for log-probabilities x that are
 * there already: mixtures of networks, log-softmax under a mask. For logits there is {@link
 * CrossEntropy}. What x holds is not normalised.
 *
 * @param reduction over examples; {@link Reduction#ELEMENT_MEAN} also divides by the classes
 */
public record NegativeLogLikelihood(Reduction reduction) implements LabelLossOp {
  private static final OpSpec SPEC =
      OpSpec.of("negativeLogLikelihood")
          .operand("log-probabilities", "... classes")
          .operand("labels", "...")
          .domain(-5, 0)
          .onnx("NegativeLogLikelihoodLoss", 13);

  /** Mean over examples. */
  public NegativeLogLikelihood() {
    this(Reduction.BATCH_MEAN);
  }

  @Override
  public int savedPerExample(Shape... in) {
    return 0;
  }

  @Override
  public long cost(Shape outputs) {
    return outputs.last();
  }

  @Override
  public void forwardRows(Rows r, Tensor[] in, Tensor losses, Tensor saved, int from, int to) {
    int classes = in[0].shape().last();
    for (int row = from; row < to; row++) {
      losses.set(row, -in[0].get(row * classes + Labels.of(in[1], row)));
    }
  }

  /** dx = −dL at the label, 0 elsewhere. */
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
    r.fill(0, gradIn[0], from * classes, (to - from) * classes);
    for (int row = from; row < to; row++) {
      gradIn[0].set(row * classes + Labels.of(in[1], row), -scale);
    }
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("reduction", reduction.name());
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}
