package limbeck.engine.exec;

/** A pool of threads that share out independent ranges of work. Placeholder: runs inline. */
public final class Workers implements AutoCloseable {
  private static final Workers SHARED = new Workers(1);
  private final int count;

  private Workers(int count) {
    this.count = count;
  }

  /**
   * A pool of {@code count} workers, the caller included: {@code count - 1} threads are started.
   */
  public static Workers of(int count) {
    return new Workers(count);
  }

  /** No threads: everything runs in the caller. */
  public static Workers inline() {
    return new Workers(1);
  }

  /**
   * The process-wide pool, sized by property {@code limbeck.workers}, else by the processors
   * available.
   */
  public static Workers shared() {
    return SHARED;
  }

  /** How many threads work, the caller included. */
  public int count() {
    return count;
  }

  /**
   * Runs {@code body} over units 0 to {@code units}, cut into chunks of {@code unitsPerChunk} (the
   * last may be shorter), and returns when all are done. One chunk, one worker, a call from inside
   * a body, or a pool that another thread is using: inline in the caller, the same chunks in
   * ascending order.
   */
  public void forEach(int units, int unitsPerChunk, RangeBody body) {
    for (int from = 0; from < units; from += unitsPerChunk) {
      body.run(from, Math.min(units, from + unitsPerChunk));
    }
  }

  @Override
  public void close() {}
}
