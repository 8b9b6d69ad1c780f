package limbeck.engine.kernel.simd;

/** How the terms of a product are cut for the first-level cache. */
final class Segments {
  /** Longest piece of k: a row panel of so many columns stays in the first-level cache. */
  private static final int LONGEST = 512;

  private Segments() {}

  /** Pieces of nearly equal length into which {@code k} of a block are cut. */
  static int count(int k) {
    return (k + LONGEST - 1) / LONGEST;
  }

  /** Where piece {@code s} of {@link #count} starts. */
  static int start(int s, int k) {
    int count = count(k);
    return count <= 1 ? k * s : (int) ((long) k * s / count); // a division takes 5 ns
  }
}
