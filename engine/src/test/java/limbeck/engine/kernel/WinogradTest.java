package limbeck.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import limbeck.engine.kernel.f64.DoubleWinograd;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** The transforms of {@link Winograd} are the matrices of its Javadoc, the products products. */
class WinogradTest {
  private static final int N = Winograd.LANES;
  private static final double[][] BT = {{1, 0, -1, 0}, {0, 1, 1, 0}, {0, -1, 1, 0}, {0, -1, 0, 1}};
  private static final double[][] G = {{1, 0, 0}, {.5, .5, .5}, {.5, -.5, .5}, {0, 0, 1}};
  private static final double[][] AT = {{1, 1, 1, 0}, {0, 1, -1, 1}};

  private final SplittableRandom random = new SplittableRandom(3);
  private final Winograd loops = new DoubleWinograd();

  private Tensor tensor(int size) {
    Tensor x = Tensor.zeros(DType.F64, Shape.of(size));
    for (int i = 0; i < size; i++) {
      x.set(i, random.nextInt(-8, 9));
    }
    return x;
  }

  private static double[][] transposed(double[][] m) {
    double[][] t = new double[m[0].length][m.length];
    for (int i = 0; i < t.length; i++) {
      for (int j = 0; j < m.length; j++) {
        t[i][j] = m[j][i];
      }
    }
    return t;
  }

  /** Element (row, column) of m x mᵀ, where x is read at strides. All numbers here are exact. */
  private static double both(
      double[][] m, int row, int column, Tensor x, int at, int down, int across) {
    double sum = 0;
    for (int i = 0; i < m[0].length; i++) {
      for (int j = 0; j < m[0].length; j++) {
        sum += m[row][i] * m[column][j] * x.get(at + i * down + j * across);
      }
    }
    return sum;
  }

  @Test
  void transformsAreTheMatrices() {
    int step = Winograd.STEP;
    Tensor x = tensor(Winograd.MATRICES * step);
    Tensor y = tensor(Winograd.MATRICES * step);
    int row = 6 * N; // two tiles
    loops.input(x, 0, row, 2 * row, 3 * row, y, 0, 2, N);
    for (int i = 0; i < 16 * 2 * N; i++) {
      int f = i / (2 * N);
      int at = i % (2 * N) / N * 2 * N + i % N;
      assertEquals(both(BT, f / 4, f % 4, x, at, row, N), y.get(f * step + i % (2 * N)));
    }
    loops.output(x, 0, 2, N, y, 0, row);
    for (int i = 0; i < 4 * 2 * N; i++) {
      int tile = i / (4 * N);
      int f = i / N % 4;
      int at = f / 2 * row + (2 * tile + f % 2) * N + i % N;
      double expected = both(AT, f / 2, f % 2, x, tile * N + i % N, 4 * step, step);
      assertEquals(expected, y.get(at));
    }
    loops.outputGrad(x, 0, row, y, 0, 2, N);
    for (int i = 0; i < 16 * 2 * N; i++) {
      int f = i / (2 * N);
      int at = i % (2 * N) / N * 2 * N + i % N;
      assertEquals(
          both(transposed(AT), f / 4, f % 4, x, at, row, N), y.get(f * step + i % (2 * N)));
    }
    loops.weights(x, 0, N, y, 0, N, N);
    for (int i = 0; i < 16 * N; i++) {
      assertEquals(both(G, i / N / 4, i / N % 4, x, i % N, 3 * N, N), y.get(i));
    }
    loops.weightsGrad(x, 0, N, y, 0, N);
    for (int i = 0; i < 9 * N; i++) {
      assertEquals(both(transposed(G), i / N / 3, i / N % 3, x, i % N, 4 * N, N), y.get(i));
    }
  }

  @Test
  void transformsOfPlanesAreTheMatrices() {
    int step = Winograd.STEP;
    int row = 2 * N + 2; // two runs
    Tensor x = tensor(Winograd.MATRICES * step);
    Tensor halves = tensor(2 * 4 * row);
    Tensor y = tensor(Winograd.MATRICES * step);
    loops.inputDown(x, 0, row, 4 * row, row, halves, 0, row, 2);
    loops.inputAcross(halves, 0, N, row, y, 0, N, 2);
    for (int i = 0; i < 16 * 2 * N; i++) {
      int f = i / (2 * N);
      int channel = i / N % 2;
      int at = channel * 4 * row + column(i % N);
      assertEquals(both(BT, f / 4, f % 4, x, at, row, 1), y.get(f * step + i % (2 * N)));
    }
    loops.outputRows(x, 0, N, y, 0, N, 2 * N, 4 * N, 2);
    for (int i = 0; i < 4 * 2 * N; i++) {
      int output = i / (4 * N);
      int f = i / N % 4;
      int at = output * 4 * N + f / 2 * 2 * N + column(i % N) + f % 2;
      double expected = both(AT, f / 2, f % 2, x, output * N + i % N, 4 * step, step);
      assertEquals(expected, y.get(at));
    }
  }

  /** First column of the tile at a place: even places are of the first run. */
  private static int column(int place) {
    return place % 2 * N + place / 2 * 2;
  }

  @Test
  void productsAreProducts() {
    int step = Winograd.STEP;
    int k = 5;
    Tensor u = tensor(Winograd.MATRICES * step);
    Tensor v = tensor(Winograd.MATRICES * step);
    Tensor m = tensor(Winograd.MATRICES * step);
    Tensor before = m.own();
    loops.multiply(u, 8, k, v, N, m);
    for (int i = 0; i < 16 * 8 * N; i++) {
      int f = i / (8 * N);
      int row = i / N % 8;
      double sum = 0;
      for (int p = 0; p < k; p++) {
        sum += u.get(f * step + row * N + p) * v.get((f * k + p) * N + i % N);
      }
      assertEquals(sum, m.get(f * step + i % (8 * N)));
    }
    m = before.own();
    loops.multiplyTiles(u, 2 * N, k, v, N, m);
    for (int i = 0; i < 16 * N * 2 * N; i++) {
      int f = i / (2 * N * N);
      int output = i / (2 * N) % N;
      double sum = 0;
      for (int p = 0; p < k; p++) {
        sum += v.get((f * k + p) * N + output) * u.get(f * step + p * 2 * N + i % (2 * N));
      }
      assertEquals(sum, m.get(f * step + i % (2 * N * N)));
    }
    m = before.own();
    loops.accumulate(u, N, k, v, N, m, 0);
    for (int i = 0; i < 16 * N * N; i++) {
      int f = i / (N * N);
      double sum = before.get(i);
      for (int p = 0; p < k; p++) {
        sum += u.get(f * step + p * N + i / N % N) * v.get(f * step + p * N + i % N);
      }
      assertEquals(sum, m.get(i));
    }
  }
}
