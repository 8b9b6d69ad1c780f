package limbeck.engine.op.loss;

import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.LogSoftmaxKernel;
import limbeck.engine.op.LossOp;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * Cross-entropy of logits against labels, H(y, softmax(z)) = −ln softmax(z)[label], mean over
 * examples. The hard term of distillation, always at temperature 1.
 */
public record CrossEntropy() implements LossOp {
  private static final OpSpec SPEC =
      OpSpec.of("crossEntropy")
          .operand("logits", "... classes")
          .operand("labels", "...")
          .domain(-5, 5)
          .onnx("SoftmaxCrossEntropyLoss", 13);

  @Override
  public double factor(Shape... in) {
    return 1.0 / in[0].rows();
  }

  /** The log-probabilities. */
  @Override
  public int savedPerExample(Shape... in) {
    return in[0].last();
  }

  @Override
  public void check(Shape... in) {
    if (in[1].rank() != in[0].rank() - 1) {
      throw spec().rankError(1, in[1], in[0].rank() - 1);
    }
    for (int i = 0; i < in[1].rank(); i++) {
      spec().requireEqual("axis " + i, 0, in[0], in[0].axis(i), 1, in[1], in[1].axis(i));
    }
  }

  /**
   * Checks type and range of all labels.
   *
   * @throws ShapeException naming the first label that is wrong
   */
  @Override
  public void checkValues(Tensor[] in) {
    int classes = in[0].shape().last();
    for (int row = 0; row < in[1].size(); row++) {
      label(in[1], row, classes);
    }
  }

  @Override
  public boolean differentiable(int k) {
    return k == 0;
  }

  @Override
  public void forwardRows(Rows r, Tensor[] in, Tensor losses, Tensor saved, int from, int to) {
    int classes = in[0].shape().last();
    Tensor logProbabilities = saved.reshape(in[0].shape());
    LogSoftmaxKernel.forward(r, in[0], 1, logProbabilities, from, to);
    for (int row = from; row < to; row++) {
      losses.set(row, -logProbabilities.get(row * classes + label(in[1], row, classes)));
    }
  }

  private int label(Tensor labels, int row, int classes) {
    if (labels.dtype() != DType.I32) {
      throw new ShapeException("crossEntropy: labels are " + labels.dtype() + ", I32 expected");
    }
    int label = labels.ints()[labels.offset() + row];
    if (label < 0 || label >= classes) {
      throw new ShapeException(
          "crossEntropy: label " + label + " of example " + row + " is not in 0.." + (classes - 1));
    }
    return label;
  }

  /** dz = (softmax(z) − onehot(label)) · dL. */
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
    Tensor dz = gradIn[0];
    for (int row = from; row < to; row++) {
      int i = row * classes;
      r.exp(saved, i, dz, i, classes);
      int at = i + label(in[1], row, classes);
      dz.set(at, dz.get(at) - 1);
      r.scale(dz, i, scale, dz, i, classes);
    }
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}
