package limbeck.engine.op.loss;

import static limbeck.engine.op.loss.Golden.labels;
import static limbeck.engine.op.loss.Golden.rows;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Stream;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.Reduction;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses where numbers end: impossible classes, sure teachers, wrong labels. */
class LossEdgesTest {
  private static final double NEVER = Double.NEGATIVE_INFINITY;

  /** KL({½, ½, 0} ‖ {¾, ¼, 0}) = ½ ln ⅔ + ½ ln 2, and its gradients q − p and p·(ln p/q − KL). */
  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F64", "F32"})
  void aClassImpossibleForBothCountsForNothing(DType type) {
    Tensor z = rows(type, new double[] {StrictMath.log(3), 0, NEVER});
    Tensor v = rows(type, new double[] {0, 0, NEVER});
    Golden.Outcome o = Golden.run(new SoftTargets(1), z, v);
    double kl = 0.5 * StrictMath.log(4.0 / 3);
    double error = type == DType.F32 ? 1e-6 : 1e-14; // some ten roundings
    assertEquals(kl, o.value(), error);
    double[] student = {0.25, -0.25, 0};
    double[] teacher = {0.5 * (StrictMath.log(2.0 / 3) - kl), 0.5 * (StrictMath.log(2) - kl), 0};
    for (int i = 0; i < 3; i++) {
      assertEquals(student[i], o.gradIn()[0].get(i), error);
      assertEquals(teacher[i], o.gradIn()[1].get(i), error);
    }
  }

  @Test
  void aClassImpossibleForTheStudentAloneCostsInfinity() {
    Tensor z = rows(DType.F32, new double[] {0, NEVER});
    Tensor v = rows(DType.F32, new double[] {0, 0});
    assertEquals(Double.POSITIVE_INFINITY, Golden.run(new SoftTargets(1), z, v).value());
    SoftTargets reverse = new SoftTargets(1, true, true, Reduction.BATCH_MEAN);
    // KL({1, 0} ‖ {½, ½}) = ln 2
    assertEquals(StrictMath.log(2), Golden.run(reverse, z, v).value(), 1e-7);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 2, 20})
  void extremeLogitsGiveNoNan(double t) {
    double[][] extremes = {{1e4, -1e4, 0}, {-1e4, 1e4, 1e4}, {0, 0, 0}, {-1e4, -1e4, -1e4}};
    for (double[] z : extremes) {
      for (double[] v : extremes) {
        for (boolean reverse : new boolean[] {false, true}) {
          SoftTargets op = new SoftTargets(t, true, reverse, Reduction.BATCH_MEAN);
          Golden.Outcome o = Golden.run(op, rows(DType.F32, z), rows(DType.F32, v));
          assertTrue(o.value() >= 0 && o.value() < 1e6, o.out().toString());
          for (int i = 0; i < 6; i++) {
            assertTrue(Double.isFinite(o.gradIn()[i / 3].get(i % 3)), Arrays.toString(o.gradIn()));
          }
        }
      }
    }
  }

  @Test
  void theFirstWrongLabelIsReportedWhateverTheThreads() {
    int examples = 20_000;
    Tensor logits = Tensor.zeros(DType.F32, Shape.of(examples, 10));
    int[] wrong = new int[examples];
    for (int i = 7777; i < examples; i += 100) {
      wrong[i] = i % 200 < 100 ? 10 : -1;
    }
    try (Workers workers = Workers.of(3)) {
      OpContext context = new OpContext(workers);
      Tensor[] in = {logits, labels(wrong)};
      CrossEntropy op = new CrossEntropy();
      context.saved(Tensor.zeros(DType.F32, op.saved(logits.shape(), in[1].shape())));
      Tensor out = Tensor.zeros(DType.F32, Shape.SCALAR);
      ShapeException e = assertThrows(ShapeException.class, () -> op.forward(context, in, out));
      assertEquals("crossEntropy: label -1 of example 7777 is not in 0..9", e.getMessage());
    }
  }

  static Stream<LabelLossOp> lossesOfLabels() {
    return Stream.of(new NegativeLogLikelihood(), new MultiMargin(), new Focal(2));
  }

  @ParameterizedTest
  @MethodSource("lossesOfLabels")
  void labelsOfNoClassAreRefused(LabelLossOp op) {
    Tensor outputs = rows(DType.F32, new double[] {-1, -2}, new double[] {-3, -4});
    for (int label : new int[] {-1, 2}) {
      ShapeException e =
          assertThrows(ShapeException.class, () -> Golden.run(op, outputs, labels(0, label)));
      String message = ": label " + label + " of example 1 is not in 0..1";
      assertEquals(op.spec().name() + message, e.getMessage());
    }
  }

  @Test
  void labelsOfAnotherTypeAreRefused() {
    Tensor logits = rows(DType.F32, new double[] {1, 2});
    Tensor labels = Tensor.of(Shape.of(1), 1f);
    ShapeException e =
        assertThrows(ShapeException.class, () -> Golden.run(new CrossEntropy(), logits, labels));
    assertEquals("crossEntropy: labels [1] is F32, I32 expected", e.getMessage());
  }

  @Test
  void negativeWeightsAreRefused() {
    Tensor logits = rows(DType.F32, new double[] {1, 2, 3});
    Tensor weights = Tensor.of(Shape.of(3), 1f, -2f, 3f);
    CrossEntropy op = new CrossEntropy().withWeights();
    ShapeException e =
        assertThrows(ShapeException.class, () -> Golden.run(op, logits, labels(0), weights));
    assertEquals("crossEntropy: weights[1] = -2.0 is negative", e.getMessage());
    ShapeException type =
        assertThrows(
            ShapeException.class, () -> Golden.run(op, logits, labels(0), labels(1, 2, 3)));
    assertEquals("crossEntropy: weights [classes=3] is I32, F32 expected", type.getMessage());
  }

  /** Without smoothing, a class that is nobody's label counts for nothing, whatever its weight. */
  @Test
  void weightsOfOtherClassesDoNotCount() {
    Tensor logits = rows(DType.F32, new double[] {1, 2, 3}, new double[] {0, -1, 1});
    CrossEntropy op = new CrossEntropy().withWeights();
    Golden.Outcome some = Golden.run(op, logits, labels(0, 2), Tensor.of(Shape.of(3), 2f, 5, 3));
    Tensor infinite = Tensor.of(Shape.of(3), 2f, Float.POSITIVE_INFINITY, 3);
    Golden.Outcome all = Golden.run(op, logits, labels(0, 2), infinite);
    assertEquals(some.value(), all.value());
    assertArrayEquals(some.gradIn()[0].floats(), all.gradIn()[0].floats());
  }

  /** Means of probabilities are rounded. */
  @Test
  void targetsMayBeOffByAMillionth() {
    Tensor logits = rows(DType.F64, new double[] {1, -2});
    double[] targets = {-1e-6, 1 + 1e-6};
    assertTrue(Golden.run(new BceLogits(), logits, rows(DType.F64, targets)).value() > 0);
    for (int i = 0; i < 2; i++) {
      double[] wrong = targets.clone();
      wrong[i] = i - 1.1e-6 + i * 2.2e-6;
      ShapeException e =
          assertThrows(
              ShapeException.class,
              () -> Golden.run(new BceLogits(), logits, rows(DType.F64, wrong)));
      String message = "bceLogits: targets[" + i + "] = " + wrong[i] + " is not in 0..1";
      assertEquals(message, e.getMessage());
    }
  }

  @Test
  void whereADifferenceIsTheMarginNoGradientPasses() {
    Tensor outputs = rows(DType.F32, new double[] {2, 1, 1.5});
    Golden.Outcome o = Golden.run(new MultiMargin(), outputs, labels(0));
    assertEquals(0.5, o.value());
    assertArrayEquals(new float[] {-1, 0, 1}, o.gradIn()[0].floats());
    Tensor anchor = rows(DType.F32, new double[] {0});
    Tensor near = rows(DType.F32, new double[] {3});
    o = Golden.run(new Triplet(), anchor, near, rows(DType.F32, new double[] {4}));
    assertEquals(0.0, o.value()); // 3 − 4 + 1
    for (Tensor gradient : o.gradIn()) {
      assertEquals(0.0, Math.abs(gradient.get(0)));
    }
  }

  /** Of several chunks. */
  @Test
  void aLargeBatchOfLogLikelihoods() {
    int classes = 3;
    int examples = 50_000;
    int[] labels = new int[examples];
    float[] expected = new float[examples * classes];
    for (int row = 0; row < examples; row++) {
      labels[row] = row * 7 % classes;
      expected[row * classes + labels[row]] = -1;
    }
    Tensor logs = Tensor.zeros(DType.F32, Shape.of(examples, classes));
    NegativeLogLikelihood op = new NegativeLogLikelihood(Reduction.SUM);
    assertArrayEquals(expected, Golden.run(op, logs, labels(labels)).gradIn()[0].floats());
  }

  /** An ignored label need not be that of a class; what is ignored may be anything. */
  @Test
  void ignoredExamplesChangeNothing() {
    double[] sure = {2, -1, 0.5};
    Tensor alone = rows(DType.F32, sure);
    Tensor both = rows(DType.F32, sure, new double[] {Double.NaN, NEVER, 1e30});
    CrossEntropy op = new CrossEntropy().withIgnored(-100).withSmoothing(0.1);
    Golden.Outcome expected = Golden.run(op, alone, labels(2));
    Golden.Outcome actual = Golden.run(op, both, labels(2, -100));
    assertEquals(expected.value(), actual.value());
    for (int i = 0; i < 6; i++) {
      assertEquals(i < 3 ? expected.gradIn()[0].get(i) : 0, actual.gradIn()[0].get(i));
    }
    ShapeException e =
        assertThrows(ShapeException.class, () -> Golden.run(op, both, labels(2, -99)));
    assertEquals("crossEntropy: label -99 of example 1 is not in 0..2", e.getMessage());
  }

  /** Even the number that stands for no ignored label. */
  @ParameterizedTest
  @ValueSource(ints = {CrossEntropy.NONE, Integer.MIN_VALUE + 1, -100, -1, 2, Integer.MAX_VALUE})
  void whereNothingIsIgnoredEveryWrongLabelIsRefused(int label) {
    Tensor logits = rows(DType.F32, new double[] {1, 2}, new double[] {3, 4});
    ShapeException e =
        assertThrows(
            ShapeException.class, () -> Golden.run(new CrossEntropy(), logits, labels(0, label)));
    assertEquals("crossEntropy: label " + label + " of example 1 is not in 0..1", e.getMessage());
  }

  /** A batch with nothing to predict leaves the weights alone. */
  @Test
  void aMeanOverNothingIsZero() {
    Tensor logits = rows(DType.F32, new double[] {1e4, -1e4}, new double[] {3, 4});
    Golden.Outcome o = Golden.run(new CrossEntropy().withIgnored(1), logits, labels(1, 1));
    assertEquals(0.0, o.value());
    for (int i = 0; i < 4; i++) {
      assertEquals(0.0, o.gradIn()[0].get(i));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void smoothingOutOfRangeIsRefused(double smoothing) {
    CrossEntropy plain = new CrossEntropy();
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> plain.withSmoothing(smoothing));
    assertEquals("crossEntropy: smoothing " + smoothing + " is not in [0, 1]", e.getMessage());
  }
}
