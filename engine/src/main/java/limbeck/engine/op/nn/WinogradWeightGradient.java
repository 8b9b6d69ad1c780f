package limbeck.engine.op.nn;

import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.Winograd;
import limbeck.engine.op.Lane;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * The gradient of {@link Conv} with respect to weights, by {@link Winograd}: 16 products of tiles
 * of x and of dy, summed over tiles, are transformed back. In parts of the batch, as in {@link
 * ConvWeightGradient}.
 */
final class WinogradWeightGradient {
  private static final int WINDOW = 9;

  /** Tiles of one chain, if an image has not more by itself. */
  private static final int CHAIN = 1024;

  /** Scratch of a lane. */
  private static final int PIXELS = 0;

  private static final int TILES = 1;
  private static final int GRADIENT_TILES = 2;
  private static final int GRADIENT_PIXELS = 3;
  private static final int PRODUCTS = 4;

  private final WinogradSizes s = new WinogradSizes();
  private final PixelRows x = new PixelRows();
  private final PixelRows dy = new PixelRows();
  private Lane lane;
  private Rows r;
  private Winograd loops;
  private Tensor tiles;
  private Tensor gradients;

  /** Writes dw. */
  static void run(Conv op, OpContext c, Tensor x, Tensor dy, Tensor dw) {
    WinogradSizes s = new WinogradSizes();
    s.weightGradient(op, x.shape(), dy.shape());
    if (s.batch == 0) {
      c.rows(dw).fill(0, dw, 0, dw.size());
      return;
    }
    int images = ConvWeightGradient.imagesOfPart(s.batch, dw.size());
    int parts = ConvSizes.pieces(s.batch, images);
    int size = Winograd.MATRICES * s.lanes * s.outputLanes;
    Tensor sums = c.take(dw.dtype(), Shape.of(parts * size));
    c.forEach(
        parts,
        s.strips(images) * s.cost(),
        (from, to) -> {
          Lane lane = c.lane();
          WinogradWeightGradient pass =
              lane.keep(WinogradWeightGradient.class, WinogradWeightGradient::new);
          pass.begin(op, c, lane, x, dy);
          for (int part = from; part < to; part++) {
            int end = Math.min(pass.s.batch, (part + 1) * images);
            pass.part(part * images, end, sums, part * size);
          }
          pass.end();
          c.giveBack(lane);
        });
    Tensor sum = sums.slice(0, size);
    ConvWeightGradient.addParts(c, sums, parts, sum);
    transformBack(c, s, sum, dw);
  }

  /** dw[out, in, 3, 3] = Gᵀ v G, from 16 matrices of sums [in rounded up, out rounded up]. */
  private static void transformBack(OpContext c, WinogradSizes s, Tensor v, Tensor dw) {
    int n = s.outputLanes;
    int rows = s.channels * WINDOW;
    Tensor g = c.take(dw.dtype(), Shape.of(rows * n));
    Winograd loops = c.winograd(dw);
    c.forEach(
        s.channels,
        (long) Winograd.MATRICES * n,
        (from, to) -> {
          for (int channel = from; channel < to; channel++) {
            loops.weightsGrad(v, channel * n, s.lanes * n, g, channel * WINDOW * n, n);
          }
        });
    c.rows(dw).transpose(g, 0, n, dw, 0, rows, s.outputs, rows);
  }

  private void begin(Conv op, OpContext c, Lane ofLane, Tensor ofX, Tensor ofDy) {
    lane = ofLane;
    r = c.rows(ofX);
    loops = c.winograd(ofX);
    s.weightGradient(op, ofX.shape(), ofDy.shape());
    int n = 2 * s.stripAcross;
    x.begin(lane, PIXELS, r, ofX, s.lanes, s.top, s.left, n + 2);
    dy.begin(lane, GRADIENT_PIXELS, r, ofDy, s.outputLanes, 0, 0, n);
    int size = Winograd.MATRICES * Winograd.STEP;
    tiles = lane.scratch(TILES, ofX.dtype(), size);
    gradients = lane.scratch(GRADIENT_TILES, ofX.dtype(), size);
  }

  /** Lets go of the tensors. */
  private void end() {
    x.end();
    dy.end();
    lane = null;
    r = null;
    loops = null;
    tiles = null;
    gradients = null;
  }

  /** The sum over images {@code first} to {@code end}, into {@code to} from {@code at} on. */
  private void part(int first, int end, Tensor to, int at) {
    int size = Winograd.MATRICES * s.lanes * s.outputLanes;
    int images = Math.max(1, CHAIN / (s.down * s.across));
    chain(first, Math.min(end, first + images), to, at);
    for (int image = first + images; image < end; image += images) {
      Tensor next = lane.scratch(PRODUCTS, to.dtype(), size);
      chain(image, Math.min(end, image + images), next, 0);
      r.add(to, at, next, 0, to, at, size);
    }
  }

  /** The 16 products over all tiles of some images. */
  private void chain(int image, int end, Tensor to, int at) {
    r.fill(0, to, at, Winograd.MATRICES * s.lanes * s.outputLanes);
    for (int row = image * s.down; row < end * s.down; row += s.stripDown) {
      int rows = Math.min(s.stripDown, end * s.down - row);
      for (int left = 0; left < s.across; left += s.stripAcross) {
        int n = Math.min(s.stripAcross, s.across - left);
        for (int i = 0; i < rows; i++) {
          transform(row + i, left, i * n, n);
        }
        loops.accumulate(tiles, s.lanes, rows * n, gradients, s.outputLanes, to, at);
      }
    }
  }

  /** {@code n} tiles of x and of dy, from tile {@code left} of a row of tiles on. */
  private void transform(int row, int left, int tile, int n) {
    x.turn(row / s.down, 2 * left);
    int top = 2 * (row % s.down);
    int r0 = x.row(top);
    int r1 = x.row(top + 1);
    int r2 = x.row(top + 2);
    int r3 = x.row(top + 3);
    loops.input(x.tensor, r0, r1, r2, r3, tiles, tile * s.lanes, n, s.lanes);
    dy.turn(row / s.down, 2 * left);
    int d0 = dy.row(top);
    int d1 = dy.row(top + 1);
    loops.outputGrad(dy.tensor, d0, d1, gradients, tile * s.outputLanes, n, s.outputLanes);
  }
}
