package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.simd.Width.S;

import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Constants for transposing in registers: lanes are swapped at a distance and blended. All of one
 * width: on JDK 17 a second width in use anywhere makes every store through {@code FloatVector} ten
 * times slower.
 */
final class Exchange {
  static final VectorShuffle<Float> SWAP_1 = VectorShuffle.fromOp(S, i -> i ^ 1);
  static final VectorShuffle<Float> SWAP_2 = VectorShuffle.fromOp(S, i -> i ^ 2);
  static final VectorShuffle<Float> SWAP_HALVES = VectorShuffle.fromOp(S, i -> i ^ S.length() / 2);
  static final VectorShuffle<Float> SWAP_4 = VectorShuffle.fromOp(S, i -> i ^ 4 & S.length() - 1);
  static final VectorMask<Float> ODD = lanes(0b1010_1010_1010_1010);
  static final VectorMask<Float> EVEN = lanes(0b0101_0101_0101_0101);
  static final VectorMask<Float> HIGH_PAIRS = lanes(0b1100_1100_1100_1100);
  static final VectorMask<Float> HIGH_FOURS = lanes(0b1111_0000_1111_0000);
  static final VectorMask<Float> HIGH_HALF = lanes(-1L << S.length() / 2);

  private Exchange() {}

  /** The lanes whose bits are set; bits beyond the vector's lanes are ignored. */
  static VectorMask<Float> lanes(long bits) {
    return VectorMask.fromLong(S, bits & (1L << S.length()) - 1);
  }
}
