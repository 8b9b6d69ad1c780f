package limbeck.engine.op.nn;

import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.Winograd;
import limbeck.engine.op.Finish;
import limbeck.engine.op.Lane;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Tensor;

/**
 * A convolution by {@link Winograd}, strip by strip: the tiles of a strip are transformed, 16
 * products sum over channels, and the results are transformed back. How strips are cut cannot show
 * in a result. Forward, and with the windows turned over the gradient of x as well. Here channels
 * lie side by side; {@link WinogradPlanes} reads and writes strips where tiles do.
 *
 * <p>Kept by lanes, one each, so that a pass makes no objects.
 */
final class WinogradPass {
  /** Scratch of a lane: rows of pixels, tile matrices before and after the products, results. */
  static final int PIXELS = 0;

  static final int TILES = 1;
  static final int PRODUCTS = 2;
  static final int RESULTS = 3;

  final WinogradSizes s = new WinogradSizes();
  private final PixelRows pixels = new PixelRows();
  private final WinogradPlanes planes = new WinogradPlanes();
  private Lane lane;
  private Rows r;
  private Winograd loops;
  private Tensor weights;
  private Tensor bias;
  private Tensor y;
  private Finish finish;
  private Tensor tiles;
  private Tensor products;
  private Tensor results;

  /** The forward pass: transforms the weights, unless a program has, then shares out strips. */
  static void forward(Conv op, OpContext c, Tensor[] in, Tensor out) {
    Tensor v = c.transformed(in[1]);
    c.useTransformed(v == null ? WinogradWeights.forward(c, in[1], c.workspace()) : v);
    WinogradPass pass = of(c);
    pass.s.forward(op, in[0].shape(), out.shape(), c.workers().count());
    int strips = pass.s.strips(out.shape().axis(0));
    long cost = pass.s.cost();
    pass.end(c);
    c.forward(op, strips, cost, in, out);
    c.useTransformed(null);
  }

  /** Strips {@code from} to {@code to} of the forward pass. */
  static void run(Conv op, OpContext c, Tensor[] in, Tensor out, int from, int to) {
    WinogradPass pass = of(c);
    pass.s.forward(op, in[0].shape(), out.shape(), c.workers().count());
    pass.begin(c, in[0], c.transformed(), op.bias() ? in[2] : null, out);
    pass.finish = Conv.stripFinish(c);
    pass.run(from, to);
    pass.end(c);
  }

  /**
   * The gradient of x: a convolution of dy with the windows turned over, and channels exchanged.
   */
  static void inputGradient(Conv op, OpContext c, Tensor w, Tensor dy, Tensor dx) {
    Tensor v = WinogradWeights.turned(c, w);
    WinogradSizes s = new WinogradSizes();
    s.inputGradient(op, dy.shape(), dx.shape(), c.workers().count());
    c.forEach(
        s.strips(s.batch),
        s.cost(),
        (from, to) -> {
          WinogradPass pass = of(c);
          pass.s.inputGradient(op, dy.shape(), dx.shape(), c.workers().count());
          pass.begin(c, dy, v, null, dx);
          pass.run(from, to);
          pass.end(c);
        });
  }

  private static WinogradPass of(OpContext c) {
    Lane lane = c.lane();
    WinogradPass pass = lane.keep(WinogradPass.class, WinogradPass::new);
    pass.lane = lane;
    return pass;
  }

  /**
   * Begins a pass from {@code x} to {@code y}.
   *
   * @param weights transformed, [16, channels, outputs rounded up]
   * @param bias null if there is none
   */
  void begin(OpContext c, Tensor x, Tensor weights, Tensor bias, Tensor y) {
    r = c.rows(x);
    loops = c.winograd(x);
    this.weights = weights;
    this.bias = bias;
    this.y = y;
    tiles = lane.scratch(TILES, x.dtype(), Winograd.MATRICES * Winograd.STEP);
    products = lane.scratch(PRODUCTS, x.dtype(), Winograd.MATRICES * Winograd.STEP);
    if (s.byTiles) {
      planes.begin(lane, s, r, loops, x);
      return;
    }
    int pixelsOfRow = 2 * s.stripAcross + 2;
    pixels.begin(lane, PIXELS, r, x, s.lanes, s.top, s.left, pixelsOfRow);
    int most = 4 * s.stripDown * s.stripAcross * s.outputLanes;
    results = lane.scratch(RESULTS, x.dtype(), most);
  }

  /** Gives the lane back, and lets go of the tensors, which this would keep alive otherwise. */
  void end(OpContext c) {
    Lane ended = lane;
    pixels.end();
    planes.end();
    lane = null;
    r = null;
    loops = null;
    weights = null;
    bias = null;
    y = null;
    finish = null;
    tiles = null;
    products = null;
    results = null;
    c.giveBack(ended);
  }

  /** Computes strips {@code from} to {@code to}, those of all images counted on. */
  void run(int from, int to) {
    for (int strip = from; strip < to; strip++) {
      int first = strip / s.parts * s.stripDown;
      int end = Math.min(s.batch * s.down, first + s.stripDown);
      int left = strip % s.parts * s.stripAcross;
      strip(first, end, left, Math.min(s.stripAcross, s.across - left));
    }
  }

  /** Rows of tiles {@code first} to {@code end}, {@code n} tiles, or runs, of each from there. */
  private void strip(int first, int end, int left, int n) {
    if (s.byTiles) {
      planes.input(first, end, left, n, tiles);
      int all = WinogradPlanes.tiles((end - first) * n);
      loops.multiplyTiles(tiles, all, s.channels, weights, s.outputLanes, products);
      planes.output(first, end, left, n, products, bias, y);
      if (finish != null) {
        planes.finish(first, end, left, n, finish, y);
      }
      return;
    }
    for (int row = first; row < end; row++) {
      input(row, left, (row - first) * n, n);
    }
    int all = Winograd.roundUp((end - first) * n, Winograd.ROWS);
    loops.multiply(tiles, all, s.channels, weights, s.outputLanes, products);
    int rowOfPixels = 2 * n * s.outputLanes;
    for (int row = first; row < end; row++) {
      int i = row - first;
      int at = 2 * i * rowOfPixels;
      int from = i * n * s.outputLanes;
      loops.output(products, from, n, s.outputLanes, results, at, at + rowOfPixels);
    }
    for (int row = first; row < end; ) {
      int next = Math.min(end, (row / s.down + 1) * s.down);
      planes(row, next, left, n, 2 * (row - first) * rowOfPixels);
      row = next;
    }
  }

  private void input(int row, int left, int tile, int n) {
    pixels.turn(row / s.down, 2 * left);
    int top = 2 * (row % s.down);
    int r0 = pixels.row(top);
    int r1 = pixels.row(top + 1);
    int r2 = pixels.row(top + 2);
    int r3 = pixels.row(top + 3);
    loops.input(pixels.tensor, r0, r1, r2, r3, tiles, tile * s.lanes, n, s.lanes);
  }

  /**
   * Brings rows of tiles of one image into the planes of y; those of results start at {@code i}.
   */
  private void planes(int row, int end, int left, int n, int i) {
    int top = 2 * (row % s.down);
    int bottom = Math.min(s.rows, top + 2 * (end - row));
    int columns = Math.min(2 * n, s.columns - 2 * left);
    int at = (row / s.down * s.outputs * s.rows + top) * s.columns + 2 * left;
    if (2 * n == s.columns) { // rows follow each other without a gap
      plane(i, at, (bottom - top) * columns);
    } else {
      for (int line = 0; line < bottom - top; line++) {
        plane(i + 2 * line * n * s.outputLanes, at + line * s.columns, columns);
      }
    }
  }

  /** {@code n} neighbours in each plane of y. */
  private void plane(int i, int at, int n) {
    int plane = s.rows * s.columns;
    r.transpose(results, i, s.outputLanes, y, at, plane, s.outputs, n);
    for (int o = 0; bias != null && o < s.outputs; o++) {
      r.addScalar(y, at + o * plane, bias.get(o), y, at + o * plane, n);
    }
    for (int o = 0; finish != null && o < s.outputs; o++) {
      finish.run(r, y, at + o * plane, n);
    }
  }
}
