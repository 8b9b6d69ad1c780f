package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.simd.VectorRows.TWIN;
import static limbeck.engine.kernel.simd.Width.N;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * Functions in vectors; rows shorter than a vector go to the scalar twin.
 *
 * <p>The last vector ends where the row ends, and of it only lanes are written that the vector
 * before left: the others may have been overwritten in place already.
 *
 * <p>The loops spell out the operations of the scalar forms instead of calling methods for vectors.
 * Whether the compiler puts a method into its caller depends on sizes, counts and what is compiled
 * already; where it does not, vectors become objects, and the loop allocates and is ten times
 * slower. The Vector API's own methods alone are exempt, so a loop that calls nothing else is
 * always fast.
 */
interface VectorFunctions extends Rows {
  @Override
  default void exp(Tensor x, int i, Tensor y, int j, int n) {
    if (n < N) {
      TWIN.exp(x, i, y, j, n);
    } else {
      ExpLoops.expMinus(x.floats(), x.offset() + i, 0, y.floats(), y.offset() + j, n);
    }
  }

  @Override
  default void expMinus(Tensor x, int i, double m, Tensor y, int j, int n) {
    if (n < N) {
      TWIN.expMinus(x, i, m, y, j, n);
    } else {
      ExpLoops.expMinus(x.floats(), x.offset() + i, (float) m, y.floats(), y.offset() + j, n);
    }
  }

  @Override
  default void log(Tensor x, int i, Tensor y, int j, int n) {
    if (n < N) {
      TWIN.log(x, i, y, j, n);
    } else {
      LogLoop.log(x.floats(), x.offset() + i, y.floats(), y.offset() + j, n);
    }
  }

  @Override
  default void softplus(Tensor x, int i, Tensor y, int j, int n) {
    if (n < N) {
      TWIN.softplus(x, i, y, j, n);
    } else {
      SoftplusLoop.softplus(x.floats(), x.offset() + i, y.floats(), y.offset() + j, n);
    }
  }

  @Override
  default void tanh(Tensor x, int i, Tensor y, int j, int n) {
    if (n < N) {
      TWIN.tanh(x, i, y, j, n);
    } else {
      TanhLoop.tanh(x.floats(), x.offset() + i, y.floats(), y.offset() + j, n);
    }
  }

  @Override
  default void sigmoid(Tensor x, int i, Tensor y, int j, int n) {
    if (n < N) {
      TWIN.sigmoid(x, i, y, j, n);
    } else {
      ExpLoops.sigmoid(x.floats(), x.offset() + i, y.floats(), y.offset() + j, n);
    }
  }

  @Override
  default void gelu(Tensor x, int i, Tensor y, int j, int n) {
    if (n < N) {
      TWIN.gelu(x, i, y, j, n);
    } else {
      GeluLoops.gelu(x.floats(), x.offset() + i, y.floats(), y.offset() + j, n);
    }
  }

  @Override
  default void geluGrad(Tensor x, int i, Tensor dy, int j, Tensor dx, int k, int n) {
    if (n < N || sameElements(x, i, dx, k) || sameElements(dy, j, dx, k)) {
      TWIN.geluGrad(x, i, dy, j, dx, k, n); // the vector loops use dx for their own numbers
    } else {
      GeluLoops.geluGrad(
          x.floats(),
          x.offset() + i,
          dy.floats(),
          dy.offset() + j,
          dx.floats(),
          dx.offset() + k,
          n);
    }
  }

  @Override
  default void geluTanh(Tensor x, int i, Tensor y, int j, int n) {
    if (n < N) {
      TWIN.geluTanh(x, i, y, j, n);
    } else {
      GateLoops.geluTanh(x.floats(), x.offset() + i, y.floats(), y.offset() + j, n);
    }
  }

  @Override
  default void geluTanhGrad(Tensor x, int i, Tensor dy, int j, Tensor dx, int k, int n) {
    if (n < N) {
      TWIN.geluTanhGrad(x, i, dy, j, dx, k, n);
    } else {
      GateLoops.geluTanhGrad(
          x.floats(),
          x.offset() + i,
          dy.floats(),
          dy.offset() + j,
          dx.floats(),
          dx.offset() + k,
          n);
    }
  }

  @Override
  default void siluGrad(Tensor x, int i, Tensor dy, int j, Tensor dx, int k, int n) {
    if (n < N) {
      TWIN.siluGrad(x, i, dy, j, dx, k, n);
    } else {
      GateLoops.siluGrad(
          x.floats(),
          x.offset() + i,
          dy.floats(),
          dy.offset() + j,
          dx.floats(),
          dx.offset() + k,
          n);
    }
  }

  private static boolean sameElements(Tensor a, int i, Tensor b, int j) {
    return a.floats() == b.floats() && a.offset() + i == b.offset() + j;
  }
}
