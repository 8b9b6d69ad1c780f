package limbeck.engine.exec;

/** One turn of a waiting loop. */
final class Spin {
  private static final int TURNS_PER_YIELD = 32;

  private Spin() {}

  /**
   * Waits a few cycles; every 32nd turn, about a microsecond, lets another thread have the
   * processor. On a busy machine the thread waited for may be queued for this very processor.
   */
  @SuppressWarnings("ThreadPriorityCheck") // a matter of speed alone
  static void turn(int turn) {
    if (turn % TURNS_PER_YIELD == TURNS_PER_YIELD - 1) {
      Thread.yield();
    } else {
      Thread.onSpinWait();
    }
  }
}
