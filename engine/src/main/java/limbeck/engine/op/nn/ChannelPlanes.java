package limbeck.engine.op.nn;

import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * [batch, channels, space …] as planes [images, channels, n]. Where a plane would have but one
 * element, a channel is a column: then it is [1, channels, batch], in transposed copies.
 */
record ChannelPlanes(int images, int channels, int n, boolean column) {
  static ChannelPlanes of(Shape x) {
    int batch = x.axis(0);
    int channels = x.axis(1);
    int size = Planes.size(x);
    return size == 1
        ? new ChannelPlanes(1, channels, batch, true)
        : new ChannelPlanes(batch, channels, size, false);
  }

  int planes() {
    return images * channels;
  }

  /** Elements of a channel. */
  double elements() {
    return (double) images * n;
  }

  /** x as planes, to read. */
  Tensor read(OpContext c, Tensor x) {
    if (!column) {
      return x;
    }
    Tensor planes = c.take(x.dtype(), Shape.of(channels * n));
    c.rows(x).transpose(x, 0, channels, planes, 0, n, channels, n);
    return planes;
  }

  /** Where to write the planes of {@code y}; then {@link #end}. */
  Tensor target(OpContext c, Tensor y) {
    return column ? c.take(y.dtype(), Shape.of(channels * n)) : y;
  }

  /** Brings what was written to {@link #target} to its place. */
  void end(OpContext c, Tensor target, Tensor y) {
    if (column) {
      c.rows(y).transpose(target, 0, n, y, 0, channels, n, channels);
    }
  }
}
