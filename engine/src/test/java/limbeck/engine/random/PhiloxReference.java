package limbeck.engine.random;

import java.math.BigInteger;

/** Philox4x32-10 as the paper (section 4.3) writes it, in whole numbers of any size. */
final class PhiloxReference {
  private static final BigInteger TWO_32 = BigInteger.ONE.shiftLeft(32);
  private static final BigInteger MULTIPLIER_0 = new BigInteger("D2511F53", 16);
  private static final BigInteger MULTIPLIER_1 = new BigInteger("CD9E8D57", 16);
  private static final BigInteger WEYL_0 = new BigInteger("9E3779B9", 16);
  private static final BigInteger WEYL_1 = new BigInteger("BB67AE85", 16);

  private PhiloxReference() {}

  /** The block of four words under a key (seed) for a counter (stream, block number). */
  static int[] block(long seed, long stream, long number) {
    BigInteger[] c = {low(number), high(number), low(stream), high(stream)};
    BigInteger k0 = low(seed);
    BigInteger k1 = high(seed);
    for (int round = 0; round < 10; round++) {
      BigInteger[] p0 = c[0].multiply(MULTIPLIER_0).divideAndRemainder(TWO_32);
      BigInteger[] p1 = c[2].multiply(MULTIPLIER_1).divideAndRemainder(TWO_32);
      c = new BigInteger[] {p1[0].xor(c[1]).xor(k0), p1[1], p0[0].xor(c[3]).xor(k1), p0[1]};
      k0 = k0.add(WEYL_0).mod(TWO_32);
      k1 = k1.add(WEYL_1).mod(TWO_32);
    }
    return new int[] {c[0].intValue(), c[1].intValue(), c[2].intValue(), c[3].intValue()};
  }

  private static BigInteger low(long value) {
    return BigInteger.valueOf(value & 0xFFFFFFFFL);
  }

  private static BigInteger high(long value) {
    return BigInteger.valueOf(value >>> 32);
  }

  /** Word {@code index} of the sequence of blocks. */
  static int word(Philox p, long index) {
    return block(p.seed(), p.stream(), index >>> 2)[(int) (index & 3)];
  }

  /** Words {@code 2·index} and {@code 2·index + 1} as a whole number, the first word low. */
  static BigInteger pair(Philox p, long index) {
    int[] block = block(p.seed(), p.stream(), index >>> 1);
    int at = 2 * (int) (index & 1);
    return unsigned(block[at + 1]).shiftLeft(32).add(unsigned(block[at]));
  }

  private static BigInteger unsigned(int word) {
    return BigInteger.valueOf(Integer.toUnsignedLong(word));
  }
}
