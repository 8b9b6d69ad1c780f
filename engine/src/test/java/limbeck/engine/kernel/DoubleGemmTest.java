package limbeck.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.f64.DoubleGemm;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

class DoubleGemmTest {
  @Test
  void multipliesAndAddsInAscendingOrder() {
    for (int form = 0; form < 4; form++) {
      for (int[] s : new int[][] {{1, 1, 1}, {2, 3, 0}, {5, 7, 9}, {20, 33, 70}, {3, 2, 5000}}) {
        check((form & 1) != 0, (form & 2) != 0, s[0], s[1], s[2]);
      }
    }
  }

  private static void check(boolean transA, boolean transB, int m, int n, int k) {
    double[] a = numbers(m * k, 3);
    double[] b = numbers(k * n, 5);
    double[] expected = new double[m * n + 2];
    expected[0] = Double.NaN;
    expected[m * n + 1] = Double.NaN;
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int x = 0; x < k; x++) {
          sum += a[transA ? x * m + i : i * k + x] * b[transB ? j * k + x : x * n + j];
        }
        expected[1 + i * n + j] = sum;
      }
    }
    double[] c = new double[m * n + 2];
    Arrays.fill(c, Double.NaN);
    DoubleGemm gemm = new DoubleGemm();
    Tensor ta = Tensor.of(Shape.of(m * k), a);
    Tensor tb = Tensor.of(Shape.of(k * n), b);
    Tensor tc = Tensor.of(Shape.of(c.length), c);
    gemm.multiply(
        Workers.inline(),
        transA,
        transB,
        m,
        n,
        k,
        ta,
        0,
        transA ? m : k,
        tb,
        0,
        transB ? k : n,
        tc,
        1,
        n);
    assertArrayEquals(expected, c);
    Arrays.fill(c, Double.NaN);
    gemm.multiplyPacked(
        Workers.inline(),
        transA,
        m,
        ta,
        0,
        transA ? m : k,
        gemm.pack(transB, n, k, tb, 0, transB ? k : n),
        tc,
        1,
        n);
    assertArrayEquals(expected, c);
  }

  private static double[] numbers(int count, int seed) {
    double[] x = new double[count];
    long state = seed;
    for (int i = 0; i < count; i++) {
      state = state * 6364136223846793005L + 1442695040888963407L;
      x[i] = state * 0x1p-63;
    }
    return x;
  }
}
