package limbeck.engine.kernel.simd;

import limbeck.engine.kernel.Winograd;
import limbeck.engine.tensor.Tensor;

/** The loops of Winograd's convolution in vectors; n is a multiple of any width's. Stateless. */
public final class VectorWinograd implements Winograd {
  @Override
  public void weights(Tensor g, int i, int ld, Tensor v, int j, int step, int n) {
    WinogradWeightLoops.weights(
        g.floats(), g.offset() + i, ld, v.floats(), v.offset() + j, step, n);
  }

  @Override
  public void input(Tensor d, int r0, int r1, int r2, int r3, Tensor u, int j, int tiles, int n) {
    int at = d.offset();
    WinogradTileLoops.input(
        d.floats(), at + r0, at + r1, at + r2, at + r3, u.floats(), u.offset() + j, tiles, n);
  }

  @Override
  public void output(Tensor m, int i, int tiles, int n, Tensor y, int r0, int r1) {
    int at = y.offset();
    WinogradTileLoops.output(m.floats(), m.offset() + i, tiles, n, y.floats(), at + r0, at + r1);
  }

  @Override
  public void inputDown(
      Tensor d, int i, int ld, int plane, int columns, Tensor t, int j, int ldt, int channels) {
    int at = d.offset() + i;
    int to = t.offset() + j;
    WinogradPlaneLoops.inputDown(d.floats(), at, ld, plane, columns, t.floats(), to, ldt, channels);
  }

  @Override
  public void inputAcross(Tensor t, int a, int b, int ldt, Tensor u, int j, int n, int channels) {
    int at = t.offset();
    WinogradPlaneLoops.inputAcross(
        t.floats(), at + a, at + b, ldt, u.floats(), u.offset() + j, n, channels);
  }

  @Override
  public void outputRows(
      Tensor m, int i, int n, Tensor y, int a, int b, int ld, int plane, int outputs) {
    int at = y.offset();
    WinogradPlaneLoops.output(
        m.floats(), m.offset() + i, n, y.floats(), at + a, at + b, ld, plane, outputs);
  }

  @Override
  public void outputGrad(Tensor y, int r0, int r1, Tensor z, int j, int tiles, int n) {
    int at = y.offset();
    WinogradTileLoops.outputGrad(
        y.floats(), at + r0, at + r1, z.floats(), z.offset() + j, tiles, n);
  }

  @Override
  public void weightsGrad(Tensor v, int i, int step, Tensor g, int j, int n) {
    WinogradWeightLoops.weightsGrad(
        v.floats(), v.offset() + i, step, g.floats(), g.offset() + j, n);
  }

  @Override
  public void multiply(Tensor u, int rows, int k, Tensor v, int n, Tensor m) {
    int ldu = Winograd.roundUp(k, LANES);
    for (int f = 0; f < MATRICES; f++) {
      WinogradProduct.run(
          rows,
          n,
          k,
          u.floats(),
          u.offset() + f * STEP,
          ldu,
          1,
          v.floats(),
          v.offset() + f * k * n,
          m.floats(),
          m.offset() + f * STEP,
          false);
    }
  }

  @Override
  public void multiplyTiles(Tensor u, int tiles, int k, Tensor v, int n, Tensor m) {
    for (int f = 0; f < MATRICES; f++) {
      WinogradProduct.run(
          n,
          tiles,
          k,
          v.floats(),
          v.offset() + f * k * n,
          1,
          n,
          u.floats(),
          u.offset() + f * STEP,
          m.floats(),
          m.offset() + f * STEP,
          false);
    }
  }

  @Override
  public void accumulate(Tensor u, int rows, int k, Tensor z, int n, Tensor d, int j) {
    for (int f = 0; f < MATRICES; f++) {
      WinogradProduct.run(
          rows,
          n,
          k,
          u.floats(),
          u.offset() + f * STEP,
          1,
          rows,
          z.floats(),
          z.offset() + f * STEP,
          d.floats(),
          d.offset() + j + f * rows * n,
          true);
    }
  }
}
