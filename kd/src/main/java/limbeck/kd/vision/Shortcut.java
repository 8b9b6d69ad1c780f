package limbeck.kd.vision;

import java.util.List;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.BatchNorm;
import limbeck.autograd.module.Sequential;
import limbeck.engine.op.layout.Pad;
import limbeck.engine.op.layout.Slice;

/**
 * What goes around a residual block that changes the number of channels or the size of the image.
 * Around one that does not, it is always the input itself. He et al. 2016, arXiv:1512.03385,
 * section 3.3, has the first two as options A and B.
 */
enum Shortcut {
  /**
   * Every second row and column, with channels of zeros added: half of them before, half after. No
   * parameters.
   */
  PAD,
  /** A convolution 1 × 1. */
  CONV,
  /** A convolution 1 × 1, then batch norm. */
  CONV_BN;

  /** Around a block. */
  Module around(int in, int out, int stride) {
    if (in == out && stride == 1) {
      return new Sequential();
    }
    return switch (this) {
      case PAD -> new Padded(in, out, stride);
      case CONV -> new Sequential(HeConv.one(in, out, stride));
      case CONV_BN -> new Sequential(HeConv.one(in, out, stride), new BatchNorm(out));
    };
  }

  /** Values that are left out, and channels that are made of nothing. */
  private static final class Padded extends Module {
    private final Slice rows;
    private final Slice columns;
    private final Pad channels;

    Padded(int in, int out, int stride) {
      rows = new Slice(2, 0, Slice.END, stride);
      columns = new Slice(3, 0, Slice.END, stride);
      int before = (out - in) / 2;
      channels = new Pad(List.of(before, 0, 0), List.of(out - in - before, 0, 0), 0);
    }

    @Override
    public Var forward(Var x) {
      return x.apply(rows).apply(columns).apply(channels);
    }
  }
}
