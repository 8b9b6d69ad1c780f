package limbeck.autograd.module;

import java.util.Arrays;
import limbeck.autograd.Var;
import limbeck.engine.tensor.Shape;

/** Vectors of one number a channel, beside x [batch, channels, space …]. */
final class PerChannel {
  private PerChannel() {}

  /** The vector with axes of 1 behind it, so that it is stretched over space; [1] stays. */
  static Var of(Var vector, Shape x) {
    if (vector.shape().size() == 1 || x.rank() <= 2) {
      return vector;
    }
    int[] axes = new int[x.rank() - 1];
    Arrays.fill(axes, 1);
    axes[0] = vector.shape().size();
    return vector.reshape(axes);
  }
}
