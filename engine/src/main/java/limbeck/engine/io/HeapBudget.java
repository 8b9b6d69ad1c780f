package limbeck.engine.io;

/**
 * Memory that reading one file may take: half of the heap. A reader asks before it takes what a
 * file only claims to need, so that a small file, or a small zipped one, that claims much is
 * refused, and a large one that is honest is told apart from a broken heap.
 */
public final class HeapBudget {
  private final String source;
  private final long limit = Runtime.getRuntime().maxMemory() / 2;
  private long taken;

  /**
   * A budget of which nothing is taken.
   *
   * @param source what errors begin with: format and file
   */
  public HeapBudget(String source) {
    this.source = source;
  }

  /**
   * Takes so much.
   *
   * @throws FormatException if that is more than is left
   */
  public void take(long bytes) throws FormatException {
    if (bytes < 0 || bytes > limit - taken) {
      throw new FormatException(
          source
              + ": needs more than "
              + (limit >> 20)
              + " MiB of memory, half of the heap; raise it with -Xmx");
    }
    taken += bytes;
  }

  /** How much may still be taken. */
  public long left() {
    return limit - taken;
  }
}
