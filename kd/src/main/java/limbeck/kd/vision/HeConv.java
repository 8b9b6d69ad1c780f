package limbeck.kd.vision;

import limbeck.autograd.Init;
import limbeck.autograd.module.Conv2d;
import limbeck.engine.kernel.composite.Window;

/**
 * Convolutions that start as those of residual networks do: normal with variance 2 / fan out, the
 * number of outputs that an element of x reaches, k · k · out / groups. That keeps the size of
 * gradients through rectifiers. He et al. 2015, arXiv:1502.01852, section 2.2.
 */
final class HeConv {
  private static final Window THREE = Window.of(3).withPadding(1);

  private HeConv() {}

  /** 3 × 3 with a border of zeros, no bias: at stride 1 the image keeps its size. */
  static Conv2d three(int in, int out, int stride) {
    return of(in, out, THREE.withStride(stride), 1, false);
  }

  /** Likewise with a bias. */
  static Conv2d threeWithBias(int in, int out) {
    return of(in, out, THREE, 1, true);
  }

  /** 1 × 1, no bias. */
  static Conv2d one(int in, int out, int stride) {
    return of(in, out, Window.ONE.withStride(stride), 1, false);
  }

  /** 3 × 3 of each channel by itself, no bias. */
  static Conv2d depthwise(int channels, int stride) {
    return of(channels, channels, THREE.withStride(stride), channels, false);
  }

  private static Conv2d of(int in, int out, Window window, int groups, boolean bias) {
    int reached = window.size() * window.size() * out / groups;
    return new Conv2d(in, out, window, window, groups, bias, Init.he(reached));
  }
}
