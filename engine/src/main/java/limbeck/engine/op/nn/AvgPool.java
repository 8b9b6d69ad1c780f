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
 * The mean of what a window covers at each of its positions, channel by channel: x [batch,
 * channels, length] or [batch, channels, height, width] becomes y [batch, channels, positions …].
 * Order: the sum by ky ascending and then kx, then one division by the number of elements.
 *
 * <p>The gradient of a position, divided by that number, is added to each element that it covers:
 * by row of positions ascending, in it by ky, kx ascending.
 *
 * @param windows how the window slides, one for each axis of space, of dilation 1; padding is at
 *     most half of the size, so that every position covers an element of x
 * @param countIncludePad whether zeros of the padding count as elements
 */
public record AvgPool(List<Window> windows, boolean countIncludePad)
    implements ChannelOp, OpContext.ForwardPass {
  private static final OpSpec[] SPECS = {Pools.spec("avgPool", 1), Pools.spec("avgPool", 2)};

  /**
   * Scratch of a lane beside that of {@link Pools}: the number of elements, everywhere the same.
   */
  private static final int COUNTS = 3;

  /**
   * Checks the windows.
   *
   * @throws IllegalArgumentException if there are not one or two, or one has a dilation, or padding
   *     above half of its size
   */
  public AvgPool {
    windows = Pools.checked("avgPool", windows);
  }

  @Override
  public Shape infer(Shape... in) {
    return Pools.infer(spec(), windows, in);
  }

  /** Whether the same number of elements counts at every position. */
  private boolean isUniform() {
    return countIncludePad
        || Planes.down(windows).padding() == 0 && Planes.across(windows).padding() == 0;
  }

  /** The number of elements that count at each position, if it is not the same at all. */
  @Override
  public Shape saved(Shape... in) {
    Shape y = Planes.slide(spec(), in[0], in[0].axis(1), windows);
    return isUniform() ? null : Shape.of(Planes.size(y));
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    if (!isUniform()) {
      count(in[0].shape(), out.shape(), c.saved());
    }
    c.forward(this, Planes.count(out.shape()), Pools.cost(windows, out.shape()), in, out);
  }

  @Override
  public void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    Rows r = c.rows(out);
    Lane lane = c.lane();
    Window v = Planes.down(windows);
    Window h = Planes.across(windows);
    int rows = Planes.height(out.shape());
    int columns = out.shape().last();
    int size = Planes.size(in[0].shape());
    PaddedPlane x = PaddedPlane.Pair.of(lane, v, h, in[0].shape()).x;
    Tensor scratch = lane.scratch(Pools.ROWS, out.dtype(), PoolKernel.SCRATCH * columns);
    Tensor counts = counts(lane, r, c.saved(), out);
    for (int plane = from; plane < to; plane++) {
      x.read(lane, Pools.PLANE, r, in[0], plane * size, 0);
      int y = plane * rows * columns;
      PoolKernel.sums(r, x.tensor, x.at, x.width, v, h, scratch, out, y, rows, columns);
      r.div(out, y, counts, 0, out, y, rows * columns);
    }
    PaddedPlane.Pair.end(lane);
    c.giveBack(lane);
  }

  /** The number of elements that count at each position of a plane of y. */
  private Tensor counts(Lane lane, Rows r, Tensor saved, Tensor y) {
    if (!isUniform()) {
      return saved;
    }
    int n = Planes.size(y.shape());
    Tensor counts = lane.scratch(COUNTS, y.dtype(), n);
    r.fill((double) Planes.down(windows).size() * Planes.across(windows).size(), counts, 0, n);
    return counts;
  }

  /** Counts them, padding left out: those of the position's row times its column's. */
  private void count(Shape x, Shape y, Tensor counts) {
    int rows = Planes.height(y);
    int columns = y.last();
    for (int row = 0; row < rows; row++) {
      int down = count(Planes.down(windows), row, Planes.height(x));
      for (int column = 0; column < columns; column++) {
        int across = count(Planes.across(windows), column, x.last());
        counts.set(row * columns + column, (double) down * across);
      }
    }
  }

  private static int count(Window w, int position, int length) {
    int start = position * w.stride() - w.padding();
    return Math.min(start + w.size(), length) - Math.max(start, 0);
  }

  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    Tensor saved = c.saved();
    c.forEach(
        Planes.count(out.shape()),
        Pools.cost(windows, out.shape()),
        (from, to) -> backward(c, in[0].shape(), saved, gradOut, gradIn[0], from, to));
  }

  private void backward(
      OpContext c, Shape x, Tensor saved, Tensor dy, Tensor gradIn, int from, int to) {
    Rows r = c.rows(dy);
    Lane lane = c.lane();
    Window v = Planes.down(windows);
    Window h = Planes.across(windows);
    int rows = Planes.height(dy.shape());
    int columns = dy.shape().last();
    int size = Planes.size(x);
    PaddedPlane dx = PaddedPlane.Pair.of(lane, v, h, x).dx;
    Tensor term = lane.scratch(Pools.ROWS, dy.dtype(), columns);
    Tensor counts = counts(lane, r, saved, dy);
    for (int plane = from; plane < to; plane++) {
      dx.begin(lane, Pools.GRADIENT, r, gradIn, plane * size);
      for (int row = 0; row < rows; row++) {
        r.div(dy, (plane * rows + row) * columns, counts, row * columns, term, 0, columns);
        PoolKernel.sumsGradient(r, term, dx.width, v, h, row, columns, dx.tensor, dx.at);
      }
      dx.end(r, gradIn, plane * size);
    }
    PaddedPlane.Pair.end(lane);
    c.giveBack(lane);
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = Planes.settings(windows);
    settings.put("countIncludePad", countIncludePad);
    return settings;
  }

  @Override
  public OpSpec spec() {
    return SPECS[windows.size() - 1];
  }
}
