package limbeck.engine.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import limbeck.engine.kernel.scalar.ScalarKernels;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The bounds hold, and are not idle. */
class ErrorBoundTest {
  @Test
  void gammaIsSlightlyMoreThanTheCount() {
    assertEquals(0, ErrorBound.gamma(0));
    assertEquals(0x1p-24 / (1 - 0x1p-24), ErrorBound.gamma(1));
    assertEquals(1, ErrorBound.gamma(0x1p23)); // ½ / (1 − ½)
    assertThrows(IllegalArgumentException.class, () -> ErrorBound.gamma(0x1p24));
    assertThrows(IllegalArgumentException.class, () -> ErrorBound.gamma(Double.NaN));
  }

  @Test
  void countsFollowTheOrderOfAddition() {
    assertEquals(5, ErrorBound.sum(16)); // one term a lane (+0 + term is exact), four folds
    assertEquals(260, ErrorBound.sum(4095));
    assertEquals(261, ErrorBound.sum(4096));
    assertEquals(17, ErrorBound.product(17));
    assertEquals(4097, ErrorBound.product(4097));
    assertEquals(258, ErrorBound.columnSum(600));
  }

  /** One tiny term after another is lost beside 1: the worst that rounding can do to a chain. */
  @Test
  void aBoundIsReachedUpToASmallFactor() {
    float[] x = new float[16 * 200];
    Arrays.fill(x, 0x1p-25f);
    x[0] = 1;
    for (int i = 1; i < 200; i++) {
      x[16 * i] = 0x1p-24f; // rounds to even: lost
    }
    double error = Math.abs(sum(x) - exact(x));
    double bound = ErrorBound.gamma(ErrorBound.sum(x.length)) * exact(x);
    assertTrue(error <= bound && error > 0.5 * bound, error + " of " + bound);
  }

  @Property(tries = 200)
  void sumsStayWithinTheirBound(
      @ForAll @IntRange(max = 9000) int n, @ForAll @FloatRange(min = -1, max = 1) float step) {
    float[] x = new float[n];
    double size = 0;
    for (int i = 0; i < n; i++) {
      x[i] = (float) StrictMath.sin(step * i * 7.3);
      size += Math.abs(x[i]);
    }
    double bound = ErrorBound.gamma(ErrorBound.sum(n)) * size + ErrorBound.UNDERFLOW;
    assertTrue(Math.abs(sum(x) - exact(x)) <= bound);
  }

  private static double sum(float[] x) {
    return new ScalarKernels().rows().sum(Tensor.of(Shape.of(x.length), x), 0, x.length);
  }

  private static double exact(float[] x) {
    double sum = 0;
    for (float v : x) {
      sum += v;
    }
    return sum;
  }
}
