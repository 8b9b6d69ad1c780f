package limbeck.engine.op.nn;

import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.PatchKernel;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.op.Lane;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * A plane with its padding: a copy in a lane's scratch, or the plane itself if it has no padding.
 * So loops over windows need not look where the plane ends.
 */
final class PaddedPlane {
  /** Those of x and of its gradient: what a lane keeps. */
  static final class Pair {
    final PaddedPlane x = new PaddedPlane();
    final PaddedPlane dx = new PaddedPlane();

    /** That of a lane, for windows that slide over the planes of a shape. */
    static Pair of(Lane lane, Window down, Window across, Shape shape) {
      Pair pair = lane.keep(Pair.class, Pair::new);
      pair.x.set(down, across, Planes.height(shape), shape.last());
      pair.dx.set(down, across, Planes.height(shape), shape.last());
      return pair;
    }

    /** Lets go of the tensors, which the lane would keep alive otherwise: before it goes back. */
    static void end(Lane lane) {
      Pair pair = lane.keep(Pair.class, Pair::new);
      pair.x.tensor = null;
      pair.dx.tensor = null;
    }
  }

  /** Where it is, the index of its first element, and the length of a row. */
  Tensor tensor;

  int at;
  int width;

  private Window v;
  private Window h;
  private int planeHeight;
  private int planeWidth;

  private void set(Window down, Window across, int newHeight, int newWidth) {
    v = down;
    h = across;
    planeHeight = newHeight;
    planeWidth = newWidth;
    width = (int) h.padded(newWidth);
  }

  private boolean isPadded() {
    return v.padding() > 0 || h.padding() > 0;
  }

  private int height() {
    return (int) v.padded(planeHeight);
  }

  /** The plane of x that starts at element {@code i}, for reading; {@code value} beside it. */
  void read(Lane lane, int slot, Rows r, Tensor x, int i, double value) {
    tensor = x;
    at = i;
    if (isPadded()) {
      tensor = lane.scratch(slot, x.dtype(), height() * width);
      at = 0;
      PatchKernel.rectangle(
          r,
          x,
          i,
          planeHeight,
          planeWidth,
          -v.padding(),
          -h.padding(),
          height(),
          width,
          value,
          tensor);
    }
  }

  /** Zeros to add the gradients of dx's plane to that starts at {@code i}; then {@link #end}. */
  void begin(Lane lane, int slot, Rows r, Tensor dx, int i) {
    tensor = isPadded() ? lane.scratch(slot, dx.dtype(), height() * width) : dx;
    at = isPadded() ? 0 : i;
    r.fill(0, tensor, at, height() * width);
  }

  /** Takes what was added since {@link #begin} to dx, without the padding. */
  void end(Rows r, Tensor dx, int i) {
    if (isPadded()) {
      PatchKernel.crop(r, tensor, v, h, dx, i, planeHeight, planeWidth);
    }
  }
}
