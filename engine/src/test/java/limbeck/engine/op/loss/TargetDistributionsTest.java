package limbeck.engine.op.loss;

import static limbeck.engine.op.loss.Golden.V;
import static limbeck.engine.op.loss.Golden.V2;
import static limbeck.engine.op.loss.Golden.Z;
import static limbeck.engine.op.loss.Golden.Z2;
import static limbeck.engine.op.loss.Golden.labels;
import static limbeck.engine.op.loss.Golden.rows;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import limbeck.engine.op.LogSoftmax;
import limbeck.engine.op.Op;
import limbeck.engine.op.Softmax;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses against target distributions: how they agree with each other, and where numbers end. */
class TargetDistributionsTest {
  private static final double NEVER = Double.NEGATIVE_INFINITY;
  private static final Tensor STUDENT = rows(DType.F64, Z, Z2);
  private static final Tensor TEACHER = rows(DType.F64, V, V2);

  private static Tensor of(Op op, Tensor x) {
    return Golden.run(op, x).out();
  }

  private static void assertSame(Tensor expected, Tensor actual, double error) {
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i), actual.get(i), error, "[" + i + "]");
    }
  }

  /** Three ways to say the same; sums of four terms of at most T² · 4 differ by 1e−14. */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 4, 20})
  void softTargetsAreADivergence(double t) {
    Golden.Outcome logits = Golden.run(new SoftTargets(t), STUDENT, TEACHER);
    Tensor p = of(new Softmax(t), TEACHER);
    Tensor logP = of(new LogSoftmax(t), TEACHER);
    KlDivergence kl = new KlDivergence(t);
    for (Golden.Outcome o :
        new Golden.Outcome[] {
          Golden.run(kl, STUDENT, p), Golden.run(kl.withLogTargets(), STUDENT, logP)
        }) {
      assertEquals(logits.value(), o.value(), t * t * 1e-14);
      assertSame(logits.gradIn()[0], o.gradIn()[0], t * 1e-14);
    }
  }

  /** Cross-entropy is above the divergence by the targets' entropy; the gradient is the same. */
  @Test
  void crossEntropyIsEntropyAndDivergence() {
    Tensor p = of(new Softmax(2), TEACHER);
    double entropy = 0;
    for (int i = 0; i < p.size(); i++) {
      entropy -= p.get(i) * StrictMath.log(p.get(i)) / 2;
    }
    Golden.Outcome h = Golden.run(new SoftCrossEntropy(2), STUDENT, p);
    Golden.Outcome kl = Golden.run(new KlDivergence(2), STUDENT, p);
    assertEquals(h.value(), kl.value() + 4 * entropy, 1e-14);
    for (int i = 0; i < p.size(); i++) {
      assertEquals(kl.gradIn()[0].get(i), h.gradIn()[0].get(i));
    }
  }

  @Test
  void aOneHotTargetIsALabel() {
    double[][] oneHot = {{0, 1, 0, 0}, {0, 0, 0, 1}};
    Golden.Outcome label = Golden.run(new CrossEntropy(), STUDENT, labels(1, 3));
    for (Op op : new Op[] {new SoftCrossEntropy(), new KlDivergence(1)}) {
      Golden.Outcome o = Golden.run(op, STUDENT, rows(DType.F64, oneHot));
      assertEquals(label.value(), o.value(), 1e-15);
      assertSame(label.gradIn()[0], o.gradIn()[0], 1e-15);
    }
  }

  @Test
  void anImpossibleClassWithoutATargetCountsForNothing() {
    Tensor z = rows(DType.F32, new double[] {1, 2, NEVER});
    Tensor p = rows(DType.F32, new double[] {0.25, 0.75, 0});
    Tensor two = rows(DType.F32, new double[] {1, 2});
    Tensor twoTargets = rows(DType.F32, new double[] {0.25, 0.75});
    for (Op op : new Op[] {new SoftCrossEntropy(), new KlDivergence(1)}) {
      Golden.Outcome o = Golden.run(op, z, p);
      Golden.Outcome without = Golden.run(op, two, twoTargets);
      assertEquals(without.value(), o.value());
      assertEquals(without.gradIn()[0].get(0), o.gradIn()[0].get(0));
      for (int i = 0; i < 2; i++) {
        assertEquals(without.gradIn()[1].get(i), o.gradIn()[1].get(i));
      }
      for (Tensor gradient : o.gradIn()) {
        assertEquals(0.0, gradient.get(2));
      }
    }
    Tensor logP = rows(DType.F32, new double[] {0, NEVER, NEVER});
    Golden.Outcome o = Golden.run(new KlDivergence(1).withLogTargets(), z, logP);
    assertEquals(StrictMath.log1p(StrictMath.E), o.value(), 1e-6);
    assertEquals(0.0, o.gradIn()[1].get(2));
  }

  @Test
  void aTargetThatTheStudentRulesOutCostsInfinity() {
    Tensor z = rows(DType.F32, new double[] {1, NEVER});
    Tensor p = rows(DType.F32, new double[] {0.5, 0.5});
    assertEquals(Double.POSITIVE_INFINITY, Golden.run(new SoftCrossEntropy(), z, p).value());
    assertEquals(Double.POSITIVE_INFINITY, Golden.run(new KlDivergence(1), z, p).value());
  }

  /** Classes left out are not there: the loss is that of the others alone, whatever they hold. */
  @Test
  void whatIsLeftOutIsNotLookedAt() {
    double nan = Double.NaN;
    Tensor z = rows(DType.F32, new double[] {1, nan, 2, 0.5, NEVER});
    Tensor p = rows(DType.F32, new double[] {0.2, nan, 0.5, 0.3, 7});
    Tensor mask = Tensor.of(Shape.of(1, 5), 1, 0, 1, 1, 0);
    Tensor kept = rows(DType.F32, new double[] {1, 2, 0.5});
    Tensor targets = rows(DType.F32, new double[] {0.2, 0.5, 0.3});
    int[] place = {0, -1, 1, 2, -1};
    for (boolean logs : new boolean[] {false, true}) {
      KlDivergence op = logs ? new KlDivergence(2).withLogTargets() : new KlDivergence(2);
      Golden.Outcome o = Golden.run(op.withMask(), z, p, mask);
      Golden.Outcome alone = Golden.run(op, kept, targets);
      assertEquals(alone.value(), o.value(), 1e-6 * alone.value());
      for (int k = 0; k < 2; k++) {
        for (int i = 0; i < 5; i++) {
          double expected = place[i] < 0 ? 0 : alone.gradIn()[k].get(place[i]);
          assertEquals(expected, o.gradIn()[k].get(i), place[i] < 0 ? 0 : 2e-6);
        }
      }
    }
  }

  /** A mask [batch, time, 1] leaves out tokens; the mean is that over the others. */
  @Test
  void paddedTokensAreNotInTheMean() {
    Tensor z = rows(DType.F64, Z, V, Z2, V2).reshape(Shape.of(2, 2, 4));
    Tensor p = of(new Softmax(), rows(DType.F64, V, Z, V2, Z2)).reshape(Shape.of(2, 2, 4));
    Tensor mask = Tensor.of(Shape.of(2, 2, 1), 1, 0, 1, 0);
    Golden.Outcome o = Golden.run(new KlDivergence(1).withMask(), z, p, mask);
    Golden.Outcome tokens = Golden.run(new SoftTargets(1), STUDENT, TEACHER);
    assertEquals(tokens.value(), o.value(), 1e-14);
    for (int i = 0; i < 16; i++) {
      double expected = i % 8 < 4 ? tokens.gradIn()[0].get(i / 8 * 4 + i % 4) : 0;
      assertEquals(expected, o.gradIn()[0].get(i), 1e-14);
    }
  }

  @Test
  void extremeLogitsGiveNoNan() {
    double[][] extremes = {{1e4, -1e4, 0}, {-1e4, 1e4, 1e4}, {0, 0, 0}, {-1e4, -1e4, -1e4}};
    Tensor p = rows(DType.F32, new double[] {0.5, 0, 0.5});
    for (double[] z : extremes) {
      for (Op op : new Op[] {new SoftCrossEntropy(2), new KlDivergence(2)}) {
        Golden.Outcome o = Golden.run(op, rows(DType.F32, z), p);
        assertTrue(o.value() >= 0 && o.value() < 1e6, o.out().toString());
        for (int i = 0; i < 6; i++) {
          assertTrue(Double.isFinite(o.gradIn()[i / 3].get(i % 3)), op.toString());
        }
      }
    }
  }

  @Test
  void masksOfAnotherTypeAndTemperaturesAreRefused() {
    KlDivergence op = new KlDivergence(1).withMask();
    ShapeException e =
        assertThrows(ShapeException.class, () -> Golden.run(op, STUDENT, TEACHER, TEACHER));
    assertEquals("klDivergence: mask [2, classes=4] is F64, I32 expected", e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> new KlDivergence(0));
    assertThrows(IllegalArgumentException.class, () -> new SoftCrossEntropy(Double.NaN));
  }
}
