package limbeck.engine.kernel.simd;

import static jdk.incubator.vector.FloatVector.fromArray;
import static limbeck.engine.kernel.simd.VectorRows.TWIN;
import static limbeck.engine.kernel.simd.Width.N;
import static limbeck.engine.kernel.simd.Width.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * Loops of sliding windows in vectors. Elements that lie three or more apart go to the scalar twin:
 * loads of scattered elements are no faster.
 */
interface VectorWindows extends Rows {
  @Override
  default void takeEvery(Tensor x, int i, int step, Tensor y, int j, int n) {
    takeBlock(x, i, 0, step, y, j, 0, 1, n);
  }

  @Override
  default void addEvery(Tensor x, int i, Tensor y, int j, int step, int n) {
    addBlock(x, i, 0, y, j, 0, step, 1, n);
  }

  @Override
  default void takeBlock(
      Tensor x, int i, int ldx, int step, Tensor y, int j, int ldy, int rows, int columns) {
    if (columns < N || step > 2) {
      TWIN.takeBlock(x, i, ldx, step, y, j, ldy, rows, columns);
      return;
    }
    int from = x.offset() + i;
    int to = y.offset() + j;
    if (step == 1) {
      BlockLoops.copy(x.floats(), from, ldx, y.floats(), to, ldy, rows, columns);
    } else {
      BlockLoops.takeSecond(x.floats(), from, ldx, y.floats(), to, ldy, rows, columns);
    }
  }

  @Override
  default void addBlock(
      Tensor x, int i, int ldx, Tensor y, int j, int ldy, int step, int rows, int columns) {
    int whole = step > 2 ? 0 : S.loopBound(columns);
    int from = x.offset() + i;
    int to = y.offset() + j;
    if (whole > 0 && step == 1) {
      BlockLoops.add(x.floats(), from, ldx, y.floats(), to, ldy, rows, whole);
    } else if (whole > 0) {
      BlockLoops.addSecond(x.floats(), from, ldx, y.floats(), to, ldy, rows, whole);
    }
    if (whole < columns) {
      TWIN.addBlock(x, i + whole, ldx, y, j + whole * step, ldy, step, rows, columns - whole);
    }
  }

  @Override
  default void claimMaximum(
      Tensor x, int i, Tensor y, int j, Tensor rest, int k, Tensor share, int l, int n) {
    int whole = S.loopBound(n);
    if (whole > 0) {
      claimMaximum(
          x.floats(),
          x.offset() + i,
          y.floats(),
          y.offset() + j,
          rest.floats(),
          rest.offset() + k,
          share.floats(),
          share.offset() + l,
          whole);
    }
    TWIN.claimMaximum(x, i + whole, y, j + whole, rest, k + whole, share, l + whole, n - whole);
  }

  private static void claimMaximum(
      float[] x, int i, float[] y, int j, float[] rest, int k, float[] share, int l, int n) {
    for (int t = 0; t < n; t += N) {
      FloatVector here = fromArray(S, x, i + t);
      VectorMask<Float> claims =
          here.compare(VectorOperators.EQ, fromArray(S, y, j + t))
              .or(here.compare(VectorOperators.NE, here));
      FloatVector left = fromArray(S, rest, k + t);
      FloatVector.zero(S).blend(left, claims).intoArray(share, l + t);
      left.blend(0f, claims).intoArray(rest, k + t);
    }
  }
}
