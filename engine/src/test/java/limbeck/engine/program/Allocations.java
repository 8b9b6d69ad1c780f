package limbeck.engine.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.IntConsumer;
import limbeck.engine.exec.AllocatedBytes;

/** What calls allocate once they have been compiled. */
final class Allocations {
  /** How long the compiler may take, with everything else that waits for it. */
  private static final long PATIENCE = 30_000_000_000L;

  private static final int CALLS = 200;

  private Allocations() {}

  /**
   * Calls with numbers from 0 on, until {@value #CALLS} calls allocate nothing: until the compiler
   * has seen a loop often enough, its vectors are objects.
   */
  static void assertNone(IntConsumer call) {
    long id = Thread.currentThread().getId();
    long asking = asking(id);
    long bytes = Long.MAX_VALUE;
    for (long start = System.nanoTime(); bytes > 0 && System.nanoTime() - start < PATIENCE; ) {
      long before = AllocatedBytes.of(id);
      for (int i = 0; i < CALLS; i++) {
        call.accept(i);
      }
      bytes = Math.max(0, AllocatedBytes.of(id) - before - asking);
    }
    assertEquals(0, bytes, "bytes in " + CALLS + " calls");
  }

  /** What asking for allocated bytes allocates itself. */
  private static long asking(long id) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 100; i++) {
      long before = AllocatedBytes.of(id);
      least = Math.min(least, AllocatedBytes.of(id) - before);
    }
    return least;
  }
}
