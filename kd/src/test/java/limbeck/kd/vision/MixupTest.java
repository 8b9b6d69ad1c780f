package limbeck.kd.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import limbeck.autograd.Var;
import limbeck.engine.op.loss.CrossEntropy;
import limbeck.engine.op.loss.SoftCrossEntropy;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Partners, shares and their distribution, mixed inputs and targets. */
class MixupTest {

  @Test
  void partnersAreAPermutationOfTheSet() {
    Mixup.Draws draws = new Mixup(0.2).on(3, 100);
    for (int epoch = 0; epoch < 3; epoch++) {
      int now = epoch;
      int[] partners = new int[100];
      Arrays.setAll(partners, i -> draws.partner(now, i));
      Arrays.sort(partners);
      for (int i = 0; i < 100; i++) {
        assertEquals(i, partners[i]);
      }
    }
  }

  @Test
  void drawsAreAFunctionOfSeedEpochAndExample() {
    Mixup.Draws draws = new Mixup(0.2).on(3, 50);
    Mixup.Draws again = new Mixup(0.2).on(3, 50);
    Mixup.Draws other = new Mixup(0.2).on(4, 50);
    int differ = 0;
    for (int i = 49; i >= 0; i--) {
      for (int epoch = 0; epoch < 2; epoch++) {
        assertEquals(draws.partner(epoch, i), again.partner(epoch, i));
        assertEquals(draws.share(epoch, i), again.share(epoch, i));
      }
      differ += draws.partner(0, i) != other.partner(0, i) ? 1 : 0;
      differ += draws.share(0, i) != other.share(0, i) ? 1 : 0;
    }
    assertTrue(differ > 80, differ + " of 100");
  }

  /**
   * The greatest distance of the empirical distribution of n draws from the true one is above 1.95
   * / √n with probability 0.001 (Kolmogorov). The seed is fixed.
   */
  private static void assertDistributed(double alpha, DoubleUnaryOperator below) {
    int n = 5000;
    double[] shares = new double[n];
    Mixup.Draws draws = new Mixup(alpha).on(11, n);
    Arrays.setAll(shares, i -> draws.share(0, i));
    Arrays.sort(shares);
    double greatest = 0;
    for (int i = 0; i < n; i++) {
      double p = below.applyAsDouble(shares[i]);
      greatest = Math.max(greatest, Math.max(p - i / (double) n, (i + 1) / (double) n - p));
    }
    assertTrue(greatest < 1.95 / Math.sqrt(n), "alpha " + alpha + ": distance " + greatest);
  }

  /** Uniform, arc sine and parabola, whose distribution functions are known. */
  @Test
  void sharesHaveTheBetaDistribution() {
    assertDistributed(1, x -> x);
    assertDistributed(0.5, x -> 2 / Math.PI * Math.asin(Math.sqrt(x)));
    assertDistributed(2, x -> x * x * (3 - 2 * x));
    assertDistributed(3, x -> x * x * x * (10 - 15 * x + 6 * x * x));
  }

  /** The mean is 1/2, the variance 1/(4 (2α + 1)); bounds are four deviations of the mean. */
  @Test
  void sharesOfAnyAlphaHaveTheirMoments() {
    int n = 5000;
    for (double alpha : new double[] {0.01, 0.2, 0.4, 1.5, 8, 100}) {
      Mixup.Draws draws = new Mixup(alpha).on(2, n);
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < n; i++) {
        float share = draws.share(1, i);
        assertTrue(share >= 0 && share <= 1);
        sum += share - 0.5;
        squares += (share - 0.5) * (share - 0.5);
      }
      double variance = 1 / (4 * (2 * alpha + 1));
      assertEquals(0, sum / n, 4 * Math.sqrt(variance / n));
      // the fourth moment is 3/(4 (2α + 1)) / (4 (2α + 3)) = variance · 3/(4 (2α + 3))
      double spread = variance * 3 / (4 * (2 * alpha + 3)) - variance * variance;
      assertEquals(variance, squares / n, 4 * Math.sqrt(spread / n));
    }
  }

  @Test
  void inputsAreMixed() {
    float[] x = {9, 1, 0, 0.5f, 9};
    Mixup.mix(0.75f, x, 1, new float[] {7, 0, 1, 0.5f}, 1, 3);
    assertArrayEquals(new float[] {9, 0.75f, 0.25f, 0.5f, 9}, x);
    float[] same = {0.1f, 0.7f};
    Mixup.mix(1, same, 0, new float[] {0.3f, 0.9f}, 0, 2);
    assertArrayEquals(new float[] {0.1f, 0.7f}, same);
    Mixup.mix(0, same, 0, new float[] {0.3f, 0.9f}, 0, 2);
    assertArrayEquals(new float[] {0.3f, 0.9f}, same);
  }

  /** λ CE(z, a) + (1 − λ) CE(z, b) is the cross-entropy against the mixed target. */
  @Test
  void theHardLossIsThatOfBothLabels() {
    Var logits = Var.of(Tensor.of(Shape.of(1, 3), new float[] {0.3f, -1, 2}));
    for (int a = 0; a < 3; a++) {
      for (int b = 0; b < 3; b++) {
        float[] target = new float[3];
        Mixup.target(0.7f, a, b, 3, target, 0);
        double mixed =
            logits.apply(new SoftCrossEntropy(), Var.of(Tensor.of(Shape.of(1, 3), target))).item();
        double expected = 0.7 * hard(logits, a) + 0.3 * hard(logits, b);
        assertEquals(expected, mixed, 1e-6); // a few roundings of numbers below 4
      }
    }
  }

  private static double hard(Var logits, int label) {
    Var labels = Var.of(Tensor.view(new int[] {label}, 0, Shape.of(1)));
    return logits.apply(new CrossEntropy(), labels).item();
  }

  @Test
  void alphaIsChecked() {
    for (double alpha : new double[] {0, -1, 101, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> new Mixup(alpha));
    }
  }
}
