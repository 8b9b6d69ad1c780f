package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.simd.Width.N;
import static limbeck.engine.kernel.simd.Width.S;
import static limbeck.engine.kernel.simd.Width.load;

import jdk.incubator.vector.FloatVector;

/** Tiles of one row of C by four vectors or two vectors or one, operands at any stride. */
final class Strip1 {
  private Strip1() {}

  /**
   * Like {@link Strip4#run2}; the second pair of vectors of B lies {@code next} after the first.
   */
  static void run4(
      float[] a,
      int aAt,
      int aCol,
      float[] b,
      int bAt,
      int bStep,
      int next,
      int k,
      float[] c,
      int cAt,
      boolean resume) {
    int p = aAt;
    int q = bAt;
    float[] z = resume ? c : Tiles.ZEROS;
    int i = resume ? cAt : 0;
    FloatVector c00 = load(z, i);
    FloatVector c01 = load(z, i + N);
    FloatVector c02 = load(z, i + 2 * N);
    FloatVector c03 = load(z, i + 3 * N);
    for (int x = 0; x < k; x++) {
      FloatVector b0 = load(b, q);
      FloatVector b1 = load(b, q + N);
      FloatVector b2 = load(b, q + next);
      FloatVector b3 = load(b, q + next + N);
      FloatVector a0 = FloatVector.broadcast(S, a[p]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      c03 = a0.fma(b3, c03);
      p += aCol;
      q += bStep;
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + N);
    c02.intoArray(c, cAt + 2 * N);
    c03.intoArray(c, cAt + 3 * N);
  }

  /** Like {@link Strip4#run2}, one row by two vectors. */
  static void run2(
      float[] a,
      int aAt,
      int aCol,
      float[] b,
      int bAt,
      int bStep,
      int k,
      float[] c,
      int cAt,
      boolean resume) {
    int p = aAt;
    int q = bAt;
    float[] z = resume ? c : Tiles.ZEROS;
    int i = resume ? cAt : 0;
    FloatVector c00 = load(z, i);
    FloatVector c01 = load(z, i + N);
    for (int x = 0; x < k; x++) {
      FloatVector b0 = load(b, q);
      FloatVector b1 = load(b, q + N);
      FloatVector a0 = FloatVector.broadcast(S, a[p]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      p += aCol;
      q += bStep;
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + N);
  }

  /** Like {@link Strip4#run2}, one row by one vector. */
  static void run1(
      float[] a,
      int aAt,
      int aCol,
      float[] b,
      int bAt,
      int bStep,
      int k,
      float[] c,
      int cAt,
      boolean resume) {
    int p = aAt;
    int q = bAt;
    float[] z = resume ? c : Tiles.ZEROS;
    int i = resume ? cAt : 0;
    FloatVector c00 = load(z, i);
    for (int x = 0; x < k; x++) {
      FloatVector b0 = load(b, q);
      c00 = FloatVector.broadcast(S, a[p]).fma(b0, c00);
      p += aCol;
      q += bStep;
    }
    c00.intoArray(c, cAt);
  }
}
