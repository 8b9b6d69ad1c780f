package limbeck.engine.op.loss;

import static limbeck.engine.op.loss.Golden.V;
import static limbeck.engine.op.loss.Golden.V2;
import static limbeck.engine.op.loss.Golden.Z;
import static limbeck.engine.op.loss.Golden.Z2;
import static limbeck.engine.op.loss.Golden.assertClose;
import static limbeck.engine.op.loss.Golden.labels;
import static limbeck.engine.op.loss.Golden.rows;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import limbeck.engine.op.LogSoftmax;
import limbeck.engine.op.Op;
import limbeck.engine.op.Reduction;
import limbeck.engine.op.Softmax;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Temperature, divergence and their limits on worked examples, computed independently in double.
 */
class SoftTargetsGoldenTest {
  private static double[] row(Op op, DType type, double[] logits) {
    Tensor out = Golden.run(op, rows(type, logits)).out();
    double[] values = new double[out.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = out.get(i);
    }
    return values;
  }

  private static double entropy(DType type, double temperature, double[] logits) {
    double[] log = row(new LogSoftmax(temperature), type, logits);
    double sum = 0;
    for (double l : log) {
      sum -= StrictMath.exp(l) * l;
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1.123678602, 1.123678602, -0.686936113, 0.597920024, 0.084854401, 0.004161689",
    "2, 0.433465267, 1.733861070, -0.830456372, 0.601638817, 0.265981312, -0.037163757",
    "4, 0.122548141, 1.960770261, -0.803508465, 0.505246344, 0.426454736, -0.128192615",
    "20, 0.004952160, 1.980864054, -0.693717810, 0.378323057, 0.563086610, -0.247691858"
  })
  void divergenceAndGradient(
      double t, double kl, double scaled, double g0, double g1, double g2, double g3) {
    for (DType type : new DType[] {DType.F64, DType.F32}) {
      Tensor z = rows(type, Z);
      Tensor v = rows(type, V);
      Golden.Outcome with = Golden.run(new SoftTargets(t), z, v);
      Golden.Outcome without =
          Golden.run(new SoftTargets(t, false, false, Reduction.BATCH_MEAN), z, v);
      assertClose(kl, without.value(), type, "KL");
      assertClose(scaled, with.value(), type, "T²·KL");
      assertClose(new double[] {g0, g1, g2, g3}, with.gradIn()[0], "gradient");
      for (int i = 0; i < 4; i++) {
        double each = with.gradIn()[0].get(i) / (t * t);
        assertClose(each, without.gradIn()[0].get(i), type, "gradient without T²");
      }
    }
  }

  /**
   * At T = 1000 logits differ by a thousandth: float32 keeps four digits of that, so it stays out.
   */
  @Test
  void divergenceAtTemperatureThousand() {
    Golden.Outcome o = Golden.run(new SoftTargets(1000), rows(DType.F64, Z), rows(DType.F64, V));
    assertClose(1.961424051, o.value(), DType.F64, "T²·KL");
    double[] gradient = {-0.657026841, 0.344441452, 0.593159656, -0.280574267};
    assertClose(gradient, o.gradIn()[0], "gradient");
  }

  /** Half the mean squared difference of the centred logits; off by O(1/T). */
  @Test
  void limitOfHighTemperatureIsLogitMatching() {
    double[] gradient = {-0.65625, 0.34375, 0.59375, -0.28125};
    double last = Double.POSITIVE_INFINITY;
    for (double t = 1e3; t <= 1e5; t *= 10) {
      Golden.Outcome o = Golden.run(new SoftTargets(t), rows(DType.F64, Z), rows(DType.F64, V));
      double error = Math.abs(o.value() - 1.9609375);
      assertTrue(error < 1 / t && error < last / 5, "T = " + t + ": off by " + error);
      last = error;
      for (int i = 0; i < 4; i++) {
        assertEquals(gradient[i], o.gradIn()[0].get(i), 2 / t, "T = " + t);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F64", "F32"})
  void softmaxAtTemperatures(DType type) {
    assertRow(type, 1, V, 0.923818931, 0.045994236, 0.002289918, 0.027896914);
    assertRow(type, 1, Z, 0.236882818, 0.643914260, 0.087144319, 0.032058603);
    assertRow(type, 4, V, 0.473404439, 0.223620423, 0.105630808, 0.197344330);
    assertRow(type, 4, Z, 0.272527322, 0.349932009, 0.212244492, 0.165296177);
  }

  private static void assertRow(DType type, double t, double[] logits, double... expected) {
    assertClose(expected, Golden.run(new Softmax(t), rows(type, logits)).out(), "softmax");
    double[] log = row(new LogSoftmax(t), type, logits);
    for (int i = 0; i < 4; i++) {
      assertClose(expected[i], StrictMath.exp(log[i]), type, "log-softmax");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F64", "F32"})
  void entropyGrowsWithTemperature(DType type) {
    double[] temperatures = {0.5, 1, 2, 3, 4, 8, 20, 100};
    double[] expected = {
      0.024648234,
      0.328600607,
      0.914081415,
      1.147976712,
      1.246643024,
      1.350365008,
      1.380557910,
      1.386066485
    };
    double last = 0;
    for (int i = 0; i < expected.length; i++) {
      double entropy = entropy(type, temperatures[i], V);
      assertClose(expected[i], entropy, type, "entropy at " + temperatures[i]);
      assertTrue(entropy > last);
      last = entropy;
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F64", "F32"})
  void hardLossesReverseAndSquares(DType type) {
    Tensor z = rows(type, Z);
    Tensor v = rows(type, V);
    Tensor label = labels(0);
    assertClose(1.440189699, Golden.run(new CrossEntropy(), z, label).value(), type, "CE of z");
    assertClose(0.079239189, Golden.run(new CrossEntropy(), v, label).value(), type, "CE of v");
    SoftTargets reverse = new SoftTargets(1, true, true, Reduction.BATCH_MEAN);
    assertClose(1.698516028, Golden.run(reverse, z, v).value(), type, "KL(q || p)");
    assertClose(4.0625, Golden.run(SquaredError.mean(), z, v).value(), type, "MSE");
    double half = Golden.run(SquaredError.logitMatching(), z, v).value();
    assertClose(4.0625 * 4 / 2, half, type, "logit matching");
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F64", "F32"})
  void batchOfTwo(DType type) {
    Tensor z = rows(type, Z, Z2);
    Tensor v = rows(type, V, V2);
    double batchMean = Golden.run(new SoftTargets(2), z, v).value();
    assertClose(1.155564761, batchMean, type, "batch mean");
    SoftTargets elements = new SoftTargets(2, true, false, Reduction.ELEMENT_MEAN);
    assertClose(0.288891190, Golden.run(elements, z, v).value(), type, "element mean");
    SoftTargets sum = new SoftTargets(2, false, false, Reduction.SUM);
    assertClose(0.433465267 + 0.144317113, Golden.run(sum, z, v).value(), type, "sum");
    double hard = Golden.run(new CrossEntropy(), z, labels(0, 1)).value();
    assertClose(1.265117716, hard, type, "mean CE");
    assertClose(1.166520056, 0.1 * hard + 0.9 * batchMean, type, "mixture");
  }

  /** The means of two teachers' distributions: arithmetic of probabilities, geometric of logits. */
  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F64", "F32"})
  void meansOfTwoTeachers(DType type) {
    double[] p = row(new Softmax(), type, V);
    double[] p2 = row(new Softmax(), type, V2);
    double[] arithmetic = {0.482067652, 0.427885114, 0.055940591, 0.034106644};
    double[] mean = new double[4];
    double[] logits = new double[4];
    for (int i = 0; i < 4; i++) {
      mean[i] = (V[i] + V2[i]) / 2;
      logits[i] = StrictMath.log((p[i] + p2[i]) / 2);
    }
    assertClose(arithmetic, rows(type, row(new Softmax(), type, logits)), "arithmetic");
    assertRow(type, 1, mean, 0.443290128, 0.443290128, 0.036387470, 0.077032274);
    assertClose(0.991506556, entropy(type, 1, logits), type, "entropy, arithmetic");
    assertClose(1.039305959, entropy(type, 1, mean), type, "entropy, geometric");
  }
}
