package limbeck.engine.op.loss;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.LogSoftmaxKernel;
import limbeck.engine.op.LossOp;
import limbeck.engine.op.OpSpec;
import limbeck.engine.op.OperandType;
import limbeck.engine.op.Reduction;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * Cross-entropy of logits z against labels y: l = −ln p_y with p = softmax(z), mean over examples.
 * The hard term of distillation, always at temperature 1.
 *
 * <p>With settings, for K classes c with weights w_c, and for the examples that count,
 *
 * <p>l = (1 − ε) · w_y · (−ln p_y) + ε/K · Σ_c w_c · (−ln p_c).
 *
 * <ul>
 *   <li>Label smoothing ε gives each class ε/K of the target, and the label the rest (Szegedy et
 *       al. 2016, arXiv:1512.00567, section 7).
 *   <li>Class weights w, operand 2, make some classes count for more. The mean is then Σ l / Σ w_y.
 *   <li>Examples with the ignored label do not count: loss 0, gradient 0, and they are left out of
 *       the mean, whatever their logits are. If no example counts, or all weights are 0, the mean
 *       is 0 and so is the gradient.
 * </ul>
 *
 * <p>This is what PyTorch's {@code cross_entropy} computes, but for a mean over nothing, which is
 * NaN there.
 *
 * <h2>The gradient</h2>
 *
 * <p>Write the loss as l = −Σ_c u_c · ln p_c: for the plain loss u is 1 at the label and 0
 * elsewhere; with settings u_c = w_c · ((1 − ε)·[c = y] + ε/K).
 *
 * <p>A log-probability is ln p_c = z_c − ln Σ_k e^(z_k). Its first term depends on z_c alone. The
 * derivative of the second with respect to z_j is e^(z_j) / Σ_k e^(z_k), which is p_j. Hence
 *
 * <p>∂ ln p_c / ∂z_j = [c = j] − p_j,
 *
 * <p>and, with U = Σ_c u_c,
 *
 * <p>∂l/∂z_j = Σ_c u_c · (p_j − [c = j]) = U · p_j − u_j.
 *
 * <p>For the plain loss that is p − onehot(y): each logit is pushed by what the network gives its
 * class too much, the label's by what it lacks. No p stands in a denominator. Softmax and logarithm
 * as two ops would divide by p_y on the way and multiply by it again, and fail where p_y is too
 * small for a float; that is why the loss takes logits.
 *
 * <p>{@link #backwardRows} is this formula, row by row: {@code exp} turns the saved ln p into p,
 * {@code scale} makes U·p of it where U is not 1, {@code axpy} or {@code addScalar} takes away the
 * part ε/K·w of u that all classes share, the label's element loses (1 − ε)·w_y, and the last
 * {@code scale} is the chain rule: d loss / dl, the same for all examples.
 *
 * @param smoothing ε, from 0 to 1
 * @param ignored the label of examples that do not count, or {@link #NONE}
 * @param weighted whether there is an operand of class weights, none negative
 * @param reduction over examples; {@link Reduction#ELEMENT_MEAN} also divides by K
 */
public record CrossEntropy(double smoothing, int ignored, boolean weighted, Reduction reduction)
    implements LossOp {
  /** Stands for no label: every example counts. */
  public static final int NONE = Integer.MIN_VALUE;

  private static final OpSpec PLAIN =
      OpSpec.of("crossEntropy")
          .operand("logits", "... classes")
          .operand("labels", "...")
          .domain(-5, 5);
  private static final OpSpec WEIGHTED = PLAIN.operand("weights", "classes");
  private static final OpSpec[] SPECS = {PLAIN, WEIGHTED, onnx(PLAIN), onnx(WEIGHTED)};

  private static OpSpec onnx(OpSpec withoutSmoothing) {
    return withoutSmoothing.onnx("SoftmaxCrossEntropyLoss", 13);
  }

  /** −ln softmax(z)[label], mean over examples. */
  public CrossEntropy() {
    this(0, NONE, false, Reduction.BATCH_MEAN);
  }

  /** Checks the smoothing. */
  public CrossEntropy {
    if (!(smoothing >= 0 && smoothing <= 1)) {
      throw new IllegalArgumentException(
          "crossEntropy: smoothing " + smoothing + " is not in [0, 1]");
    }
  }

  /** This loss with label smoothing. */
  public CrossEntropy withSmoothing(double epsilon) {
    return new CrossEntropy(epsilon, ignored, weighted, reduction);
  }

  /** This loss without the examples that have this label; it need not be that of a class. */
  public CrossEntropy withIgnored(int label) {
    return new CrossEntropy(smoothing, label, weighted, reduction);
  }

  /** This loss with a further operand, weights [classes]. */
  public CrossEntropy withWeights() {
    return new CrossEntropy(smoothing, ignored, true, reduction);
  }

  /** This loss, reduced otherwise. */
  public CrossEntropy withReduction(Reduction other) {
    return new CrossEntropy(smoothing, ignored, weighted, other);
  }

  /** Labels are counted, or their weights summed in double, in the order of examples. */
  @Override
  public double factor(Tensor[] in) {
    double sum = 0;
    for (int row = 0; row < in[1].size(); row++) {
      int label = Labels.of(in[1], row);
      sum += ignores(label) ? 0 : weight(in, label);
    }
    return reduction.factor(sum, in[0].shape().last());
  }

  /** {@link #NONE} is a number too: without an ignored label it is as wrong as any other. */
  private boolean ignores(int label) {
    return ignored != NONE && label == ignored;
  }

  private double weight(Tensor[] in, int label) {
    return weighted ? in[2].get(label) : 1;
  }

  /** The log-probabilities; 0 for examples that do not count. */
  @Override
  public int savedPerExample(Shape... in) {
    return in[0].last();
  }

  @Override
  public void check(Shape... in) {
    Labels.requireAxes(spec(), in);
    if (weighted && in[2].rank() != 1) {
      throw spec().rankError(2, in[2], 1);
    }
    if (weighted) {
      spec().requireEqual("classes", 0, in[0], in[0].last(), 2, in[2], in[2].last());
    }
  }

  /**
   * Checks type and range of all labels and weights.
   *
   * @throws ShapeException naming the first one that is wrong
   */
  @Override
  public void checkValues(Tensor[] in) {
    Labels.requireClasses(spec(), in, ignored);
    if (weighted) {
      Weights.check(spec(), 2, in);
    }
  }

  @Override
  public boolean differentiable(int k) {
    return k == 0;
  }

  /** Also the weights. */
  @Override
  public OperandType operandType(int k) {
    return k == 1 ? OperandType.INTEGERS : OperandType.FLOATING;
  }

  @Override
  public void forwardRows(Rows r, Tensor[] in, Tensor losses, Tensor saved, int from, int to) {
    int classes = in[0].shape().last();
    Tensor logs = saved.reshape(in[0].shape());
    for (int row = from; row < to; row++) {
      int label = Labels.of(in[1], row);
      if (ignores(label)) {
        r.fill(0, logs, row * classes, classes);
        losses.set(row, 0);
      } else {
        LogSoftmaxKernel.forward(r, in[0], 1, logs, row, row + 1);
        losses.set(row, loss(r, in, logs, row * classes, label));
      }
    }
  }

  /** The loss of the example whose log-probabilities begin at element {@code i}, in double. */
  private double loss(Rows r, Tensor[] in, Tensor logs, int i, int label) {
    int classes = in[0].shape().last();
    double hard = weight(in, label) * -logs.get(i + label);
    if (smoothing == 0) {
      return hard;
    }
    double all = weighted ? r.dot(in[2], 0, logs, i, classes) : r.sum(logs, i, classes);
    return (1 - smoothing) * hard - smoothing / classes * all;
  }

  /** dz = (U · softmax(z) − u) · dL: see above. */
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
    double all = weighted && smoothing > 0 ? r.sum(in[2], 0, classes) : 0;
    for (int row = from; row < to; row++) {
      int i = row * classes;
      int label = Labels.of(in[1], row);
      if (ignores(label)) {
        r.fill(0, dz, i, classes);
      } else {
        r.exp(saved, i, dz, i, classes);
        subtractTarget(r, in, all, label, dz, i);
        r.scale(dz, i, scale, dz, i, classes);
      }
    }
  }

  /**
   * From p to U·p − u, in place.
   *
   * @param all the sum of all classes' weights, where it counts
   */
  private void subtractTarget(Rows r, Tensor[] in, double all, int label, Tensor dz, int i) {
    int classes = in[0].shape().last();
    double hard = (1 - smoothing) * weight(in, label);
    double each = smoothing / classes;
    if (weighted) {
      r.scale(dz, i, hard + each * all, dz, i, classes);
    }
    if (smoothing > 0 && weighted) {
      r.axpy(-each, in[2], 0, dz, i, classes);
    } else if (smoothing > 0) {
      r.addScalar(dz, i, -each, dz, i, classes);
    }
    dz.set(i + label, dz.get(i + label) - hard);
  }

  @Override
  public Map<String, Object> settings() {
    Object without = ignored == NONE ? "none" : (Object) ignored;
    return Map.of(
        "smoothing",
        smoothing,
        "ignored",
        without,
        "weighted",
        weighted,
        "reduction",
        reduction.name());
  }

  @Override
  public OpSpec spec() {
    return SPECS[(weighted ? 1 : 0) + (smoothing == 0 ? 2 : 0)];
  }
}
