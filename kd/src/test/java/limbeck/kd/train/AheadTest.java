package limbeck.kd.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/** Items come as they are, whoever makes them; slow ones are made while the caller does its own. */
class AheadTest {
  private final Map<Long, Thread> makers = new ConcurrentHashMap<>();

  /** Makes the step's square in at least so many nanoseconds, and writes down who did. */
  private LongFunction<Long> squares(long nanos) {
    return step -> {
      long begin = System.nanoTime();
      makers.merge(
          step,
          Thread.currentThread(),
          (a, b) -> {
            throw new IllegalStateException("step " + step + " is made twice");
          });
      while (System.nanoTime() - begin < nanos) {
        Thread.onSpinWait();
      }
      return step * step;
    };
  }

  @Test
  void slowItemsAreMadeByAnotherThreadAfterTheFirst() {
    Ahead<Long> ahead = new Ahead<>(squares(2 * Ahead.WORTHWHILE_NANOS), 20, 2);
    for (long step = 0; step < 20; step++) {
      assertEquals(step * step, ahead.get(step));
    }
    assertSame(Thread.currentThread(), makers.get(0L));
    for (long step = 1; step < 20; step++) {
      assertNotEquals(Thread.currentThread(), makers.get(step));
      assertTrue(makers.get(step).isDaemon());
    }
    assertTrue(ahead.cpuSeconds() >= 0 || Double.isNaN(CpuTime.ofThisThread()));
  }

  /** A thread may lose its processor in the middle of anything, but hardly each time. */
  @Test
  void quickItemsAreMadeByTheCaller() {
    Ahead<Long> ahead = new Ahead<>(squares(0), 10_000, 2);
    for (long step = 0; step < 10_000; step++) {
      assertEquals(step * step, ahead.get(step));
    }
    long own = makers.values().stream().filter(Thread.currentThread()::equals).count();
    assertTrue(own > 5_000, own + " of 10000");
  }

  @Test
  void oneProcessorMakesAllInTheCaller() {
    Ahead<Long> ahead = new Ahead<>(squares(2 * Ahead.WORTHWHILE_NANOS), 5, 1);
    for (long step = 0; step < 5; step++) {
      assertEquals(step * step, ahead.get(step));
      assertSame(Thread.currentThread(), makers.get(step));
    }
  }

  @Test
  void noItemIsMadeBeyondTheEnd() {
    Ahead<Long> ahead = new Ahead<>(squares(2 * Ahead.WORTHWHILE_NANOS), 3, 2);
    ahead.get(1);
    ahead.get(2);
    assertEquals(9, ahead.get(3)); // by the caller
    assertSame(Thread.currentThread(), makers.get(3L));
    assertEquals(3, makers.size());
  }

  @Test
  void whoResumesElsewhereGetsThatStep() {
    Ahead<Long> ahead = new Ahead<>(squares(2 * Ahead.WORTHWHILE_NANOS), 100, 2);
    ahead.get(0);
    assertEquals(49, ahead.get(7));
    assertEquals(64, ahead.get(8));
  }

  @Test
  void aFailureComesAtItsOwnStepAndNotBefore() {
    LongFunction<Long> squares = squares(2 * Ahead.WORTHWHILE_NANOS);
    Ahead<Long> ahead =
        new Ahead<>(
            step -> {
              if (step % 2 == 1) {
                throw new IllegalArgumentException("step " + step);
              }
              return squares.apply(step);
            },
            10,
            2);
    assertEquals(0, ahead.get(0));
    assertEquals(
        "step 1", assertThrows(IllegalArgumentException.class, () -> ahead.get(1)).getMessage());
    assertEquals(4, ahead.get(2));
    assertEquals(16, ahead.get(4)); // nobody wanted step 3
  }

  @Test
  void anInterruptNeitherEndsNorLosesAnItem() {
    Ahead<Long> ahead = new Ahead<>(squares(5_000_000), 10, 2);
    ahead.get(0);
    Thread.currentThread().interrupt();
    assertEquals(1, ahead.get(1));
    assertTrue(Thread.interrupted());
  }
}
