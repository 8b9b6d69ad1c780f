package limbeck.engine.op.loss;

import static limbeck.engine.op.loss.Golden.rows;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import limbeck.engine.op.Reduction;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses between two vectors, by hand and where numbers end. */
class VectorLossesTest {
  private static final double NEVER = Double.NEGATIVE_INFINITY;
  private static final Tensor ZERO = rows(DType.F32, new double[] {0});

  /** δ = 2: d²/2 up to 2, then 2·(|d| − 1). */
  @ParameterizedTest
  @CsvSource({"1, 0.5, 1", "-1, 0.5, -1", "2, 2, 2", "-2, 2, -2", "3, 4, 2", "-5, 8, -2"})
  void huberIsSquaredThenStraight(double d, double loss, double slope) {
    Golden.Outcome o = Golden.run(new Huber(2), rows(DType.F32, new double[] {d}), ZERO);
    assertEquals(loss, o.value());
    assertEquals(slope, o.gradIn()[0].get(0));
    assertEquals(-slope, o.gradIn()[1].get(0));
  }

  /** Where no difference is above δ it is half the squared error, up to its roundings. */
  @Test
  void huberIsSquaredErrorForLargeDelta() {
    Tensor z = rows(DType.F64, Golden.Z, Golden.Z2);
    Tensor v = rows(DType.F64, Golden.V, Golden.V2);
    Golden.Outcome huber = Golden.run(new Huber(100, Reduction.BATCH_MEAN), z, v);
    Golden.Outcome half = Golden.run(SquaredError.logitMatching(), z, v);
    assertEquals(half.value(), huber.value(), 1e-14);
    for (int i = 0; i < 8; i++) {
      assertEquals(half.gradIn()[0].get(i), huber.gradIn()[0].get(i), 1e-15);
    }
  }

  @Test
  void aHugeDifferencePullsNoMoreThanDelta() {
    Golden.Outcome o = Golden.run(new Huber(0.5), rows(DType.F32, new double[] {1e30}), ZERO);
    assertEquals((float) 5e29, o.value());
    assertEquals(0.5, o.gradIn()[0].get(0));
  }

  /** Right angles are at distance 1, opposites at 2, and length does not matter. */
  @ParameterizedTest
  @CsvSource({"3, 0, 0, 4, 1", "3, 4, 6, 8, 0", "1, 2, -2, -4, 2", "1, 0, 1, 1, 0.292893218813"})
  void cosineDistanceIsThatOfDirections(double x, double y, double s, double t, double distance) {
    Tensor a = rows(DType.F64, new double[] {x, y});
    Tensor b = rows(DType.F64, new double[] {s, t});
    Golden.Outcome o = Golden.run(new CosineDistance(), a, b);
    assertEquals(distance, o.value(), 1e-11); // ε, and the digits above
    Golden.Outcome swapped = Golden.run(new CosineDistance(), b, a);
    assertEquals(o.value(), swapped.value(), 1e-15);
  }

  /** Vectors a ten-thousandth apart: 1 − cos by subtraction would have no digit in float32. */
  @Test
  void cosineDistanceKeepsDigitsOfNearlyParallelVectors() {
    double[] x = new double[100];
    double[] t = new double[100];
    for (int i = 0; i < 100; i++) {
      x[i] = (float) (1 + 0.01 * i);
      t[i] = (float) (x[i] * (1 + (i % 2 == 0 ? 1e-4 : -1e-4)));
    }
    double exact = Golden.run(new CosineDistance(), rows(DType.F64, x), rows(DType.F64, t)).value();
    double fast = Golden.run(new CosineDistance(), rows(DType.F32, x), rows(DType.F32, t)).value();
    assertTrue(exact > 4e-9 && exact < 6e-9, "distance " + exact);
    assertEquals(exact, fast, 0.01 * exact); // differences of 1e−4 to a few units of 6e−8
    Golden.Outcome equal = Golden.run(new CosineDistance(), rows(DType.F32, x), rows(DType.F32, x));
    assertTrue(equal.value() >= 0 && equal.value() < 1e-14, "of equals " + equal.value());
  }

  @Test
  void zerosAreAtDistance1FromEverything() {
    Tensor zeros = rows(DType.F32, new double[] {0, 0});
    Tensor some = rows(DType.F32, new double[] {3, 4});
    assertEquals(1, Golden.run(new CosineDistance(), zeros, some).value(), 1e-7);
    assertEquals(1, Golden.run(new CosineDistance(), some, zeros).value(), 1e-7);
    assertEquals(1, Golden.run(new CosineDistance(), zeros, zeros).value(), 1e-7);
  }

  /** Outputs that are sure cost their logit if wrong, and next to nothing, but not 0, if right. */
  @Test
  void binaryCrossEntropyOfSureOutputs() {
    Tensor x = rows(DType.F32, new double[] {-1e4}, new double[] {40}, new double[] {NEVER});
    Tensor t = rows(DType.F32, new double[] {1}, new double[] {1}, new double[] {0});
    BceLogits op = new BceLogits(false, Reduction.SUM);
    Golden.Outcome o = Golden.run(op, x, t);
    assertEquals(1e4, o.value());
    assertEquals(-1.0, o.gradIn()[0].get(0));
    assertEquals(-4.248354e-18, o.gradIn()[0].get(1), 1e-24); // −e⁻⁴⁰
    assertEquals(0.0, o.gradIn()[0].get(2));
    Golden.Outcome right = Golden.run(op, x.slice(1, 2), t.slice(1, 2));
    assertEquals(4.248354e-18, right.value(), 1e-24);
  }

  @Test
  void targetsAreProbabilities() {
    Tensor x = rows(DType.F32, new double[] {1, 2});
    Tensor t = rows(DType.F32, new double[] {1 + 1e-7, -1});
    ShapeException e = assertThrows(ShapeException.class, () -> Golden.run(new BceLogits(), x, t));
    assertEquals("bceLogits: targets[1] = -1.0 is not in 0..1", e.getMessage());
    Tensor good = rows(DType.F32, new double[] {1, 0});
    Tensor weights = Tensor.of(Shape.of(2), 1f, -1f);
    ShapeException w =
        assertThrows(
            ShapeException.class,
            () -> Golden.run(new BceLogits().withWeights(), x, good, weights));
    assertEquals("bceLogits: positive weights[1] = -1.0 is negative", w.getMessage());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void settingsOutOfRangeAreRefused(double value) {
    assertThrows(IllegalArgumentException.class, () -> new Huber(value));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> new CosineDistance(value, Reduction.SUM));
    assertEquals("cosineDistance: epsilon " + value + " is not in (0, 1]", e.getMessage());
  }
}
