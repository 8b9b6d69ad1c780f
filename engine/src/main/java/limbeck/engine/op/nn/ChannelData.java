package limbeck.engine.op.nn;

import limbeck.engine.kernel.Rows;
import limbeck.engine.op.Lane;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * The elements of one channel of [batch, channels, space …]: {@link #planes} rows of {@link #n},
 * {@link #step} apart. Where a plane has but one element the channel is a column, of which a copy
 * is made: one row of the whole batch.
 */
final class ChannelData {
  /** Those of two tensors of one shape, x and dy: what a lane keeps. */
  static final class Pair {
    final ChannelData x = new ChannelData();
    final ChannelData dy = new ChannelData();

    /** That of a lane, for tensors of a shape. */
    static Pair of(Lane lane, Shape shape) {
      Pair pair = lane.keep(Pair.class, Pair::new);
      pair.x.set(shape);
      pair.dy.set(shape);
      return pair;
    }

    /** Lets go of the tensors, which the lane would keep alive otherwise: before it goes back. */
    void end() {
      x.tensor = null;
      dy.tensor = null;
    }
  }

  /** Where they are, and the index of the first. */
  Tensor tensor;

  int at;
  int step;
  int planes;
  int n;

  private int channels;
  private boolean column;

  /** Sets the shape of what is to be read. */
  private void set(Shape x) {
    int batch = x.axis(0);
    int size = Planes.size(x);
    channels = x.axis(1);
    column = size == 1;
    planes = column ? 1 : batch;
    n = column ? batch : size;
    step = column ? 0 : channels * size;
  }

  /** Takes a channel of x; {@code slot} of the lane holds the copy if there must be one. */
  ChannelData read(Lane lane, int slot, Rows r, Tensor x, int channel) {
    tensor = column ? lane.scratch(slot, x.dtype(), n) : x;
    at = column ? 0 : channel * n;
    if (column) {
      r.takeEvery(x, channel, channels, tensor, 0, n);
    }
    return this;
  }

  /** Where to write results of this layout that belong into {@code y}; then {@link #end}. */
  Tensor target(Tensor y) {
    return column ? tensor : y;
  }

  /** Brings what was written to {@link #target} to its place. */
  void end(Rows r, Tensor y, int channel) {
    if (column) {
      r.putEvery(tensor, 0, y, channel, channels, n);
    }
  }
}
