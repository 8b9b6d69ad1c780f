package limbeck.engine.op.nn;

import limbeck.engine.exec.Chunks;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.DepthwiseKernel;
import limbeck.engine.op.Finish;
import limbeck.engine.op.Lane;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Tensor;

/**
 * The forward pass of {@link Conv}, in tiles: rectangles of the result's planes whose patches stay
 * in the cache while they are multiplied. How tiles are cut cannot show in a result, because an
 * element of a product depends on its row and its column alone. A depthwise convolution goes plane
 * by plane instead.
 *
 * <p>Kept by lanes, one each, so that a pass makes no objects.
 */
final class ConvForward {
  /** About how many numbers the patches of a tile are: 256 KB of floats. */
  private static final int TILE = 1 << 16;

  private final ConvSizes s = new ConvSizes();
  private Lane lane;
  private Rows r;
  private Tensor x;
  private Tensor w;
  private Tensor bias;
  private Tensor y;
  private Finish finish;

  /** Rows and columns of positions in a tile that is not cut off at the end. */
  private int tileRows;

  private int tileColumns;

  /** The tile at hand: the image, the first position, and how many there are. */
  private int image;

  private int top;
  private int left;
  private int rows;
  private int columns;

  /** One that a lane keeps, made ready for an op. */
  static ConvForward of(Lane lane, OpContext c, Conv op, Tensor[] in, Tensor out) {
    ConvForward pass = lane.keep(ConvForward.class, ConvForward::new);
    pass.set(lane, c, op, in, out);
    return pass;
  }

  private void set(Lane ofLane, OpContext c, Conv op, Tensor[] in, Tensor out) {
    lane = ofLane;
    r = c.rows(out);
    x = in[0];
    w = in[1];
    bias = op.bias() ? in[2] : null;
    y = out;
    finish = Conv.stripFinish(c);
    s.set(op, x.shape(), w.shape(), y.shape());
    tileColumns = ConvSizes.evenly(s.columns, TILE / s.terms);
    int sharing = Chunks.threads(c.workers().count(), s.batch * s.cost());
    int ofThread = ConvSizes.pieces(s.batch * s.rows, sharing);
    tileRows = ConvSizes.evenly(s.rows, Math.min(ofThread, TILE / ((long) s.terms * s.columns)));
  }

  /** Gives the lane back, and lets go of the tensors, which this would keep alive otherwise. */
  void end(OpContext c) {
    Lane ended = lane;
    PaddedPlane.Pair.end(ended);
    lane = null;
    r = null;
    x = null;
    w = null;
    bias = null;
    y = null;
    finish = null;
    c.giveBack(ended);
  }

  /** Pieces that one image is cut into, each to be computed by itself: tiles, or planes. */
  int pieces() {
    return s.depthwise
        ? s.outputs
        : ConvSizes.pieces(s.rows, tileRows) * ConvSizes.pieces(s.columns, tileColumns);
  }

  /** Elementary operations of a piece, roughly. */
  long cost() {
    return s.cost() / pieces();
  }

  /** Computes pieces {@code from} to {@code to}, those of all images counted on. */
  void run(int from, int to) {
    int each = pieces();
    for (int unit = from; unit < to; unit++) {
      if (s.depthwise) {
        plane(unit / each, unit % each);
      } else {
        tile(unit / each, unit % each);
      }
    }
  }

  private void tile(int ofImage, int number) {
    int across = ConvSizes.pieces(s.columns, tileColumns);
    image = ofImage;
    top = number / across * tileRows;
    left = number % across * tileColumns;
    rows = Math.min(tileRows, s.rows - top);
    columns = Math.min(tileColumns, s.columns - left);
    int first = top * s.columns + left; // a tile narrower than the plane has one row: no gaps
    for (int group = 0; group < s.groups; group++) {
      if (s.pointwise) {
        multiply(group, first, x, s.plane(image, group, 0) + first, s.positions);
      } else {
        multiply(group, first, patches(group), 0, ConvSizes.rowLength(rows * columns));
      }
      addBias(group, first);
    }
  }

  /** The matrix P of a group in this tile: [terms, rows · columns], in longer rows. */
  private Tensor patches(int group) {
    int each = s.window * ConvSizes.rowLength(rows * columns);
    int size = Math.multiplyExact(s.groupChannels, each);
    Tensor patches = lane.scratch(ConvSizes.PATCHES, x.dtype(), size);
    for (int channel = 0; channel < s.groupChannels; channel++) {
      int at = s.plane(image, group, channel);
      s.gather(lane, r, x, at, top, left, rows, columns, patches, channel * each);
    }
    return patches;
  }

  /**
   * A group's results in this tile = W · P.
   *
   * @param first number of the tile's first position
   * @param p with {@code at}: index of the first element, and {@code ld}: the length of a row
   */
  private void multiply(int group, int first, Tensor p, int at, int ld) {
    int m = s.groupOutputs;
    int n = rows * columns;
    int k = s.terms;
    int to = s.result(image, group) + first;
    lane.multiply(false, false, m, n, k, w, s.weights(group), k, p, at, ld, y, to, s.positions);
  }

  /** Adds the bias to a group's results in this tile. */
  private void addBias(int group, int first) {
    for (int o = 0; o < s.groupOutputs; o++) {
      int at = s.result(image, group) + o * s.positions + first;
      addBias(group * s.groupOutputs + o, at, rows * columns);
      finish(at, rows * columns);
    }
  }

  /** Likewise for {@code n} results of output {@code o}. */
  private void addBias(int o, int at, int n) {
    if (bias != null) {
      r.addScalar(y, at, bias.get(o), y, at, n);
    }
  }

  /** One output of one image, from one channel. */
  private void plane(int ofImage, int o) {
    PaddedPlane plane = PaddedPlane.Pair.of(lane, s.v, s.h, x.shape()).x;
    plane.read(lane, ConvSizes.PLANE, r, x, s.plane(ofImage, o / s.groupOutputs, 0), 0);
    Tensor taken = lane.scratch(ConvSizes.PATCHES, x.dtype(), s.columns);
    int to = s.result(ofImage, 0) + o * s.positions;
    DepthwiseKernel.forward(
        r,
        plane.tensor,
        plane.at,
        plane.width,
        s.v,
        s.h,
        w,
        o * s.window,
        taken,
        y,
        to,
        s.rows,
        s.columns);
    addBias(o, to, s.positions);
    finish(to, s.positions);
  }

  private void finish(int at, int n) {
    if (finish != null) {
      finish.run(r, y, at, n);
    }
  }
}
