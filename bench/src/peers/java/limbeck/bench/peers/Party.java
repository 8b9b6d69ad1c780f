package limbeck.bench.peers;

/** Somebody who does tasks: ourselves or a peer. */
public interface Party {
  /** As it is called in tables. */
  String name();

  /** Whether it can do this at all. */
  boolean can(Task t);

  /**
   * Gets ready; {@link Job#milliseconds} is what is timed.
   *
   * @throws Exception if it cannot
   */
  Job start(Task t) throws Exception;

  /** Something to do again and again. */
  interface Job extends AutoCloseable {
    /** Runs before a measurement: others had the caches. */
    int WARM_UP_RUNS = 3;

    /** Does it once. */
    void run();

    /** Milliseconds of a run, the mean over as many as {@code seconds} take. */
    default double milliseconds(double seconds) {
      for (int i = 0; i < WARM_UP_RUNS; i++) {
        run();
      }
      long start = System.nanoTime();
      long runs = 0;
      do {
        run();
        runs++;
      } while (System.nanoTime() - start < seconds * 1e9);
      return (System.nanoTime() - start) * 1e-6 / runs;
    }

    /** Lets go of memory. */
    @Override
    default void close() {}
  }
}
