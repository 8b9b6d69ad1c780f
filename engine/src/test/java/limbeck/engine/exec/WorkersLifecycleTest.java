package limbeck.engine.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Threads of {@link Workers} from start to end, what they keep alive, and what a call allocates.
 */
class WorkersLifecycleTest {
  /**
   * A region that cannot end before every worker has run a chunk of it; of so many chunks that all
   * are called, even on fewer processors.
   */
  private static Set<Thread> meetAll(Workers workers) {
    Set<Thread> met = ConcurrentHashMap.newKeySet();
    workers.forEach(
        4 * workers.count(),
        1,
        (from, to) -> {
          met.add(Thread.currentThread());
          Threads.await(() -> met.size() == workers.count());
        });
    return met;
  }

  @Test
  void startsDaemonsOnFirstUse() {
    try (Workers workers = Workers.of(3)) {
      assertEquals(List.of(), Threads.of(workers));
      Set<Thread> met = meetAll(workers);
      List<WorkerThread> threads = Threads.of(workers);
      assertEquals(2, threads.size());
      for (WorkerThread thread : threads) {
        assertTrue(met.contains(thread));
        assertTrue(thread.isDaemon());
        assertNull(thread.getContextClassLoader());
      }
      assertEquals(
          Set.of("limbeck-worker-1", "limbeck-worker-2"),
          Set.of(threads.get(0).getName(), threads.get(1).getName()));
    }
  }

  @Test
  void listsItsOwnLivingThreads() {
    Workers workers = Workers.of(3);
    assertEquals(List.of(), workers.threads(), "before the first use");
    Set<Thread> met = meetAll(workers);
    List<Thread> listed = workers.threads();
    assertEquals(
        List.of("limbeck-worker-1", "limbeck-worker-2"),
        listed.stream().map(Thread::getName).toList());
    met.remove(Thread.currentThread());
    assertEquals(met, Set.copyOf(listed));
    workers.close();
    assertEquals(List.of(), workers.threads(), "after the end");
    assertEquals(List.of(), Workers.inline().threads());
  }

  @Test
  void listsNoThreadThatHasRetired() {
    try (Workers workers = new Workers(3, 1_000_000)) {
      Set<Thread> retired = meetAll(workers);
      Threads.await(() -> workers.threads().isEmpty());
      assertEquals(List.of(), Threads.of(workers));
      assertEquals(3, meetAll(workers).size());
      assertTrue(workers.threads().stream().noneMatch(retired::contains));
    }
  }

  @Test
  void endsThreadsOnCloseAndThenRunsInline() {
    Workers workers = Workers.of(4);
    Set<Thread> met = meetAll(workers);
    workers.close();
    for (Thread thread : met) {
      assertTrue(thread == Thread.currentThread() || !thread.isAlive());
    }
    workers.forEach(
        20, 1, (from, to) -> assertFalse(Thread.currentThread() instanceof WorkerThread));
    workers.close();
    assertEquals(List.of(), Threads.of(workers));
    assertEquals(4, workers.count());
  }

  @Test
  void closesParkedAndUnusedPools() {
    Workers unused = Workers.of(2);
    unused.close();
    Workers parked = Workers.of(2);
    Set<Thread> met = meetAll(parked);
    met.remove(Thread.currentThread());
    Thread worker = met.iterator().next();
    Threads.await(() -> worker.getState() == Thread.State.TIMED_WAITING);
    parked.close();
    assertFalse(worker.isAlive());
  }

  @Test
  void closesFromAnotherThreadAfterTheWorkInProgress() {
    Workers workers = Workers.of(2);
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    Thread user =
        Threads.start(
            () ->
                workers.forEach(
                    2,
                    1,
                    (from, to) -> {
                      begun.incrementAndGet();
                      Threads.await(() -> begun.get() == 2);
                      Threads.sleep(50);
                      done.incrementAndGet();
                    }));
    Threads.await(() -> begun.get() == 2);
    workers.close();
    assertEquals(2, done.get());
    Threads.joinAll(List.of(user));
  }

  @Test
  void refusesToCloseFromInsideItsOwnBody() {
    try (Workers workers = Workers.of(2)) {
      AtomicInteger refused = new AtomicInteger();
      Set<Thread> met = ConcurrentHashMap.newKeySet();
      workers.forEach(
          2,
          1,
          (from, to) -> {
            met.add(Thread.currentThread());
            Threads.await(() -> met.size() == 2);
            assertThrows(IllegalStateException.class, workers::close);
            refused.incrementAndGet();
          });
      assertEquals(2, refused.get());
      assertEquals(2, meetAll(workers).size());
    }
  }

  @Test
  void retiresIdleThreadsAndStartsNewOnes() {
    try (Workers workers = new Workers(3, 1_000_000)) {
      for (int i = 0; i < 5; i++) {
        assertEquals(3, meetAll(workers).size());
        Threads.await(() -> Threads.of(workers).isEmpty());
      }
    }
  }

  @Test
  void losesNoWorkWhileThreadsRetire() {
    // threads retire after 20 µs, about the time between regions
    try (Workers workers = new Workers(2, 20_000)) {
      AtomicInteger units = new AtomicInteger();
      for (int i = 0; i < 300; i++) {
        workers.forEach(4, 1, (from, to) -> units.incrementAndGet());
        Threads.sleep(i % 2);
      }
      assertEquals(1200, units.get());
      assertEquals(2, meetAll(workers).size());
    }
  }

  @Test
  void forgetsTheBody() {
    try (Workers workers = Workers.of(2)) {
      WeakReference<Object> held = runHolding(workers);
      Threads.await(
          () -> {
            System.gc();
            return held.get() == null;
          });
      assertNull(held.get());
    }
  }

  private static WeakReference<Object> runHolding(Workers workers) {
    Object big = new Object();
    workers.forEach(8, 1, (from, to) -> assertTrue(big.hashCode() == big.hashCode()));
    return new WeakReference<>(big);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void allocatesNothingPerCall(int count) {
    try (Workers workers = Workers.of(count)) {
      int[] sums = new int[64];
      RangeBody body =
          (from, to) -> {
            for (int i = from; i < to; i++) {
              sums[i]++;
            }
          };
      meetAll(workers);
      callOften(workers, body, 20_000);
      long[] ids = new long[count];
      ids[0] = Thread.currentThread().getId();
      List<WorkerThread> threads = Threads.of(workers);
      for (int i = 1; i < count; i++) {
        ids[i] = threads.get(i - 1).getId();
      }
      // Asking allocates, and the compiler may take a turn in between. A single object of 16 bytes
      // per
      // call would make 160,000.
      long before = AllocatedBytes.of(ids);
      callOften(workers, body, 10_000);
      long bytes = AllocatedBytes.of(ids) - before;
      assertTrue(bytes < 10_000, bytes + " bytes in 10000 calls");
      assertEquals(30_000, sums[63]);
    }
  }

  private static void callOften(Workers workers, RangeBody body, int times) {
    for (int i = 0; i < times; i++) {
      workers.forEach(64, 4, body);
    }
  }

  @Test
  void sharesOnePool() {
    assertSame(Workers.shared(), Workers.shared());
    assertSame(Workers.inline(), Workers.inline());
    assertEquals(1, Workers.inline().count());
  }

  @Test
  void sizesTheSharedPoolByProperty() {
    assertEquals(6, Workers.sizeOf(null, 6));
    assertEquals(6, Workers.sizeOf(" ", 6));
    assertEquals(3, Workers.sizeOf("3", 6));
    assertEquals(1, Workers.sizeOf(" 1 ", 6));
    for (String bad : List.of("0", "-1", "4097", "two", "2.0", "99999999999")) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> Workers.sizeOf(bad, 6)).getMessage();
      assertEquals(
          "property limbeck.workers must be an integer from 1 to 4096 (1 runs everything in"
              + " the caller), was \""
              + bad
              + "\"",
          message);
    }
  }
}
