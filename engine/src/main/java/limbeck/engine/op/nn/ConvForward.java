package limbeck.engine.op.nn;

import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.DepthwiseKernel;
import limbeck.engine.kernel.composite.PatchKernel;
import limbeck.engine.op.Lane;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Tensor;

/**
 * The forward pass of {@link Conv}, in tiles: rectangles of the result's planes whose patches stay
 * in the cache while they are multiplied. How tiles are cut cannot show in a result, because an
 * element of a product depends on its row and its column alone.
 */
final class ConvForward {
  /** About how many numbers the patches of a tile are: 256 KB of floats. */
  private static final int TILE = 1 << 16;

  private ConvForward() {}

  /** Columns of a tile: all of them, unless a single row of patches is too much. */
  private static int tileColumns(ConvSizes s) {
    return ConvSizes.evenly(s.columns, TILE / s.terms);
  }

  private static int tileRows(ConvSizes s) {
    return ConvSizes.evenly(s.rows, TILE / ((long) s.terms * s.columns));
  }

  /** Pieces that one image is cut into, each to be computed by itself: tiles, or planes. */
  static int pieces(ConvSizes s) {
    return s.depthwise
        ? s.outputs
        : ConvSizes.pieces(s.rows, tileRows(s)) * ConvSizes.pieces(s.columns, tileColumns(s));
  }

  /** Computes pieces {@code from} to {@code to}, those of all images counted on. */
  static void run(Conv op, OpContext c, Tensor[] in, Tensor out, int from, int to) {
    Rows r = c.rows(out);
    Lane lane = c.lane();
    ConvSizes s = lane.keep(ConvSizes.class, ConvSizes::new);
    s.set(op, in[0].shape(), in[1].shape(), out.shape());
    int each = pieces(s);
    for (int unit = from; unit < to; unit++) {
      if (s.depthwise) {
        plane(s, lane, r, in, out, unit / each, unit % each);
      } else {
        tile(s, lane, r, in, out, unit / each, unit % each);
      }
    }
    c.giveBack(lane);
  }

  private static void tile(
      ConvSizes s, Lane lane, Rows r, Tensor[] in, Tensor out, int image, int tile) {
    int height = tileRows(s);
    int width = tileColumns(s);
    int tilesAcross = ConvSizes.pieces(s.columns, width);
    int top = tile / tilesAcross * height;
    int left = tile % tilesAcross * width;
    int rows = Math.min(height, s.rows - top);
    int columns = Math.min(width, s.columns - left);
    int first = top * s.columns + left; // a tile narrower than the plane has one row: no gaps
    for (int group = 0; group < s.groups; group++) {
      if (s.pointwise) {
        int x = s.plane(image, group, 0) + first;
        multiply(s, lane, in[1], group, in[0], x, s.positions, rows * columns, out, image, first);
      } else {
        Tensor patches = patches(s, lane, r, in[0], image, group, top, left, rows, columns);
        int n = rows * columns;
        multiply(s, lane, in[1], group, patches, 0, n, n, out, image, first);
      }
      if (in.length == 3) {
        addBias(s, r, in[2], group, out, image, first, rows * columns);
      }
    }
  }

  /** The matrix P of a tile: [terms, rows · columns]. */
  private static Tensor patches(
      ConvSizes s,
      Lane lane,
      Rows r,
      Tensor x,
      int image,
      int group,
      int top,
      int left,
      int rows,
      int columns) {
    int each = s.window * rows * columns;
    int size = Math.multiplyExact(s.groupChannels, each);
    Tensor patches = lane.scratch(ConvSizes.PATCHES, x.dtype(), size);
    for (int channel = 0; channel < s.groupChannels; channel++) {
      int at = s.plane(image, group, channel);
      s.gather(lane, r, x, at, top, left, rows, columns, patches, channel * each);
    }
    return patches;
  }

  /** Columns {@code first} to {@code first + n} of a group's results = W · P. */
  private static void multiply(
      ConvSizes s,
      Lane lane,
      Tensor w,
      int group,
      Tensor p,
      int at,
      int ld,
      int n,
      Tensor out,
      int image,
      int first) {
    int y = s.result(image, group) + first;
    lane.multiply(
        false,
        false,
        s.groupOutputs,
        n,
        s.terms,
        w,
        s.weights(group),
        s.terms,
        p,
        at,
        ld,
        out,
        y,
        s.positions);
  }

  private static void addBias(
      ConvSizes s, Rows r, Tensor bias, int group, Tensor out, int image, int first, int n) {
    for (int o = 0; o < s.groupOutputs; o++) {
      int at = s.result(image, group) + o * s.positions + first;
      r.addScalar(out, at, bias.get(group * s.groupOutputs + o), out, at, n);
    }
  }

  /** One output of one image, from one channel. */
  private static void plane(
      ConvSizes s, Lane lane, Rows r, Tensor[] in, Tensor out, int image, int o) {
    Tensor x = in[0];
    int at = s.plane(image, o / s.groupOutputs, 0);
    int width = s.width;
    if (s.v.padding() > 0 || s.h.padding() > 0) {
      int spanDown = s.v.span(s.rows);
      width = s.h.span(s.columns);
      x = lane.scratch(ConvSizes.PLANE, in[0].dtype(), spanDown * width);
      int top = -s.v.padding();
      int left = -s.h.padding();
      PatchKernel.rectangle(r, in[0], at, s.height, s.width, top, left, spanDown, width, 0, x);
      at = 0;
    }
    Tensor taken = lane.scratch(ConvSizes.PATCHES, in[0].dtype(), s.columns);
    int y = s.result(image, 0) + o * s.positions;
    DepthwiseKernel.forward(
        r, x, at, width, s.v, s.h, in[1], o * s.window, taken, out, y, s.rows, s.columns);
    if (in.length == 3) {
      r.addScalar(out, y, in[2].get(o), out, y, s.positions);
    }
  }
}
