package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.simd.Tiles.ROWS;
import static limbeck.engine.kernel.simd.Width.N;
import static limbeck.engine.kernel.simd.Width.S;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import limbeck.engine.kernel.scalar.Matrix;

/** Copies pieces of an operand into panels, in the order in which a tile reads them. */
final class PackPanels {
  private PackPanels() {}

  /**
   * Rows i to i + {@link Tiles#ROWS} of op(A), columns k0 to k0 + k: to[toAt + x ROWS + r] =
   * op(A)[i + r, k0 + x].
   */
  static void rows(Matrix a, int i, int k0, int k, float[] to, int toAt) {
    float[] x = a.array;
    int at = a.at(i, k0);
    if (a.columnStep != 1) {
      columnsOfRows(x, at, a.columnStep, ROWS, k, to, toAt, ROWS);
    } else if (ROWS == N) {
      Interleave.rows(x, at, a.rowStep, k, to, toAt, N);
    } else {
      InterleaveHalf.rows(x, at, a.rowStep, k, to, toAt);
    }
  }

  /**
   * As {@link #rows}, two panels of a transposed A, one {@code next} after the other: filled from
   * rows of N numbers.
   */
  static void twoPanels(Matrix a, int i, int k0, int k, float[] to, int toAt, int next) {
    if (ROWS == N) {
      copy1(a.array, a.at(i, k0), a.columnStep, k, to, toAt, N);
      copy1(a.array, a.at(i + N, k0), a.columnStep, k, to, toAt + next, N);
    } else {
      Halves.rows(a.array, a.at(i, k0), a.columnStep, k, to, toAt, toAt + next);
    }
  }

  /**
   * Columns j to j + w of op(B), rows k0 to k0 + k: to[toAt + x step + c] = op(B)[k0 + x, j + c],
   * zeros after.
   */
  static void columns(Matrix b, int j, int w, int k0, int k, float[] to, int toAt, int step) {
    float[] x = b.array;
    int at = b.at(k0, j);
    int whole = w / N * N;
    if (w < step) {
      Arrays.fill(to, toAt, toAt + k * step, 0);
    }
    if (b.columnStep != 1) {
      interleave(x, at, b.columnStep, whole, k, to, toAt, step);
      int rest = at + whole * b.columnStep;
      transpose(x, rest, b.columnStep, w - whole, k, to, toAt + whole, step);
    } else if (w == 2 * N) {
      copy2(x, at, b.rowStep, k, to, toAt);
    } else {
      if (whole == N) {
        copy1(x, at, b.rowStep, k, to, toAt, step);
      }
      if (whole < w) {
        columnsOfRows(x, at + whole, b.rowStep, w - whole, k, to, toAt + whole, step);
      }
    }
  }

  /** Short pieces of rows, of any length. */
  private static void columnsOfRows(
      float[] x, int at, int ld, int w, int k, float[] to, int toAt, int step) {
    for (int i = 0; i < k; i++) {
      for (int c = 0; c < w; c++) {
        to[toAt + i * step + c] = x[at + i * ld + c];
      }
    }
  }

  private static void transpose(
      float[] x, int at, int ld, int w, int k, float[] to, int toAt, int step) {
    for (int r = 0; r < w; r++) {
      for (int i = 0; i < k; i++) {
        to[toAt + i * step + r] = x[at + r * ld + i];
      }
    }
  }

  /** w is a multiple of N. */
  private static void interleave(
      float[] x, int at, int ld, int w, int k, float[] to, int toAt, int step) {
    for (int r = 0; r < w; r += N) {
      Interleave.rows(x, at + r * ld, ld, k, to, toAt + r, step);
    }
  }

  private static void copy2(float[] x, int at, int ld, int k, float[] to, int toAt) {
    for (int i = 0; i < k; i++) {
      FloatVector.fromArray(S, x, at + i * ld).intoArray(to, toAt + i * 2 * N);
      FloatVector.fromArray(S, x, at + i * ld + N).intoArray(to, toAt + i * 2 * N + N);
    }
  }

  private static void copy1(float[] x, int at, int ld, int k, float[] to, int toAt, int step) {
    for (int i = 0; i < k; i++) {
      FloatVector.fromArray(S, x, at + i * ld).intoArray(to, toAt + i * step);
    }
  }
}
