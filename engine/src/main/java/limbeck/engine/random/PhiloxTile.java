package limbeck.engine.random;

/**
 * Philox on 256 counters at a time: every round is one plain loop over all of them, which the
 * compiler turns into vector instructions by itself.
 */
final class PhiloxTile {
  private static final int BLOCKS = 256;

  /** Words in a tile. */
  static final int WORDS = 4 * BLOCKS;

  // The four words of all counters, one plane after the other. In one array, because with four the
  // compiler cannot know that they do not overlap.
  private static final int C0 = 0;
  private static final int C1 = BLOCKS;
  private static final int C2 = 2 * BLOCKS;
  private static final int C3 = 3 * BLOCKS;

  /** A plain array per thread: nothing in it refers to a class of ours. */
  private static final ThreadLocal<long[]> SCRATCH = ThreadLocal.withInitial(() -> new long[WORDS]);

  private PhiloxTile() {}

  /** {@link Philox#fill} for {@code n} a multiple of {@link #WORDS}. */
  static void fill(Philox philox, int[] out, int from, int n, long firstCounter) {
    long[] x = SCRATCH.get();
    for (int i = 0; i < n; i += WORDS) {
      counters(x, firstCounter + i / 4, philox.stream());
      rounds(x, philox.seed());
      interleave(x, out, from + i);
    }
  }

  private static void counters(long[] x, long first, long stream) {
    for (int i = 0; i < BLOCKS; i++) {
      long counter = first + i;
      x[C0 + i] = counter & Philox.WORD;
      x[C1 + i] = counter >>> 32;
      x[C2 + i] = stream & Philox.WORD;
      x[C3 + i] = stream >>> 32;
    }
  }

  private static void rounds(long[] x, long seed) {
    int k0 = (int) seed;
    int k1 = (int) (seed >>> 32);
    for (int round = 0; round < Philox.ROUNDS; round++) {
      round(x, k0 & Philox.WORD, k1 & Philox.WORD);
      k0 += Philox.WEYL_0;
      k1 += Philox.WEYL_1;
    }
  }

  private static void round(long[] x, long k0, long k1) {
    for (int i = 0; i < BLOCKS; i++) {
      long p0 = Philox.MULTIPLIER_0 * x[C0 + i];
      long p1 = Philox.MULTIPLIER_1 * x[C2 + i];
      x[C0 + i] = (p1 >>> 32) ^ x[C1 + i] ^ k0;
      x[C1 + i] = p1 & Philox.WORD;
      x[C2 + i] = (p0 >>> 32) ^ x[C3 + i] ^ k1;
      x[C3 + i] = p0 & Philox.WORD;
    }
  }

  private static void interleave(long[] x, int[] out, int at) {
    for (int i = 0; i < BLOCKS; i++) {
      out[at + 4 * i] = (int) x[C0 + i];
      out[at + 4 * i + 1] = (int) x[C1 + i];
      out[at + 4 * i + 2] = (int) x[C2 + i];
      out[at + 4 * i + 3] = (int) x[C3 + i];
    }
  }
}
