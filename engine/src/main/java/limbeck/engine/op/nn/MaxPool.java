package limbeck.engine.op.nn;

import java.util.List;
import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.PoolKernel;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.op.Lane;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * The largest element that a window covers at each of its positions, channel by channel: x [batch,
 * channels, length] or [batch, channels, height, width] becomes y [batch, channels, positions …].
 * Padding counts as −∞. A window that covers a NaN gives NaN.
 *
 * <p>The gradient of a position goes to the element that was its maximum; if several were, to the
 * first, ky ascending and then kx; never to padding, even where all is −∞. Backward finds it again
 * from x and y, so that nothing is kept between the passes. Where windows overlap, an element's
 * gradients are added in the order of {@link PoolKernel#maximaGradient}.
 *
 * @param windows how the window slides, one for each axis of space, of dilation 1; padding is at
 *     most half of the size, so that every position covers an element of x
 */
public record MaxPool(List<Window> windows) implements ChannelOp, OpContext.ForwardPass {
  private static final OpSpec[] SPECS = {Pools.spec("maxPool", 1), Pools.spec("maxPool", 2)};

  /**
   * Checks the windows.
   *
   * @throws IllegalArgumentException if there are not one or two, or one has a dilation, or padding
   *     above half of its size
   */
  public MaxPool {
    windows = Pools.checked("maxPool", windows);
  }

  @Override
  public Shape infer(Shape... in) {
    return Pools.infer(spec(), windows, in);
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    c.forward(this, Planes.count(out.shape()), Pools.cost(windows, out.shape()), in, out);
  }

  @Override
  public void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    Rows r = c.rows(out);
    if (Pools.inSquares(windows, in[0].shape())) {
      int width = in[0].shape().last();
      int size = Planes.size(out.shape());
      r.maxOfSquares(in[0], 4 * from * size, width, out, from * size, rows(out, from, to));
      return;
    }
    Lane lane = c.lane();
    Window v = Planes.down(windows);
    Window h = Planes.across(windows);
    int rows = Planes.height(out.shape());
    int columns = out.shape().last();
    int size = Planes.size(in[0].shape());
    PaddedPlane x = PaddedPlane.Pair.of(lane, v, h, in[0].shape()).x;
    Tensor scratch = lane.scratch(Pools.ROWS, out.dtype(), PoolKernel.SCRATCH * columns);
    for (int plane = from; plane < to; plane++) {
      x.read(lane, Pools.PLANE, r, in[0], plane * size, Double.NEGATIVE_INFINITY);
      int y = plane * rows * columns;
      PoolKernel.maxima(r, x.tensor, x.at, x.width, v, h, scratch, out, y, rows, columns);
    }
    PaddedPlane.Pair.end(lane);
    c.giveBack(lane);
  }

  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    c.forEach(
        Planes.count(out.shape()),
        2 * Pools.cost(windows, out.shape()),
        (from, to) -> backward(c, in[0], out, gradOut, gradIn[0], from, to));
  }

  private void backward(
      OpContext c, Tensor in, Tensor y, Tensor dy, Tensor gradIn, int from, int to) {
    Rows r = c.rows(y);
    if (Pools.inSquares(windows, in.shape())) {
      int i = 4 * from * Planes.size(y.shape());
      int rows = rows(y, from, to);
      r.maxOfSquaresGrad(in, i, in.shape().last(), dy, i / 4, gradIn, i, rows);
      return;
    }
    Lane lane = c.lane();
    Window v = Planes.down(windows);
    Window h = Planes.across(windows);
    int rows = Planes.height(y.shape());
    int columns = y.shape().last();
    int size = Planes.size(in.shape());
    PaddedPlane.Pair pair = PaddedPlane.Pair.of(lane, v, h, in.shape());
    PaddedPlane x = pair.x;
    PaddedPlane dx = pair.dx;
    Tensor scratch = lane.scratch(Pools.ROWS, y.dtype(), PoolKernel.SCRATCH * columns);
    for (int plane = from; plane < to; plane++) {
      x.read(lane, Pools.PLANE, r, in, plane * size, Double.NEGATIVE_INFINITY);
      dx.begin(lane, Pools.GRADIENT, r, gradIn, plane * size);
      PoolKernel.maximaGradient(
          r,
          x.tensor,
          x.at,
          Planes.height(in.shape()),
          x.width,
          v,
          h,
          scratch,
          y,
          dy,
          plane * rows * columns,
          rows,
          columns,
          dx.tensor,
          dx.at);
      dx.end(r, gradIn, plane * size);
    }
    PaddedPlane.Pair.end(lane);
    c.giveBack(lane);
  }

  /** Rows of positions in some planes. */
  private static int rows(Tensor y, int from, int to) {
    return (to - from) * Planes.height(y.shape());
  }

  @Override
  public Map<String, Object> settings() {
    return Planes.settings(windows);
  }

  @Override
  public OpSpec spec() {
    return SPECS[windows.size() - 1];
  }
}
