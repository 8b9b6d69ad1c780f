package limbeck.engine.exec;

/**
 * How work is cut into chunks: by its size and cost alone, never by the number of threads, so that
 * the cut can never show in a result.
 */
public final class Chunks {
  /**
   * Elementary operations that make a chunk worth handing to another thread. A hand-off costs 5 to
   * 20 µs; this many operations take about 50 µs.
   */
  public static final long OPERATIONS_PER_CHUNK = 1 << 18;

  private Chunks() {}

  /**
   * Units per chunk for units that cost {@code cost} elementary operations each.
   *
   * @return at least 1
   */
  public static int unitsPerChunk(long cost) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, OPERATIONS_PER_CHUNK / Math.max(1, cost)));
  }
}
