package limbeck.engine.exec;

/**
 * How work is cut into chunks: by its size and cost alone, never by the number of threads, so that
 * the cut can never show in a result.
 */
public final class Chunks {
  /**
   * Elementary operations that make a chunk worth handing to another thread: these take 3 to 6 µs
   * with vectors, where a hand-off to a thread that still spins takes half of one.
   */
  public static final long OPERATIONS_PER_CHUNK = 1 << 17;

  /** Multiply-adds of a matrix product that take about as long as one elementary operation. */
  public static final int MULTIPLY_ADDS = 2;

  /** So many chunks are enough for all threads: more would only have to be begun and ended. */
  private static final int MOST = 128;

  private Chunks() {}

  /**
   * Units per chunk, for units that cost {@code cost} elementary operations each: chunks of nearly
   * equal size, and more than one only in pairs, so that two threads get the same.
   *
   * @return at least 1
   */
  public static int unitsPerChunk(int units, long cost) {
    long most = Math.min(units, MOST);
    long each = Math.max(1, OPERATIONS_PER_CHUNK / Math.max(1, cost)); // so many are worth it
    long chunks = Math.min(most, units / each);
    chunks += chunks > 1 ? chunks % 2 : 0;
    return (int) Math.max(1, chunks == 0 ? units : (units + chunks - 1) / chunks);
  }
}
