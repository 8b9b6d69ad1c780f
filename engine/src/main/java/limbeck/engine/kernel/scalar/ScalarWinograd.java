package limbeck.engine.kernel.scalar;

import java.util.Arrays;
import limbeck.engine.kernel.Winograd;
import limbeck.engine.math.Fma;
import limbeck.engine.tensor.Tensor;

/** The loops of Winograd's convolution in plain Java: the bits of the vector loops. Stateless. */
public final class ScalarWinograd implements Winograd {
  @Override
  public void weights(Tensor g, int i, int ld, Tensor v, int j, int step, int n) {
    float[] gs = g.floats();
    float[] vs = v.floats();
    for (int c = 0; c < n; c++) {
      int p = g.offset() + i + c;
      int q = v.offset() + j + c;
      for (int row = 0; row < 4; row++) {
        float a = weight(row, gs[p], gs[p + 3 * ld], gs[p + 6 * ld]);
        float b = weight(row, gs[p + ld], gs[p + 4 * ld], gs[p + 7 * ld]);
        float e = weight(row, gs[p + 2 * ld], gs[p + 5 * ld], gs[p + 8 * ld]);
        for (int column = 0; column < 4; column++) {
          vs[q + (4 * row + column) * step] = weight(column, a, b, e);
        }
      }
    }
  }

  /** Element {@code f} of G g. */
  private static float weight(int f, float g0, float g1, float g2) {
    return switch (f) {
      case 0 -> g0;
      case 1 -> (g0 + g2 + g1) * 0.5f;
      case 2 -> (g0 + g2 - g1) * 0.5f;
      default -> g2;
    };
  }

  @Override
  public void input(Tensor d, int r0, int r1, int r2, int r3, Tensor u, int j, int tiles, int n) {
    float[] ds = d.floats();
    float[] us = u.floats();
    for (int t = 0; t < tiles * n; t++) {
      int p = d.offset() + 2 * (t / n) * n + t % n;
      int q = u.offset() + j + t;
      for (int row = 0; row < 4; row++) {
        float a = data(row, ds[p + r0], ds[p + r1], ds[p + r2], ds[p + r3]);
        float b = data(row, ds[p + n + r0], ds[p + n + r1], ds[p + n + r2], ds[p + n + r3]);
        int x = p + 2 * n;
        float e = data(row, ds[x + r0], ds[x + r1], ds[x + r2], ds[x + r3]);
        float h = data(row, ds[x + n + r0], ds[x + n + r1], ds[x + n + r2], ds[x + n + r3]);
        for (int column = 0; column < 4; column++) {
          us[q + (4 * row + column) * STEP] = data(column, a, b, e, h);
        }
      }
    }
  }

  /** Element {@code f} of Bᵀ d. */
  private static float data(int f, float d0, float d1, float d2, float d3) {
    return switch (f) {
      case 0 -> d0 - d2;
      case 1 -> d1 + d2;
      case 2 -> d2 - d1;
      default -> d3 - d1;
    };
  }

  @Override
  public void output(Tensor m, int i, int tiles, int n, Tensor y, int r0, int r1) {
    float[] ms = m.floats();
    float[] ys = y.floats();
    for (int t = 0; t < tiles * n; t++) {
      int p = m.offset() + i + t;
      int q = y.offset() + 2 * (t / n) * n + t % n;
      for (int row = 0; row < 2; row++) {
        outputRow(row, ms, p, ys, q + (row == 0 ? r0 : r1), n);
      }
    }
  }

  /** Row {@code row} of a tile's results: one at {@code to}, one {@code n} on. */
  private static void outputRow(int row, float[] m, int p, float[] y, int to, int n) {
    float a = result(row, m, p);
    float b = result(row, m, p + STEP);
    float e = result(row, m, p + 2 * STEP);
    float h = result(row, m, p + 3 * STEP);
    y[to] = a + b + e;
    y[to + n] = b - e + h;
  }

  /** Element {@code row} of Aᵀ m for a column of a tile. */
  private static float result(int row, float[] m, int p) {
    float m1 = m[p + 4 * STEP];
    float m2 = m[p + 8 * STEP];
    return row == 0 ? m[p] + m1 + m2 : m1 - m2 + m[p + 12 * STEP];
  }

  @Override
  public void inputDown(
      Tensor d, int i, int ld, int plane, int columns, Tensor t, int j, int ldt, int channels) {
    float[] ds = d.floats();
    float[] ts = t.floats();
    for (int c = 0; c < channels * columns; c++) {
      int p = d.offset() + i + c / columns * plane + c % columns;
      int q = t.offset() + j + c / columns * 4 * ldt + c % columns;
      for (int row = 0; row < 4; row++) {
        ts[q + row * ldt] = data(row, ds[p], ds[p + ld], ds[p + 2 * ld], ds[p + 3 * ld]);
      }
    }
  }

  @Override
  public void inputAcross(Tensor t, int a, int b, int ldt, Tensor u, int j, int n, int channels) {
    float[] ts = t.floats();
    float[] us = u.floats();
    for (int row = 0; row < 4 * channels; row++) {
      int q = u.offset() + j + row % 4 * 4 * STEP + row / 4 * n;
      for (int place = 0; place < LANES; place++) {
        int p = t.offset() + (place % 2 == 0 ? a : b) + row * ldt + place / 2 * 2;
        for (int column = 0; column < 4; column++) {
          us[q + column * STEP + place] = data(column, ts[p], ts[p + 1], ts[p + 2], ts[p + 3]);
        }
      }
    }
  }

  @Override
  public void outputRows(
      Tensor m, int i, int n, Tensor y, int a, int b, int ld, int plane, int outputs) {
    float[] ms = m.floats();
    float[] ys = y.floats();
    for (int o = 0; o < outputs * LANES; o++) {
      int place = o % LANES;
      int p = m.offset() + i + o / LANES * n + place;
      int q = y.offset() + (place % 2 == 0 ? a : b) + o / LANES * plane + place / 2 * 2;
      for (int row = 0; row < 2; row++) {
        outputRow(row, ms, p, ys, q + row * ld, 1);
      }
    }
  }

  @Override
  public void outputGrad(Tensor y, int r0, int r1, Tensor z, int j, int tiles, int n) {
    float[] ys = y.floats();
    float[] zs = z.floats();
    for (int t = 0; t < tiles * n; t++) {
      int p = y.offset() + 2 * (t / n) * n + t % n;
      int q = z.offset() + j + t;
      for (int row = 0; row < 4; row++) {
        float a = gradient(row, ys[p + r0], ys[p + r1]);
        float b = gradient(row, ys[p + n + r0], ys[p + n + r1]);
        for (int column = 0; column < 4; column++) {
          zs[q + (4 * row + column) * STEP] = gradient(column, a, b);
        }
      }
    }
  }

  /** Element {@code f} of A y. */
  private static float gradient(int f, float y0, float y1) {
    return switch (f) {
      case 0 -> y0;
      case 1 -> y0 + y1;
      case 2 -> y0 - y1;
      default -> y1;
    };
  }

  @Override
  public void weightsGrad(Tensor v, int i, int step, Tensor g, int j, int n) {
    float[] vs = v.floats();
    float[] gs = g.floats();
    for (int c = 0; c < n; c++) {
      int p = v.offset() + i + c;
      int q = g.offset() + j + c;
      for (int row = 0; row < 3; row++) {
        float a = tap(row, vs[p], vs[p + 4 * step], vs[p + 8 * step], vs[p + 12 * step]);
        int x = p + step;
        float b = tap(row, vs[x], vs[x + 4 * step], vs[x + 8 * step], vs[x + 12 * step]);
        x += step;
        float e = tap(row, vs[x], vs[x + 4 * step], vs[x + 8 * step], vs[x + 12 * step]);
        x += step;
        float h = tap(row, vs[x], vs[x + 4 * step], vs[x + 8 * step], vs[x + 12 * step]);
        for (int column = 0; column < 3; column++) {
          gs[q + (3 * row + column) * n] = tap(column, a, b, e, h);
        }
      }
    }
  }

  /** Element {@code t} of Gᵀ v. */
  private static float tap(int t, float v0, float v1, float v2, float v3) {
    return switch (t) {
      case 0 -> v0 + (v1 + v2) * 0.5f;
      case 1 -> (v1 - v2) * 0.5f;
      default -> (v1 + v2) * 0.5f + v3;
    };
  }

  @Override
  public void multiply(Tensor u, int rows, int k, Tensor v, int n, Tensor m) {
    int ldu = Winograd.roundUp(k, LANES);
    for (int f = 0; f < MATRICES; f++) {
      for (int row = 0; row < rows; row++) {
        int to = m.offset() + f * STEP + row * n;
        Arrays.fill(m.floats(), to, to + n, 0);
        for (int i = 0; i < k; i++) {
          float a = u.floats()[u.offset() + f * STEP + row * ldu + i];
          addRow(a, v.floats(), v.offset() + (f * k + i) * n, m.floats(), to, n);
        }
      }
    }
  }

  @Override
  public void multiplyTiles(Tensor u, int tiles, int k, Tensor v, int n, Tensor m) {
    for (int f = 0; f < MATRICES; f++) {
      for (int o = 0; o < n; o++) {
        int to = m.offset() + f * STEP + o * tiles;
        Arrays.fill(m.floats(), to, to + tiles, 0);
        for (int i = 0; i < k; i++) {
          float a = v.floats()[v.offset() + (f * k + i) * n + o];
          addRow(a, u.floats(), u.offset() + f * STEP + i * tiles, m.floats(), to, tiles);
        }
      }
    }
  }

  @Override
  public void accumulate(Tensor u, int rows, int k, Tensor z, int n, Tensor d, int j) {
    for (int f = 0; f < MATRICES; f++) {
      for (int row = 0; row < rows; row++) {
        int to = d.offset() + j + (f * rows + row) * n;
        for (int i = 0; i < k; i++) {
          float a = u.floats()[u.offset() + f * STEP + i * rows + row];
          addRow(a, z.floats(), z.offset() + f * STEP + i * n, d.floats(), to, n);
        }
      }
    }
  }

  /** c = fma(a, b, c). */
  private static void addRow(float a, float[] b, int i, float[] c, int j, int n) {
    for (int t = 0; t < n; t++) {
      c[j + t] = Fma.fma(a, b[i + t], c[j + t]);
    }
  }
}
