package limbeck.engine.op.nn;

import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.PatchKernel;
import limbeck.engine.op.Lane;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Tensor;

/**
 * The gradient of {@link Conv} with respect to x: dP = Wᵀ · dY, then each element of x takes the
 * sum of what its copies in P got. In bundles of channels, which share no element of x.
 */
final class ConvInputGradient {
  private final ConvSizes s;
  private final OpContext c;
  private final Tensor w;
  private final Tensor dy;
  private final Tensor dx;

  /** Channels of a bundle. */
  private final int perBundle;

  /** Bundles of one group. */
  private final int bundles;

  private ConvInputGradient(ConvSizes s, OpContext c, Tensor w, Tensor dy, Tensor dx) {
    this.s = s;
    this.c = c;
    this.w = w;
    this.dy = dy;
    this.dx = dx;
    perBundle = s.bundle();
    bundles = ConvSizes.pieces(s.groupChannels, perBundle);
  }

  /** Writes dx. */
  static void run(ConvSizes s, OpContext c, Tensor w, Tensor dy, Tensor dx) {
    ConvInputGradient pass = new ConvInputGradient(s, c, w, dy, dx);
    int each = s.groups * pass.bundles;
    c.forEach(s.batch * each, s.cost() / each, pass::bundles);
  }

  private void bundles(int from, int to) {
    Lane lane = c.lane();
    for (int unit = from; unit < to; unit++) {
      int group = unit / bundles % s.groups;
      int first = unit % bundles * perBundle;
      int count = Math.min(perBundle, s.groupChannels - first);
      bundle(lane, unit / bundles / s.groups, group, first, count);
    }
    PaddedPlane.Pair.end(lane);
    c.giveBack(lane);
  }

  private void bundle(Lane lane, int image, int group, int first, int count) {
    int at = s.plane(image, group, first);
    if (s.pointwise) {
      multiply(lane, image, group, first, count, dx, at, s.positions);
      return;
    }
    int ld = ConvSizes.rowLength(s.positions);
    int each = s.window * ld;
    Tensor dp = lane.scratch(ConvSizes.PRODUCT, dx.dtype(), Math.multiplyExact(count, each));
    multiply(lane, image, group, first, count, dp, 0, ld);
    for (int channel = 0; channel < count; channel++) {
      scatter(lane, dp, channel * each, ld, at + channel * s.height * s.width);
    }
  }

  /** dP[count · window, positions] = Wᵀ · dY, in rows of {@code ld}. */
  private void multiply(
      Lane lane, int image, int group, int first, int count, Tensor dp, int at, int ld) {
    int weights = s.weights(group) + first * s.window;
    int n = s.positions;
    lane.multiply(
        true,
        false,
        count * s.window,
        n,
        s.groupOutputs,
        w,
        weights,
        s.terms,
        dy,
        s.result(image, group),
        n,
        dp,
        at,
        ld);
  }

  /** One plane of dx, from its rows of dP. */
  private void scatter(Lane lane, Tensor dp, int dpAt, int ld, int at) {
    Rows r = c.rows(dx);
    PaddedPlane plane = PaddedPlane.Pair.of(lane, s.v, s.h, dx.shape()).dx;
    plane.begin(lane, ConvSizes.PLANE, r, dx, at);
    PatchKernel.scatter(
        r, dp, dpAt, ld, s.v, s.h, s.rows, s.columns, plane.tensor, plane.at, plane.width);
    plane.end(r, dx, at);
  }
}
