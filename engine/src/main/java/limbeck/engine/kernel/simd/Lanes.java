package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.simd.Width.N;
import static limbeck.engine.kernel.simd.Width.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;

/** Constants by which loops pick and move lanes. */
final class Lanes {
  /** Brings lane j + 8 to lane j, counted round; likewise the next. */
  static final VectorShuffle<Float> BY8 = turn(8);

  static final VectorShuffle<Float> BY4 = turn(4);
  static final VectorShuffle<Float> BY2 = turn(2);
  static final VectorShuffle<Float> BY1 = turn(1);

  /** 0, 1, 2, … */
  static final FloatVector NUMBERS = FloatVector.zero(S).addIndex(1);

  private Lanes() {}

  private static VectorShuffle<Float> turn(int by) {
    return VectorShuffle.fromOp(S, lane -> (lane + by) % N);
  }
}
