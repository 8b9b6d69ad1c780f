package limbeck.engine.op.nn;

import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.BatchNormKernel;
import limbeck.engine.op.Lane;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * The gradients of {@link Conv} with respect to weights and bias: dW = dY · Pᵀ, summed over images,
 * and sums of dY. The batch is cut into parts, and channels into bundles; parts of the batch sum
 * into tensors of their own, which are added in the end.
 */
final class ConvWeightGradient {
  /** Parts of the batch, and how many numbers their sums may have. */
  private static final int PARTS = 16;

  private static final int SUMS = 1 << 20;

  private final ConvSizes s;
  private final OpContext c;
  private final Tensor x;
  private final Tensor dy;
  private final Tensor sums;

  /** Images of a part. */
  private final int images;

  /** Channels of a bundle. */
  private final int perBundle;

  /** Bundles of one group. */
  private final int bundles;

  private ConvWeightGradient(
      ConvSizes s, OpContext c, Tensor x, Tensor dy, Tensor sums, int images) {
    this.s = s;
    this.c = c;
    this.x = x;
    this.dy = dy;
    this.sums = sums;
    this.images = images;
    perBundle = s.bundle();
    bundles = ConvSizes.pieces(s.groupChannels, perBundle);
  }

  /** Writes dw. */
  static void run(ConvSizes s, OpContext c, Tensor x, Tensor dy, Tensor dw) {
    Rows r = c.rows(dw);
    if (s.batch == 0) {
      r.fill(0, dw, 0, dw.size());
      return;
    }
    int images = imagesOfPart(s.batch, dw.size());
    int parts = ConvSizes.pieces(s.batch, images);
    Tensor sums = parts == 1 ? dw : c.take(dw.dtype(), Shape.of(parts * dw.size()));
    ConvWeightGradient pass = new ConvWeightGradient(s, c, x, dy, sums, images);
    int each = s.groups * pass.bundles;
    c.forEach(parts * each, images * s.cost() / each, pass::bundles);
    addParts(c, sums, parts, dw);
  }

  /** Images of a part of the batch, of which there is one at least. */
  static int imagesOfPart(int batch, int weights) {
    return ConvSizes.pieces(batch, Math.max(1, Math.min(PARTS, SUMS / weights)));
  }

  /** dw = the sum of its parts, unless that is dw itself. */
  static void addParts(OpContext c, Tensor sums, int parts, Tensor dw) {
    if (parts > 1) {
      Rows r = c.rows(dw);
      c.forEach(dw.size(), parts, (from, to) -> addParts(r, sums, parts, dw, from, to));
    }
  }

  private static void addParts(Rows r, Tensor sums, int parts, Tensor dw, int from, int to) {
    r.copy(sums, from, dw, from, to - from);
    for (int part = 1; part < parts; part++) {
      r.add(dw, from, sums, part * dw.size() + from, dw, from, to - from);
    }
  }

  private void bundles(int from, int to) {
    Lane lane = c.lane();
    for (int unit = from; unit < to; unit++) {
      int group = unit / bundles % s.groups;
      int first = unit % bundles * perBundle;
      int count = Math.min(perBundle, s.groupChannels - first);
      bundle(lane, unit / bundles / s.groups, group, first, count);
    }
    c.giveBack(lane);
  }

  /** The columns of a bundle's weights in the sum of one part of the batch. */
  private void bundle(Lane lane, int part, int group, int first, int count) {
    Rows r = c.rows(x);
    int columns = count * s.window;
    int size = s.groupOutputs * columns;
    Tensor sum = lane.scratch(ConvSizes.SUM, x.dtype(), size);
    int start = part * images;
    for (int image = start; image < Math.min(s.batch, start + images); image++) {
      if (image == start) {
        multiply(lane, r, image, group, first, columns, sum);
      } else {
        Tensor product = lane.scratch(ConvSizes.PRODUCT, x.dtype(), size);
        multiply(lane, r, image, group, first, columns, product);
        r.add(sum, 0, product, 0, sum, 0, size);
      }
    }
    int at = part * s.outputs * s.terms + s.weights(group) + first * s.window;
    r.transpose(sum, 0, s.groupOutputs, sums, at, s.terms, s.groupOutputs, columns);
  }

  /**
   * y[columns, groupOutputs] = P · dYᵀ of one image: the transposed product, because a product
   * copies its second operand, and of the two matrices P is larger by far.
   */
  private void multiply(Lane lane, Rows r, int image, int group, int first, int columns, Tensor y) {
    int k = s.positions;
    int n = s.groupOutputs;
    Tensor p = x;
    int pAt = s.plane(image, group, first);
    int ld = k;
    if (!s.pointwise) {
      p = patches(lane, r, image, group, first, columns / s.window);
      pAt = 0;
      ld = ConvSizes.rowLength(k);
    }
    int from = s.result(image, group);
    lane.multiply(false, true, columns, n, k, p, pAt, ld, dy, from, k, y, 0, n);
  }

  private Tensor patches(Lane lane, Rows r, int image, int group, int first, int count) {
    int each = s.window * ConvSizes.rowLength(s.positions);
    int size = Math.multiplyExact(count, each);
    Tensor patches = lane.scratch(ConvSizes.PATCHES, x.dtype(), size);
    for (int channel = 0; channel < count; channel++) {
      int at = s.plane(image, group, first + channel);
      s.gather(lane, r, x, at, 0, 0, s.rows, s.columns, patches, channel * each);
    }
    return patches;
  }

  /** db[o] = Σ over images and positions of dy. */
  static void bias(OpContext c, Tensor dy, Tensor db) {
    Rows r = c.rows(dy);
    int planes = Planes.count(dy.shape());
    int positions = Planes.size(dy.shape());
    Lane lane = c.lane();
    Tensor sums = lane.scratch(ConvSizes.SUM, dy.dtype(), planes);
    c.forEach(
        planes, positions, (from, to) -> BatchNormKernel.sums(r, dy, positions, sums, from, to));
    int outputs = dy.shape().axis(1);
    for (int o = 0; o < outputs; o++) {
      db.set(o, BatchNormKernel.total(sums, o, outputs, dy.shape().axis(0)));
    }
    c.giveBack(lane);
  }
}
