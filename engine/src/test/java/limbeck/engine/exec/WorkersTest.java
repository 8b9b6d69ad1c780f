package limbeck.engine.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link Workers#forEach} promises: every unit once, the cut, nesting, lifecycle, sizes. */
class WorkersTest {
  private static final int[] UNITS = {0, 1, 2, 3, 7, 8, 9, 31, 64, 100, 1000, 4097};
  private static final int[] PER_CHUNK = {1, 2, 3, 7, 16, 1000, Integer.MAX_VALUE};

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void runsEveryUnitOnce(int count) {
    try (Workers workers = Workers.of(count)) {
      assertEquals(count, workers.count());
      for (int units : UNITS) {
        for (int perChunk : PER_CHUNK) {
          assertEveryUnitOnce(workers, units, perChunk);
        }
      }
    }
  }

  private static void assertEveryUnitOnce(Workers workers, int units, int perChunk) {
    AtomicIntegerArray runs = new AtomicIntegerArray(units);
    Set<String> chunks = ConcurrentHashMap.newKeySet();
    workers.forEach(
        units,
        perChunk,
        (from, to) -> {
          chunks.add(from + ".." + to);
          for (int i = from; i < to; i++) {
            runs.incrementAndGet(i);
          }
        });
    for (int i = 0; i < units; i++) {
      assertEquals(1, runs.get(i), "unit " + i + " of " + units + " in chunks of " + perChunk);
    }
    Set<String> expected = ConcurrentHashMap.newKeySet();
    for (long from = 0; from < units; from += perChunk) {
      expected.add(from + ".." + Math.min(units, from + perChunk));
    }
    assertEquals(expected, chunks);
  }

  @Test
  void countsToTheLargestNumbers() {
    int[] last = new int[1];
    Workers.inline().forEach(Integer.MAX_VALUE, 1 << 30, (from, to) -> last[0] = to);
    assertEquals(Integer.MAX_VALUE, last[0]);
  }

  @Test
  void runsInlineInAscendingOrder() {
    Thread me = Thread.currentThread();
    List<Integer> starts = new ArrayList<>();
    Workers.inline()
        .forEach(
            10,
            3,
            (from, to) -> {
              assertSame(me, Thread.currentThread());
              starts.add(from);
            });
    assertEquals(List.of(0, 3, 6, 9), starts);
  }

  @Test
  void runsOneChunkInTheCallerAndStartsNoThread() {
    try (Workers workers = Workers.of(3)) {
      AtomicReference<Thread> by = new AtomicReference<>();
      workers.forEach(5, 5, (from, to) -> by.set(Thread.currentThread()));
      assertSame(Thread.currentThread(), by.get());
      assertEquals(0, Threads.of(workers).size());
    }
  }

  @Test
  void runsNestedCallsInlineInTheirOwnThread() {
    try (Workers workers = Workers.of(4)) {
      AtomicIntegerArray runs = new AtomicIntegerArray(64 * 16);
      workers.forEach(
          64,
          1,
          (from, to) -> {
            Thread outer = Thread.currentThread();
            workers.forEach(
                16,
                3,
                (a, b) -> {
                  assertSame(outer, Thread.currentThread());
                  for (int i = a; i < b; i++) {
                    runs.incrementAndGet(from * 16 + i);
                  }
                });
          });
      for (int i = 0; i < runs.length(); i++) {
        assertEquals(1, runs.get(i));
      }
    }
  }

  @Test
  void runsABodyOfOnePoolOnAnother() {
    try (Workers outer = Workers.of(2);
        Workers inner = Workers.of(2)) {
      AtomicIntegerArray runs = new AtomicIntegerArray(200 * 10);
      outer.forEach(
          200,
          1,
          (from, to) ->
              inner.forEach(
                  10,
                  1,
                  (a, b) -> {
                    outer.forEach(2, 1, (x, y) -> runs.addAndGet(from * 10 + a, y));
                  }));
      for (int i = 0; i < runs.length(); i++) {
        assertEquals(1 + 2, runs.get(i));
      }
    }
  }

  @Test
  void showsWhatBodiesWroteToTheCallerAndToLaterBodies() {
    try (Workers workers = Workers.of(4)) {
      int n = 512;
      int[] values = new int[n]; // plain: neither volatile nor atomic
      int rounds = 2000;
      for (int round = 0; round < rounds; round++) {
        int shift = round % n;
        workers.forEach(
            n,
            8,
            (from, to) -> {
              for (int i = from; i < to; i++) {
                values[(i + shift) % n]++; // another chunk, and mostly another thread, each round
              }
            });
        int expected = round + 1;
        for (int i = 0; i < n; i++) {
          assertEquals(expected, values[i]);
        }
      }
    }
  }

  @Test
  void stealsFromAWorkerThatIsHeldUp() {
    try (Workers workers = Workers.of(2)) {
      // The first chunk of each thread waits for the other thread to have begun; the caller's then
      // waits until all others are done. That ends only if the rest of the caller's half is stolen.
      Thread caller = Thread.currentThread();
      Set<Thread> begun = ConcurrentHashMap.newKeySet();
      AtomicInteger done = new AtomicInteger();
      workers.forEach(
          16,
          1,
          (from, to) -> {
            begun.add(Thread.currentThread());
            Threads.await(() -> begun.size() == 2);
            if (Thread.currentThread() == caller) {
              Threads.await(() -> done.get() == 15);
            }
            done.incrementAndGet();
          });
      assertEquals(16, done.get());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 8})
  void survivesManyTinyRegions(int count) {
    try (Workers workers = Workers.of(count)) {
      AtomicIntegerArray sum = new AtomicIntegerArray(1);
      RangeBody body = (from, to) -> sum.addAndGet(0, to - from);
      int regions = 100_000;
      for (int i = 0; i < regions; i++) {
        workers.forEach(1 + i % 9, 1, body);
      }
      int expected = 0;
      for (int i = 0; i < regions; i++) {
        expected += 1 + i % 9;
      }
      assertEquals(expected, sum.get(0));
    }
  }

  @Test
  void servesConcurrentCallers() {
    int callers = 4;
    int regions = 2000;
    int units = 40;
    try (Workers workers = Workers.of(3)) {
      int[][] values = new int[callers][units];
      List<Thread> threads = new ArrayList<>();
      for (int[] own : values) {
        threads.add(Threads.start(() -> addOnes(workers, own, regions)));
      }
      Threads.joinAll(threads);
      for (int[] own : values) {
        for (int value : own) {
          assertEquals(regions, value);
        }
      }
    }
  }

  private static void addOnes(Workers workers, int[] values, int times) {
    for (int i = 0; i < times; i++) {
      workers.forEach(
          values.length,
          3,
          (from, to) -> {
            for (int j = from; j < to; j++) {
              values[j]++;
            }
          });
    }
  }

  @Test
  void rejectsSenselessArguments() {
    Workers workers = Workers.inline();
    RangeBody body = (from, to) -> {};
    assertThrows(IllegalArgumentException.class, () -> workers.forEach(-1, 1, body));
    assertThrows(IllegalArgumentException.class, () -> workers.forEach(1, 0, body));
    assertThrows(NullPointerException.class, () -> workers.forEach(1, 1, null));
    assertThrows(IllegalArgumentException.class, () -> Workers.of(0));
    assertThrows(IllegalArgumentException.class, () -> Workers.of(4097));
  }
}
