package limbeck.kd.objective;

import limbeck.autograd.Module;
import limbeck.autograd.module.Conv2d;
import limbeck.autograd.module.Linear;
import limbeck.engine.kernel.composite.Window;

/** A learned affine map from a network's channels to another's, the same at each place. */
final class ChannelMap {
  private ChannelMap() {}

  /** A convolution of 1 × 1 for feature maps, a linear layer for rows. */
  static Module of(TapShape from, TapShape to) {
    return from.isMap()
        ? new Conv2d(from.channels(), to.channels(), Window.of(1), true)
        : new Linear(from.channels(), to.channels());
  }
}
