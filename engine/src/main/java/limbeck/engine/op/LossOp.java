package limbeck.engine.op;

import limbeck.engine.kernel.Rows;
import limbeck.engine.op.loss.BceLogits;
import limbeck.engine.op.loss.CosineDistance;
import limbeck.engine.op.loss.CrossEntropy;
import limbeck.engine.op.loss.Huber;
import limbeck.engine.op.loss.JensenShannon;
import limbeck.engine.op.loss.KlDivergence;
import limbeck.engine.op.loss.LabelLossOp;
import limbeck.engine.op.loss.SoftCrossEntropy;
import limbeck.engine.op.loss.SoftTargets;
import limbeck.engine.op.loss.SquaredError;
import limbeck.engine.op.loss.Triplet;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * A scalar loss over examples: operand 0 holds one row of outputs per example, the result is a
 * factor times the sum of the examples' losses, in the order of {@link Rows#sum}. Losses work on
 * logits, never on probabilities.
 */
public sealed interface LossOp extends Op
    permits CrossEntropy,
        SoftCrossEntropy,
        SoftTargets,
        KlDivergence,
        JensenShannon,
        SquaredError,
        Huber,
        BceLogits,
        CosineDistance,
        LabelLossOp,
        Triplet {
  /** How the losses of examples become one number. */
  Reduction reduction();

  /**
   * What the sum over examples is multiplied with: a mean's divisor. It may depend on values: on
   * how many examples count, or on the sum of their weights.
   */
  default double factor(Tensor[] in) {
    return reduction().factor(in[0].shape().rows(), in[0].shape().last());
  }

  /** How many numbers per example forward leaves for backward, the example's loss not counted. */
  int savedPerExample(Shape... in);

  /** Elementary operations per example, roughly. */
  default long cost(Shape outputs) {
    return 50L * outputs.last();
  }

  /**
   * Losses of examples {@code from} to {@code to}.
   *
   * @param losses one per example
   * @param saved {@link #savedPerExample} numbers per example
   */
  void forwardRows(Rows r, Tensor[] in, Tensor losses, Tensor saved, int from, int to);

  /**
   * Gradients for examples {@code from} to {@code to}.
   *
   * @param scale d loss / d (this example's loss)
   */
  void backwardRows(
      Rows r,
      Tensor[] in,
      Tensor losses,
      Tensor saved,
      double scale,
      Tensor[] gradIn,
      int from,
      int to);

  /** A scalar. */
  @Override
  default Shape infer(Shape... in) {
    spec().requireOperands(in.length);
    spec().requireRank(0, in[0], 1);
    if (in[0].size() == 0) {
      throw new ShapeException(spec().name() + ": " + spec().describe(0, in[0]) + " is empty");
    }
    check(in);
    return Shape.SCALAR;
  }

  /** Checks that the other operands fit operand 0. */
  void check(Shape... in);

  /**
   * Checks the values of operands that are not logits, before the work is shared out: so that the
   * first wrong one is reported, whichever thread would have met it.
   */
  default void checkValues(Tensor[] in) {}

  @Override
  default Shape saved(Shape... in) {
    return Shape.of(in[0].rows(), 1 + savedPerExample(in));
  }

  @Override
  default void forward(OpContext c, Tensor[] in, Tensor out) {
    checkValues(in);
    Rows r = c.rows(out);
    int examples = in[0].shape().rows();
    Tensor losses = losses(c, examples);
    Tensor saved = rest(c, examples);
    c.forEach(
        examples, cost(in[0].shape()), (from, to) -> forwardRows(r, in, losses, saved, from, to));
    out.set(0, r.sum(losses, 0, examples));
    r.scale(out, 0, factor(in), out, 0, 1);
  }

  @Override
  default void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    Rows r = c.rows(out);
    int examples = in[0].shape().rows();
    Tensor losses = losses(c, examples);
    Tensor saved = rest(c, examples);
    double scale = gradOut.get(0) * factor(in);
    c.forEach(
        examples,
        cost(in[0].shape()),
        (from, to) -> backwardRows(r, in, losses, saved, scale, gradIn, from, to));
  }

  private static Tensor losses(OpContext c, int examples) {
    return c.saved().reshape(Shape.of(c.saved().size())).slice(0, examples);
  }

  private static Tensor rest(OpContext c, int examples) {
    return c.saved().reshape(Shape.of(c.saved().size())).slice(examples, c.saved().size());
  }
}
