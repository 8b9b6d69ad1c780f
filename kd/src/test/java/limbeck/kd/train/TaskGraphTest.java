package limbeck.kd.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import limbeck.kd.StoppedException;
import limbeck.kd.train.TaskGraph.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TaskGraphTest {
  private final List<String> done = Collections.synchronizedList(new ArrayList<>());

  private Task task(String name, String... after) {
    return new Task(name, List.of(after), () -> done.add(name));
  }

  private static Task task(String name, Callable<?> work) {
    return new Task(name, List.of(), work);
  }

  @Test
  void oneThreadGoesDownTheListAsSoonAsItMay() throws Exception {
    new TaskGraph(List.of(task("d", "c"), task("a"), task("c", "a", "b"), task("b"))).run(1);
    assertEquals(List.of("a", "b", "c", "d"), done);
  }

  @Test
  void manyThreadsKeepTheOrder() throws Exception {
    for (int threads = 2; threads <= 5; threads++) {
      done.clear();
      new TaskGraph(List.of(task("d", "c"), task("a"), task("c", "a", "b"), task("b"), task("e")))
          .run(threads);
      assertEquals(5, done.size());
      assertTrue(done.indexOf("c") > done.indexOf("a"), done.toString());
      assertTrue(done.indexOf("c") > done.indexOf("b"), done.toString());
      assertTrue(done.indexOf("d") > done.indexOf("c"), done.toString());
    }
  }

  @Test
  void tasksRunAtOnce() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    Callable<?> meet =
        () -> {
          both.countDown();
          return done.add(both.await(30, TimeUnit.SECONDS) ? "met" : "missed");
        };
    new TaskGraph(List.of(task("a", meet), task("b", meet))).run(2);
    assertEquals(List.of("met", "met"), done);
  }

  @Test
  void theFirstFailureEndsAll() {
    IOException failure = new IOException("no space");
    Task bad =
        task(
            "bad",
            () -> {
              throw failure;
            });
    TaskGraph graph = new TaskGraph(List.of(bad, task("never")));
    assertSame(failure, assertThrows(IOException.class, () -> graph.run(1)));
    assertTrue(graph.stopping());
    assertEquals(List.of(), done);
  }

  @Test
  void errorsComeThroughToo() {
    Task bad =
        task(
            "bad",
            () -> {
              throw new OutOfMemoryError("too much");
            });
    assertThrows(OutOfMemoryError.class, () -> new TaskGraph(List.of(bad)).run(2));
  }

  @Test
  void stoppedItStartsNoMore() throws Exception {
    TaskGraph[] graph = new TaskGraph[1];
    Task first =
        task(
            "first",
            () -> {
              graph[0].stop();
              return done.add("first");
            });
    graph[0] = new TaskGraph(List.of(first, task("second")));
    graph[0].run(1);
    assertEquals(List.of("first"), done);
  }

  @Test
  void refusesWhatCannotEnd() {
    for (List<Task> bad :
        List.of(
            List.of(task("a", "b"), task("b", "a")),
            List.of(task("a", "a")),
            List.of(task("a", "nobody")),
            List.of(task("a"), task("a")))) {
      assertThrows(IllegalArgumentException.class, () -> new TaskGraph(bad));
    }
  }

  /** Whoever calls frees what the tasks work with, so none may go on behind its back. */
  @Test
  void anInterruptStopsAndWaits() throws Exception {
    CountDownLatch begun = new CountDownLatch(2);
    Thread caller = Thread.currentThread();
    TaskGraph[] graph = new TaskGraph[1];
    Callable<?> untilStopped =
        () -> {
          begun.countDown();
          while (begun.getCount() > 0) {
            Thread.onSpinWait(); // no await: the interrupt is meant for the join
          }
          if (Thread.currentThread() == caller) {
            return null; // ends at once, so that the caller waits for the other
          }
          caller.interrupt();
          while (!graph[0].stopping()) {
            Thread.onSpinWait();
          }
          return done.add("stopped");
        };
    graph[0] = new TaskGraph(List.of(task("a", untilStopped), task("b", untilStopped)));
    graph[0].run(2);
    assertTrue(Thread.interrupted(), "the interrupt must not be lost");
    assertEquals(List.of("stopped"), done);
  }

  @Test
  void aFailureToSaveIsNotHiddenByAStop() {
    CountDownLatch begun = new CountDownLatch(2);
    IOException full = new IOException("disk full");
    TaskGraph[] graph = new TaskGraph[1];
    Callable<?> stops =
        () -> {
          begun.countDown();
          begun.await();
          throw new StoppedException();
        };
    Callable<?> fails =
        () -> {
          begun.countDown();
          while (!graph[0].stopping()) {
            Thread.onSpinWait();
          }
          throw full;
        };
    graph[0] = new TaskGraph(List.of(task("a", stops), task("b", fails)));
    assertSame(full, assertThrows(IOException.class, () -> graph[0].run(2)));
  }
}
