package limbeck.engine.op.loss;

import static limbeck.engine.op.loss.Golden.V;
import static limbeck.engine.op.loss.Golden.Z;
import static limbeck.engine.op.loss.Golden.rows;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import limbeck.engine.op.Op;
import limbeck.engine.op.Reduction;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights, ends and bounds of the divergence, on worked examples computed independently. */
class JensenShannonTest {
  private static double loss(Op op, DType type, double[] z, double[] v) {
    return Golden.run(op, rows(type, z), rows(type, v)).out().get(0);
  }

  private static JensenShannon of(double beta, boolean continuous) {
    return new JensenShannon(1, true, beta, continuous, Reduction.BATCH_MEAN);
  }

  @ParameterizedTest
  @CsvSource({
    "0.001, 0.001122364, 1.119931029",
    "0.1, 0.099955071, 0.805349728",
    "0.5, 0.288957837, 0.288957837",
    "0.9, 0.130708110, 0.943466587",
    "0.999, 0.001692837, 1.685512590"
  })
  void bothWeights(double beta, double paper, double continuous) {
    assertEquals(paper, loss(of(beta, false), DType.F64, Z, V), 1e-9);
    assertEquals(continuous, loss(of(beta, true), DType.F64, Z, V), 1e-9);
    assertEquals(paper, loss(of(beta, false), DType.F32, Z, V), 1e-6);
    assertEquals(continuous, loss(of(beta, true), DType.F32, Z, V), 1e-6);
  }

  @Test
  void continuousWeightsTendToTheDivergencesOfTheEnds() {
    double forward = loss(new SoftTargets(1), DType.F64, Z, V);
    double reverse = loss(new SoftTargets(1, true, true, Reduction.BATCH_MEAN), DType.F64, Z, V);
    assertEquals(forward, loss(of(1e-7, true), DType.F64, Z, V), 1e-5);
    assertEquals(reverse, loss(of(1 - 1e-7, true), DType.F64, Z, V), 1e-5);
    assertEquals(forward, loss(of(1e-7, false), DType.F64, Z, V) / 1e-7, 1e-5);
  }

  @Test
  void itIsSymmetricAtOneHalfAndBounded() {
    assertEquals(
        loss(new JensenShannon(), DType.F64, Z, V),
        loss(new JensenShannon(), DType.F64, V, Z),
        1e-15);
    double[] one = {2000, 0, 0, 0};
    double[] other = {0, 2000, 0, 0};
    for (DType type : new DType[] {DType.F64, DType.F32}) {
      assertEquals(StrictMath.log(2), loss(new JensenShannon(), type, one, other), 1e-7);
    }
    assertEquals(0, loss(new JensenShannon(), DType.F32, Z, Z), 1e-14);
  }

  /** Probabilities so small that half of one is none: nothing becomes infinite. */
  @Test
  void whatIsTooSmallVanishes() {
    double[] z = new double[64];
    double[] v = new double[64];
    for (int k = 1; k < z.length; k++) {
      z[k] = -100 - 0.1 * k;
      v[k] = -400;
    }
    for (boolean continuous : new boolean[] {false, true}) {
      assertVanishes(of(0.5, continuous), z, v);
      assertVanishes(of(0.5, continuous), v, z);
    }
  }

  private static void assertVanishes(JensenShannon op, double[] z, double[] v) {
    Golden.Outcome outcome = Golden.run(op, rows(DType.F32, z), rows(DType.F32, v));
    assertTrue(Math.abs(outcome.out().get(0)) < 1e-30);
    for (Tensor dx : outcome.gradIn()) {
      for (int k = 0; k < dx.size(); k++) {
        assertTrue(Math.abs(dx.get(k)) < 1e-30, "gradient " + k + ": " + dx.get(k));
      }
    }
  }

  @Test
  void theEndsAreRefused() {
    for (double beta : new double[] {0, 1, -0.1, Double.NaN}) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> of(beta, false));
      assertTrue(e.getMessage().contains("SoftTargets"), e.getMessage());
    }
  }
}
