package limbeck.engine.exec;

/** Work on a range of units, none of which depends on another. */
@FunctionalInterface
public interface RangeBody {
  /**
   * Does units {@code from} (inclusive) to {@code to} (exclusive). Called from several threads at
   * once.
   */
  void run(int from, int to);
}
