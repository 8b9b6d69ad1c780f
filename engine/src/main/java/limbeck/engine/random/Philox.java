package limbeck.engine.random;

import java.util.Objects;

/**
 * Philox4x32-10, a counter-based random number generator: every value is a function of seed, stream
 * and index, so it does not matter who draws it, in which order, or on how many threads. Immutable.
 *
 * <p>The generator maps a counter of 128 bits, under a key of 64, to a block of four 32-bit words.
 * The key is the seed; the upper half of the counter is the stream; the lower half is the block
 * number. Word order is low before high. So two generators of one seed and different streams never
 * share a counter, and each has 2⁶⁴ blocks.
 *
 * <p>Which words an index uses: {@link #bits} and {@link #uniform} one word, word {@code index mod
 * 4} of block {@code index / 4} (the index read as unsigned); {@link #uniformDouble} and {@link
 * #below} two, words {@code 2·index} and {@code 2·index + 1} in that numbering; {@link #normal} the
 * four words of block {@code index / 2}, shared by an even index and the odd one after it. Draws of
 * different kinds from the same generator therefore overlap: use one {@link #stream(long)
 * sub-stream} per purpose.
 *
 * <p>Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, Parallel random numbers: as easy
 * as 1, 2, 3, SC 2011.
 *
 * @param seed the key; any value is as good as any other
 * @param stream which of the 2⁶⁴ sequences of the seed
 */
public record Philox(long seed, long stream) {
  static final int ROUNDS = 10;
  static final long MULTIPLIER_0 = 0xD2511F53L;
  static final long MULTIPLIER_1 = 0xCD9E8D57L;

  /** Added to the key words after each round: the golden ratio and √3 − 1, as fractions of 2³². */
  static final int WEYL_0 = 0x9E3779B9;

  static final int WEYL_1 = 0xBB67AE85;
  static final long WORD = 0xFFFFFFFFL;

  /** Stream 0 of a seed. */
  public Philox(long seed) {
    this(seed, 0);
  }

  /**
   * A generator of the same seed for one purpose, epoch, layer and so on. Its stream number is the
   * first two words of block {@code sub} of the generator with the complement of this seed and this
   * stream: different for every path of numbers from the root, but for chance (1 in 2⁶⁴ for a
   * pair).
   */
  public Philox stream(long sub) {
    return new Philox(seed, half(~seed, stream, sub, 0));
  }

  /** 32 random bits. */
  public int bits(long index) {
    long half = half(seed, stream, index >>> 2, (int) (index >>> 1) & 1);
    return (int) ((index & 1) == 0 ? half : half >>> 32);
  }

  /** A multiple of 2⁻²⁴, uniform in [0, 1). */
  public float uniform(long index) {
    return (bits(index) >>> 8) * 0x1p-24f;
  }

  /** A multiple of 2⁻⁵³, uniform in [0, 1). */
  public double uniformDouble(long index) {
    return fraction(pair(index));
  }

  /**
   * A number from 0 to {@code bound - 1}. The probability of each differs from 1/bound by less than
   * 2⁻⁶⁴: no experiment can tell.
   *
   * @throws IllegalArgumentException if bound is below 1
   */
  public int below(long index, int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("below: the bound must be at least 1, was " + bound);
    }
    // ⌊pair · bound / 2⁶⁴⌋ with the pair unsigned; nothing overflows because bound < 2³¹
    long pair = pair(index);
    long low = ((pair & WORD) * bound) >>> 32;
    return (int) (((pair >>> 32) * bound + low) >>> 32);
  }

  /**
   * A number from the normal distribution of mean 0 and standard deviation 1; its magnitude is at
   * most 8.6. By the method of Box and Muller (1958) in double arithmetic, of operations whose bits
   * are the same on every JVM.
   */
  public double normal(long index) {
    double u =
        1 - fraction(half(seed, stream, index >>> 1, 0)); // in (0, 1]: the logarithm is finite
    double turns = fraction(half(seed, stream, index >>> 1, 1));
    double radius = Math.sqrt(-2 * StrictMath.log(u));
    return radius * ((index & 1) == 0 ? Turn.cosine(turns) : Turn.sine(turns));
  }

  /**
   * Fills with the numbers 0 to {@code out.length - 1} in random order, a function of seed, stream
   * and length: the shuffle of Fisher and Yates, which for i = length − 1 down to 1 swaps element i
   * with element {@code below(i, i + 1)}.
   */
  public void permutation(int[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = i;
    }
    for (int i = out.length - 1; i > 0; i--) {
      int j = below(i, i + 1);
      int swapped = out[i];
      out[i] = out[j];
      out[j] = swapped;
    }
  }

  /**
   * Writes the words of consecutive blocks, {@code n} in all: element {@code from + i} becomes word
   * {@code i mod 4} of block {@code firstCounter + i / 4}, which is {@code bits(4·firstCounter +
   * i)} for block numbers below 2⁶². Several times faster than {@link #bits}; allocates only a
   * thread's first time.
   *
   * @throws IndexOutOfBoundsException if the range leaves the array
   */
  public void fill(int[] out, int from, int n, long firstCounter) {
    Objects.checkFromIndexSize(from, n, out.length);
    int tiled = n - n % PhiloxTile.WORDS;
    if (tiled > 0) {
      PhiloxTile.fill(this, out, from, tiled, firstCounter);
    }
    for (int i = tiled; i < n; i += 4) {
      long block = firstCounter + i / 4;
      put(half(seed, stream, block, 0), out, from + i, Math.min(2, n - i));
      put(half(seed, stream, block, 1), out, from + i + 2, Math.min(2, n - i - 2));
    }
  }

  private static void put(long pair, int[] out, int at, int n) {
    if (n > 0) {
      out[at] = (int) pair;
    }
    if (n > 1) {
      out[at + 1] = (int) (pair >>> 32);
    }
  }

  private long pair(long index) {
    return half(seed, stream, index >>> 1, (int) index & 1);
  }

  private static double fraction(long bits) {
    return (bits >>> 11) * 0x1p-53;
  }

  /** Words 0 and 1 (which = 0) or 2 and 3 (which = 1) of a block, the first in the low half. */
  private static long half(long key, long upper, long lower, int which) {
    long c0 = lower & WORD;
    long c1 = lower >>> 32;
    long c2 = upper & WORD;
    long c3 = upper >>> 32;
    int k0 = (int) key;
    int k1 = (int) (key >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long p0 = MULTIPLIER_0 * c0;
      long p1 = MULTIPLIER_1 * c2;
      c0 = (p1 >>> 32) ^ c1 ^ (k0 & WORD);
      c1 = p1 & WORD;
      c2 = (p0 >>> 32) ^ c3 ^ (k1 & WORD);
      c3 = p0 & WORD;
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
    return which == 0 ? (c1 << 32) | c0 : (c3 << 32) | c2;
  }
}
