package limbeck.engine.op.loss;

import static limbeck.engine.op.loss.SavedParts.part;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.DivergenceKernel;
import limbeck.engine.kernel.composite.LogSoftmaxKernel;
import limbeck.engine.op.LossOp;
import limbeck.engine.op.OpSpec;
import limbeck.engine.op.Reduction;
import limbeck.engine.op.Temperature;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Divergence between the softened distributions of student logits z (operand 0) and teacher logits
 * v (operand 1): T² · KL(softmax(v/T) ‖ softmax(z/T)). Zero means that the student equals the
 * teacher up to a constant on its logits. Hinton, Vinyals and Dean 2015, arXiv:1503.02531, section
 * 2.
 *
 * <p>Why T²: the gradient per logit is (q − p)/T, and q − p itself shrinks like 1/T for large T;
 * without the factor a change of temperature would change the weight of the soft term against a
 * hard one. As T grows the loss tends to half the mean squared difference of the centred logits.
 *
 * <p>Both operands are differentiable; a teacher that records nothing simply receives no gradient.
 *
 * @param temperature T, above 0
 * @param temperatureSquared whether the factor T² is applied
 * @param reverse false: KL(teacher ‖ student), mass covering; true: KL(student ‖ teacher), mode
 *     seeking
 * @param reduction over classes and examples
 */
public record SoftTargets(
    double temperature, boolean temperatureSquared, boolean reverse, Reduction reduction)
    implements LossOp {
  private static final OpSpec SPEC =
      OpSpec.of("softTargets")
          .operand("student logits", "... classes")
          .operand("teacher logits", "... classes")
          .domain(-5, 5);

  /** T² · KL(teacher ‖ student), summed over classes, mean over examples. */
  public SoftTargets(double temperature) {
    this(temperature, true, false, Reduction.BATCH_MEAN);
  }

  /** Checks the temperature. */
  public SoftTargets {
    Temperature.checked("softTargets", temperature);
  }

  @Override
  public double factor(Tensor[] in) {
    double scale = temperatureSquared ? temperature * temperature : 1;
    return scale * reduction.factor(in[0].shape().rows(), in[0].shape().last());
  }

  /** Both distributions and their logarithms. */
  @Override
  public int savedPerExample(Shape... in) {
    return 4 * in[0].last();
  }

  @Override
  public void check(Shape... in) {
    spec().requireEqual("classes", 0, in[0], in[0].last(), 1, in[1], in[1].last());
    spec().requireSameShape(1, in);
  }

  @Override
  public void forwardRows(Rows r, Tensor[] in, Tensor losses, Tensor saved, int from, int to) {
    int n = in[0].shape().last();
    Tensor logA = part(saved, in[0].shape(), 0);
    Tensor logB = part(saved, in[0].shape(), 1);
    Tensor a = part(saved, in[0].shape(), 2);
    Tensor b = part(saved, in[0].shape(), 3);
    LogSoftmaxKernel.forward(r, in[reference()], 1 / temperature, logA, from, to);
    LogSoftmaxKernel.forward(r, in[1 - reference()], 1 / temperature, logB, from, to);
    r.exp(logA, from * n, a, from * n, (to - from) * n);
    r.exp(logB, from * n, b, from * n, (to - from) * n);
    for (int row = from; row < to; row++) {
      losses.set(row, DivergenceKernel.divergence(a, logA, b, logB, row * n, n));
    }
  }

  private int reference() {
    return reverse ? 0 : 1;
  }

  /**
   * With reference distribution a and model distribution b, per example and before T²: d/d(model
   * logits) = (b − a)/T and d/d(reference logits) = a ⊙ (ln a − ln b − KL)/T.
   */
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
    double each = scale / temperature;
    Tensor a = part(saved, in[0].shape(), 2);
    Tensor model = gradIn[1 - reference()];
    if (model != null) {
      int i = from * n;
      int size = (to - from) * n;
      r.sub(part(saved, in[0].shape(), 3), i, a, i, model, i, size);
      r.scale(model, i, each, model, i, size);
    }
    Tensor reference = gradIn[reference()];
    if (reference != null) {
      Tensor logA = part(saved, in[0].shape(), 0);
      Tensor logB = part(saved, in[0].shape(), 1);
      for (int row = from; row < to; row++) {
        double kl = losses.get(row);
        DivergenceKernel.gradient(r, a, logA, logB, kl, each, reference, row * n, n);
      }
    }
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of(
        "temperature",
        temperature,
        "temperatureSquared",
        temperatureSquared,
        "reverse",
        reverse,
        "reduction",
        reduction.name());
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}
