package limbeck.engine.exec;

/**
 * How work is cut into chunks: by its size and cost alone, never by the number of threads, so that
 * the cut can never show in a result.
 */
public final class Chunks {
  /**
   * Elementary operations that make a chunk worth handing to another thread: these take a
   * microsecond or two with vectors, where a hand-off to a thread that still spins takes half of
   * one, and numbers that another thread has written take longer to fetch than one's own.
   */
  public static final long OPERATIONS_PER_CHUNK = 1 << 15;

  /** Multiply-adds of a matrix product that take about as long as one elementary operation. */
  public static final int MULTIPLY_ADDS = 2;

  /** So many chunks are enough for all threads: more would only have to be begun and ended. */
  private static final int MOST = 128;

  /** Units of a chunk from which on they are elements, mostly, which kernels take by vectors. */
  private static final int FINE = 1 << 8;

  private static final int LANES = 16;

  private Chunks() {}

  /** How many of so many threads have a chunk's worth to do in work of this cost: 1 at least. */
  public static int threads(int threads, long cost) {
    return (int) Math.max(1, Math.min(threads, cost / OPERATIONS_PER_CHUNK));
  }

  /**
   * Units per chunk, for units that cost {@code cost} elementary operations each: chunks of nearly
   * equal size, and more than one only in pairs, so that two threads get the same; where they are
   * many, of a multiple of 16 units.
   *
   * @return at least 1
   */
  public static int unitsPerChunk(int units, long cost) {
    long most = Math.min(units, MOST);
    long each = Math.max(1, OPERATIONS_PER_CHUNK / Math.max(1, cost)); // so many are worth it
    long chunks = Math.min(most, units / each);
    chunks += chunks > 1 ? chunks % 2 : 0;
    long size = chunks == 0 ? units : (units + chunks - 1) / chunks;
    return (int) Math.max(1, size < FINE ? size : (size + LANES - 1) / LANES * LANES);
  }
}
