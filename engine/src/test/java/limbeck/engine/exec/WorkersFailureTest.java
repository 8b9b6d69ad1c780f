package limbeck.engine.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens in {@link Workers#forEach} when a body throws or the caller is interrupted. */
class WorkersFailureTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void throwsWhatABodyThrowsAndStaysUsable(int count) {
    try (Workers workers = Workers.of(count)) {
      for (int bad = 0; bad < 40; bad++) {
        int failing = bad;
        IllegalStateException expected = new IllegalStateException("unit " + bad);
        RangeBody body =
            (from, to) -> {
              if (from == failing) {
                throw expected;
              }
            };
        assertSame(
            expected,
            assertThrows(IllegalStateException.class, () -> workers.forEach(40, 1, body)));
        assertEquals(0, expected.getSuppressed().length);
        assertUsable(workers);
      }
    }
  }

  private static void assertUsable(Workers workers) {
    AtomicIntegerArray runs = new AtomicIntegerArray(50);
    workers.forEach(50, 1, (from, to) -> runs.incrementAndGet(from));
    for (int i = 0; i < 50; i++) {
      assertEquals(1, runs.get(i));
    }
  }

  @Test
  void addsOtherFailuresAsSuppressed() {
    try (Workers workers = Workers.of(2)) {
      AtomicInteger arrived = new AtomicInteger();
      RangeBody body =
          (from, to) -> {
            arrived.incrementAndGet();
            Threads.await(() -> arrived.get() >= 2); // so that both have begun before one fails
            throw new IllegalStateException("unit " + from);
          };
      IllegalStateException first =
          assertThrows(IllegalStateException.class, () -> workers.forEach(2, 1, body));
      assertEquals(1, first.getSuppressed().length);
      Set<String> messages =
          new HashSet<>(Set.of(first.getMessage(), first.getSuppressed()[0].getMessage()));
      assertEquals(Set.of("unit 0", "unit 1"), messages);
      assertUsable(workers);
    }
  }

  @Test
  void copesWithOneExceptionObjectThrownTwice() {
    try (Workers workers = Workers.of(2)) {
      IllegalStateException shared = new IllegalStateException("the same");
      AtomicInteger arrived = new AtomicInteger();
      RangeBody body =
          (from, to) -> {
            arrived.incrementAndGet();
            Threads.await(() -> arrived.get() >= 2);
            throw shared;
          };
      assertSame(
          shared, assertThrows(IllegalStateException.class, () -> workers.forEach(2, 1, body)));
      assertEquals(0, shared.getSuppressed().length);
    }
  }

  @Test
  void leavesOutChunksAfterAFailure() {
    try (Workers workers = Workers.of(2)) {
      AtomicInteger runs = new AtomicInteger();
      int chunks = 1_000_000;
      RangeBody body =
          (from, to) -> {
            runs.incrementAndGet();
            Threads.await(() -> runs.get() >= 2);
            throw new IllegalStateException("at once");
          };
      assertThrows(IllegalStateException.class, () -> workers.forEach(chunks, 1, body));
      // each worker stops at its own first failure
      assertEquals(2, runs.get());
    }
  }

  @Test
  void throwsErrorsAndWrapsCheckedExceptions() {
    try (Workers workers = Workers.of(2)) {
      RangeBody overflow = (from, to) -> recurse(from);
      assertThrows(StackOverflowError.class, () -> workers.forEach(8, 1, overflow));
      Exception checked = new Exception("sneaked past the compiler");
      RangeBody sneaky = (from, to) -> WorkersFailureTest.<RuntimeException>sneak(checked);
      IllegalStateException e =
          assertThrows(IllegalStateException.class, () -> workers.forEach(8, 1, sneaky));
      assertSame(checked, e.getCause());
      assertUsable(workers);
    }
  }

  @SuppressWarnings("InfiniteRecursion") // the stack overflows: that is the test
  private static int recurse(int depth) {
    return recurse(depth + 1) + 1;
  }

  @SuppressWarnings("unchecked")
  private static <T extends Exception> void sneak(Exception e) throws T {
    throw (T) e;
  }

  @Test
  void completesInAnInterruptedCallerAndKeepsTheInterrupt() {
    try (Workers workers = Workers.of(3)) {
      Thread caller = Thread.currentThread();
      int[] done = new int[16];
      Thread.currentThread().interrupt();
      workers.forEach(
          16,
          1,
          (from, to) -> {
            if (Thread.currentThread() != caller) {
              Threads.sleep(20); // so that the caller has to wait, first spinning, then parked
            }
            done[from]++;
          });
      assertTrue(Thread.interrupted(), "the interrupt was lost");
      int[] ones = new int[16];
      Arrays.fill(ones, 1);
      assertEquals(Arrays.toString(ones), Arrays.toString(done));
    }
  }

  @Test
  void waitsForAStragglerWithoutLosingAnInterruptThatComesLate() {
    try (Workers workers = Workers.of(2)) {
      Thread caller = Thread.currentThread();
      AtomicInteger begun = new AtomicInteger();
      AtomicInteger ended = new AtomicInteger();
      workers.forEach(
          2,
          1,
          (from, to) -> {
            begun.incrementAndGet();
            Threads.await(() -> begun.get() == 2);
            if (Thread.currentThread() != caller) {
              Threads.sleep(30);
              caller.interrupt();
              Threads.sleep(30);
            }
            ended.incrementAndGet();
          });
      assertEquals(2, ended.get());
      assertTrue(Thread.interrupted(), "the interrupt was lost");
    }
  }
}
