package limbeck.engine.op.loss;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import limbeck.engine.exec.Workers;
import limbeck.engine.law.Applied;
import limbeck.engine.op.LossOp;
import limbeck.engine.op.Reduction;
import limbeck.engine.op.Softmax;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * A loss with operands that fit it, for what holds of every loss.
 *
 * @param loss in some setting
 * @param targets what its further operands are
 */
record LossCase(LossOp loss, Targets targets) {
  /** What a loss compares with. */
  enum Targets {
    /** A class for each example. */
    LABELS,
    /** Numbers like the outputs. */
    LOGITS,
    /** A distribution for each example. */
    PROBABILITIES,
    /** Two vectors for each example. */
    PAIR
  }

  /** Every loss, some in several settings. */
  static final List<LossCase> ALL =
      List.of(
          new LossCase(new CrossEntropy(), Targets.LABELS),
          new LossCase(new CrossEntropy().withSmoothing(0.1), Targets.LABELS),
          new LossCase(new SoftCrossEntropy(2), Targets.PROBABILITIES),
          new LossCase(new SoftTargets(1), Targets.LOGITS),
          new LossCase(new SoftTargets(4), Targets.LOGITS),
          new LossCase(new SoftTargets(2, true, true, Reduction.BATCH_MEAN), Targets.LOGITS),
          new LossCase(new KlDivergence(3), Targets.PROBABILITIES),
          new LossCase(new JensenShannon(), Targets.LOGITS),
          new LossCase(new JensenShannon(2, true, 0.3, true, Reduction.BATCH_MEAN), Targets.LOGITS),
          new LossCase(SquaredError.mean(), Targets.LOGITS),
          new LossCase(new Huber(1), Targets.LOGITS),
          new LossCase(new BceLogits(), Targets.PROBABILITIES),
          new LossCase(new CosineDistance(), Targets.LOGITS),
          new LossCase(new NegativeLogLikelihood(), Targets.LABELS),
          new LossCase(new MultiMargin(), Targets.LABELS),
          new LossCase(new Focal(2), Targets.LABELS),
          new LossCase(new Triplet(), Targets.PAIR));

  /** The same loss, reduced otherwise. */
  LossCase with(Reduction reduction) {
    RecordComponent[] components = loss.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    try {
      for (int i = 0; i < values.length; i++) {
        boolean changed = components[i].getType() == Reduction.class;
        values[i] = changed ? reduction : components[i].getAccessor().invoke(loss);
      }
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      return new LossCase(
          (LossOp) loss.getClass().getDeclaredConstructor(types).newInstance(values), targets);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** Operands of so many examples and classes. */
  Tensor[] operands(SplittableRandom random, DType type, int batch, int classes, double limit) {
    Shape shape = Shape.of(batch, classes);
    Tensor z = Applied.drawn(random, type, limit, shape);
    Tensor other = Applied.drawn(random, type, limit, shape);
    return switch (targets) {
      case LABELS -> new Tensor[] {z, labels(random, batch, classes)};
      case LOGITS -> new Tensor[] {z, other};
      case PROBABILITIES -> new Tensor[] {z, Applied.of(new Softmax(), other).out()};
      case PAIR -> new Tensor[] {z, other, Applied.drawn(random, type, limit, shape)};
    };
  }

  private static Tensor labels(SplittableRandom random, int batch, int classes) {
    int[] labels = new int[batch];
    for (int i = 0; i < batch; i++) {
      labels[i] = random.nextInt(classes);
    }
    return Tensor.of(Shape.of(batch), labels);
  }

  double value(Tensor... in) {
    return Applied.of(loss, in).value();
  }

  Tensor gradient(Tensor... in) {
    return Applied.of(loss, in).gradient();
  }

  Tensor gradient(Workers workers, Tensor... in) {
    return Applied.of(loss, workers, in).gradient();
  }
}
