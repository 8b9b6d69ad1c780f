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
  /** About how many numbers of dP a bundle has. */
  private static final int BUNDLE = 1 << 16;

  /** Rows of dP from which on it pays to bring dY into the product. */
  private static final int ROWS = 32;

  private final ConvSizes s;
  private final OpContext c;
  private final Tensor w;
  private final Tensor dy;
  private final Tensor dx;

  /** Channels of a bundle. */
  private final int size;

  /** Bundles of one group. */
  private final int bundles;

  private ConvInputGradient(ConvSizes s, OpContext c, Tensor w, Tensor dy, Tensor dx) {
    this.s = s;
    this.c = c;
    this.w = w;
    this.dy = dy;
    this.dx = dx;
    long few = Math.max(ROWS / s.window, BUNDLE / ((long) s.window * s.positions));
    size = ConvSizes.evenly(s.groupChannels, few);
    bundles = ConvSizes.pieces(s.groupChannels, size);
  }

  /** Writes dx. */
  static void run(ConvSizes s, OpContext c, Tensor w, Tensor dy, Tensor dx) {
    ConvInputGradient pass = new ConvInputGradient(s, c, w, dy, dx);
    int units = s.batch * s.groups * pass.bundles;
    c.forEach(units, s.cost() / (s.groups * pass.bundles), pass::bundles);
  }

  private void bundles(int from, int to) {
    Lane lane = c.lane();
    for (int unit = from; unit < to; unit++) {
      int group = unit / bundles % s.groups;
      int first = unit % bundles * size;
      int count = Math.min(size, s.groupChannels - first);
      bundle(lane, unit / bundles / s.groups, group, first, count);
    }
    c.giveBack(lane);
  }

  private void bundle(Lane lane, int image, int group, int first, int count) {
    int at = s.plane(image, group, first);
    if (s.pointwise) {
      multiply(lane, image, group, first, count, dx, at);
      return;
    }
    int each = s.window * s.positions;
    Tensor dp = lane.scratch(ConvSizes.PRODUCT, dx.dtype(), Math.multiplyExact(count, each));
    multiply(lane, image, group, first, count, dp, 0);
    for (int channel = 0; channel < count; channel++) {
      scatter(lane, dp, channel * each, at + channel * s.height * s.width);
    }
  }

  /** dP[count · window, positions] = Wᵀ · dY. */
  private void multiply(Lane lane, int image, int group, int first, int count, Tensor dp, int at) {
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
        n);
  }

  /** One plane of dx, from its rows of dP. */
  private void scatter(Lane lane, Tensor dp, int dpAt, int at) {
    Rows r = c.rows(dx);
    int n = s.positions;
    if (s.v.padding() == 0 && s.h.padding() == 0) {
      r.fill(0, dx, at, s.height * s.width);
      PatchKernel.scatter(r, dp, dpAt, n, s.v, s.h, s.rows, s.columns, dx, at, s.width);
    } else {
      int width = (int) s.h.padded(s.width);
      int size = (int) s.v.padded(s.height) * width;
      Tensor plane = lane.scratch(ConvSizes.PLANE, dx.dtype(), size);
      r.fill(0, plane, 0, size);
      PatchKernel.scatter(r, dp, dpAt, n, s.v, s.h, s.rows, s.columns, plane, 0, width);
      PatchKernel.crop(r, plane, s.v, s.h, dx, at, s.height, s.width);
    }
  }
}
