package limbeck.engine.kernel.scalar;

import limbeck.engine.exec.Chunks;
import limbeck.engine.exec.RangeBody;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.Gemm;
import limbeck.engine.math.Fma;

/**
 * A matrix stored by rows times a vector: y[j] = Σ w[j, k] x[k], in the order of {@link Gemm}. To
 * copy w into panels would cost more than scalar fma chains, eight at a time, as each element is
 * used once.
 */
public final class Dots {
  private static final int CHAINS = 8;

  private final RangeBody body = new Body();
  private int n;
  private int k;
  private float[] x;
  private int xAt;
  private int xStep;
  private float[] w;
  private int wAt;
  private int ld;
  private float[] y;
  private int yAt;
  private int yStep;

  /** Sets x[k]: element i at {@code at + i step}. */
  public Dots vector(int k, float[] x, int at, int step) {
    this.k = k;
    this.x = x;
    xAt = at;
    xStep = step;
    return this;
  }

  /** Sets w[n, k], in rows of length {@code ld}. */
  public Dots matrix(int n, float[] w, int at, int ld) {
    this.n = n;
    this.w = w;
    wAt = at;
    this.ld = ld;
    return this;
  }

  /** Computes y[n]: element j at {@code at + j step}. The arrays are forgotten afterwards. */
  public void into(Workers workers, float[] y, int at, int step) {
    this.y = y;
    yAt = at;
    yStep = step;
    int units = (n + CHAINS - 1) / CHAINS;
    workers.forEach(units, Chunks.unitsPerChunk(units, (long) CHAINS * k), body);
    x = null;
    w = null;
    this.y = null;
  }

  /** A class: to link a lambda would cost the first prediction of a process milliseconds. */
  private final class Body implements RangeBody {
    @Override
    public void run(int from, int to) {
      rows(from, to);
    }
  }

  private void rows(int from, int to) {
    for (int unit = from; unit < to; unit++) {
      for (int block = 0; block < k; block += Gemm.BLOCK) {
        int count = Math.min(Gemm.BLOCK, k - block);
        int j = unit * CHAINS;
        if (j + CHAINS <= n) {
          eight(j, block, count);
        } else {
          for (; j < n; j++) {
            one(j, block, count);
          }
        }
      }
    }
  }

  private void one(int j, int block, int count) {
    float[] x = this.x;
    float[] w = this.w;
    int p = xAt + block * xStep;
    int q = wAt + j * ld + block;
    float s = 0;
    for (int i = 0; i < count; i++) {
      s = Fma.fma(x[p], w[q + i], s);
      p += xStep;
    }
    put(j, s, block > 0);
  }

  private void eight(int j, int block, int count) {
    float[] x = this.x;
    float[] w = this.w;
    int step = xStep;
    int p = xAt + block * step;
    int q0 = wAt + j * ld + block;
    int q1 = q0 + ld;
    int q2 = q1 + ld;
    int q3 = q2 + ld;
    int q4 = q3 + ld;
    int q5 = q4 + ld;
    int q6 = q5 + ld;
    int q7 = q6 + ld;
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    for (int i = 0; i < count; i++) {
      float t = x[p];
      p += step;
      s0 = Fma.fma(t, w[q0 + i], s0);
      s1 = Fma.fma(t, w[q1 + i], s1);
      s2 = Fma.fma(t, w[q2 + i], s2);
      s3 = Fma.fma(t, w[q3 + i], s3);
      s4 = Fma.fma(t, w[q4 + i], s4);
      s5 = Fma.fma(t, w[q5 + i], s5);
      s6 = Fma.fma(t, w[q6 + i], s6);
      s7 = Fma.fma(t, w[q7 + i], s7);
    }
    boolean add = block > 0;
    put(j, s0, add);
    put(j + 1, s1, add);
    put(j + 2, s2, add);
    put(j + 3, s3, add);
    put(j + 4, s4, add);
    put(j + 5, s5, add);
    put(j + 6, s6, add);
    put(j + 7, s7, add);
  }

  private void put(int j, float s, boolean add) {
    int at = yAt + j * yStep;
    y[at] = add ? y[at] + s : s;
  }
}
