package limbeck.engine.kernel.simd;

import static jdk.incubator.vector.FloatVector.fromArray;
import static limbeck.engine.kernel.simd.Width.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Transposes 16 × 16 elements in registers, for vectors of 16: each row is read once. Rows that lie
 * 4,096 bytes apart fall into one set of the first-level cache, which has not room for 16: {@link
 * Interleave}, which comes back to a row for every four columns, takes four times as long there.
 */
final class Block16 {
  private static final VectorShuffle<Float> SWAP_4 = VectorShuffle.fromOp(S, i -> i ^ 4);
  private static final VectorShuffle<Float> SWAP_8 = VectorShuffle.fromOp(S, i -> i ^ 8);
  private static final VectorMask<Float> HIGH_4 = Exchange.lanes(0xf0f0);
  private static final VectorMask<Float> LOW_4 = Exchange.lanes(0x0f0f);
  private static final VectorMask<Float> HIGH_8 = Exchange.lanes(0xff00);
  private static final VectorMask<Float> LOW_8 = Exchange.lanes(0x00ff);

  private Block16() {}

  /** y[q + c step + r] = x[p + r ld + c] for r and c < 16. */
  static void transpose(float[] x, int p, int ld, float[] y, int q, int step) {
    FloatVector a0 = fromArray(S, x, p);
    FloatVector a1 = fromArray(S, x, p + ld);
    FloatVector a2 = fromArray(S, x, p + 2 * ld);
    FloatVector a3 = fromArray(S, x, p + 3 * ld);
    FloatVector a4 = fromArray(S, x, p + 4 * ld);
    FloatVector a5 = fromArray(S, x, p + 5 * ld);
    FloatVector a6 = fromArray(S, x, p + 6 * ld);
    FloatVector a7 = fromArray(S, x, p + 7 * ld);
    FloatVector a8 = fromArray(S, x, p + 8 * ld);
    FloatVector a9 = fromArray(S, x, p + 9 * ld);
    FloatVector a10 = fromArray(S, x, p + 10 * ld);
    FloatVector a11 = fromArray(S, x, p + 11 * ld);
    FloatVector a12 = fromArray(S, x, p + 12 * ld);
    FloatVector a13 = fromArray(S, x, p + 13 * ld);
    FloatVector a14 = fromArray(S, x, p + 14 * ld);
    FloatVector a15 = fromArray(S, x, p + 15 * ld);
    FloatVector b0 = a0.blend(a8.rearrange(SWAP_8), HIGH_8);
    FloatVector b8 = a8.blend(a0.rearrange(SWAP_8), LOW_8);
    FloatVector b1 = a1.blend(a9.rearrange(SWAP_8), HIGH_8);
    FloatVector b9 = a9.blend(a1.rearrange(SWAP_8), LOW_8);
    FloatVector b2 = a2.blend(a10.rearrange(SWAP_8), HIGH_8);
    FloatVector b10 = a10.blend(a2.rearrange(SWAP_8), LOW_8);
    FloatVector b3 = a3.blend(a11.rearrange(SWAP_8), HIGH_8);
    FloatVector b11 = a11.blend(a3.rearrange(SWAP_8), LOW_8);
    FloatVector b4 = a4.blend(a12.rearrange(SWAP_8), HIGH_8);
    FloatVector b12 = a12.blend(a4.rearrange(SWAP_8), LOW_8);
    FloatVector b5 = a5.blend(a13.rearrange(SWAP_8), HIGH_8);
    FloatVector b13 = a13.blend(a5.rearrange(SWAP_8), LOW_8);
    FloatVector b6 = a6.blend(a14.rearrange(SWAP_8), HIGH_8);
    FloatVector b14 = a14.blend(a6.rearrange(SWAP_8), LOW_8);
    FloatVector b7 = a7.blend(a15.rearrange(SWAP_8), HIGH_8);
    FloatVector b15 = a15.blend(a7.rearrange(SWAP_8), LOW_8);
    a0 = b0.blend(b4.rearrange(SWAP_4), HIGH_4);
    a4 = b4.blend(b0.rearrange(SWAP_4), LOW_4);
    a1 = b1.blend(b5.rearrange(SWAP_4), HIGH_4);
    a5 = b5.blend(b1.rearrange(SWAP_4), LOW_4);
    a2 = b2.blend(b6.rearrange(SWAP_4), HIGH_4);
    a6 = b6.blend(b2.rearrange(SWAP_4), LOW_4);
    a3 = b3.blend(b7.rearrange(SWAP_4), HIGH_4);
    a7 = b7.blend(b3.rearrange(SWAP_4), LOW_4);
    a8 = b8.blend(b12.rearrange(SWAP_4), HIGH_4);
    a12 = b12.blend(b8.rearrange(SWAP_4), LOW_4);
    a9 = b9.blend(b13.rearrange(SWAP_4), HIGH_4);
    a13 = b13.blend(b9.rearrange(SWAP_4), LOW_4);
    a10 = b10.blend(b14.rearrange(SWAP_4), HIGH_4);
    a14 = b14.blend(b10.rearrange(SWAP_4), LOW_4);
    a11 = b11.blend(b15.rearrange(SWAP_4), HIGH_4);
    a15 = b15.blend(b11.rearrange(SWAP_4), LOW_4);
    b0 = a0.blend(a2.rearrange(Exchange.SWAP_2), Exchange.HIGH_PAIRS);
    b2 = a2.blend(a0.rearrange(Exchange.SWAP_2), Exchange.LOW_PAIRS);
    b1 = a1.blend(a3.rearrange(Exchange.SWAP_2), Exchange.HIGH_PAIRS);
    b3 = a3.blend(a1.rearrange(Exchange.SWAP_2), Exchange.LOW_PAIRS);
    b4 = a4.blend(a6.rearrange(Exchange.SWAP_2), Exchange.HIGH_PAIRS);
    b6 = a6.blend(a4.rearrange(Exchange.SWAP_2), Exchange.LOW_PAIRS);
    b5 = a5.blend(a7.rearrange(Exchange.SWAP_2), Exchange.HIGH_PAIRS);
    b7 = a7.blend(a5.rearrange(Exchange.SWAP_2), Exchange.LOW_PAIRS);
    b8 = a8.blend(a10.rearrange(Exchange.SWAP_2), Exchange.HIGH_PAIRS);
    b10 = a10.blend(a8.rearrange(Exchange.SWAP_2), Exchange.LOW_PAIRS);
    b9 = a9.blend(a11.rearrange(Exchange.SWAP_2), Exchange.HIGH_PAIRS);
    b11 = a11.blend(a9.rearrange(Exchange.SWAP_2), Exchange.LOW_PAIRS);
    b12 = a12.blend(a14.rearrange(Exchange.SWAP_2), Exchange.HIGH_PAIRS);
    b14 = a14.blend(a12.rearrange(Exchange.SWAP_2), Exchange.LOW_PAIRS);
    b13 = a13.blend(a15.rearrange(Exchange.SWAP_2), Exchange.HIGH_PAIRS);
    b15 = a15.blend(a13.rearrange(Exchange.SWAP_2), Exchange.LOW_PAIRS);
    b0.blend(b1.rearrange(Exchange.SWAP_1), Exchange.ODD).intoArray(y, q);
    b1.blend(b0.rearrange(Exchange.SWAP_1), Exchange.EVEN).intoArray(y, q + step);
    b2.blend(b3.rearrange(Exchange.SWAP_1), Exchange.ODD).intoArray(y, q + 2 * step);
    b3.blend(b2.rearrange(Exchange.SWAP_1), Exchange.EVEN).intoArray(y, q + 3 * step);
    b4.blend(b5.rearrange(Exchange.SWAP_1), Exchange.ODD).intoArray(y, q + 4 * step);
    b5.blend(b4.rearrange(Exchange.SWAP_1), Exchange.EVEN).intoArray(y, q + 5 * step);
    b6.blend(b7.rearrange(Exchange.SWAP_1), Exchange.ODD).intoArray(y, q + 6 * step);
    b7.blend(b6.rearrange(Exchange.SWAP_1), Exchange.EVEN).intoArray(y, q + 7 * step);
    b8.blend(b9.rearrange(Exchange.SWAP_1), Exchange.ODD).intoArray(y, q + 8 * step);
    b9.blend(b8.rearrange(Exchange.SWAP_1), Exchange.EVEN).intoArray(y, q + 9 * step);
    b10.blend(b11.rearrange(Exchange.SWAP_1), Exchange.ODD).intoArray(y, q + 10 * step);
    b11.blend(b10.rearrange(Exchange.SWAP_1), Exchange.EVEN).intoArray(y, q + 11 * step);
    b12.blend(b13.rearrange(Exchange.SWAP_1), Exchange.ODD).intoArray(y, q + 12 * step);
    b13.blend(b12.rearrange(Exchange.SWAP_1), Exchange.EVEN).intoArray(y, q + 13 * step);
    b14.blend(b15.rearrange(Exchange.SWAP_1), Exchange.ODD).intoArray(y, q + 14 * step);
    b15.blend(b14.rearrange(Exchange.SWAP_1), Exchange.EVEN).intoArray(y, q + 15 * step);
  }
}
