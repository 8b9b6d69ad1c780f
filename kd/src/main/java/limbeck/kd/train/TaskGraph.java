package limbeck.kd.train;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import limbeck.kd.StoppedException;

/**
 * Tasks that wait for one another, run by a few threads. A ready task is taken in the order of the
 * list, so put long ones first. The first failure stops the others at their next look at {@link
 * #stopping()}.
 */
public final class TaskGraph {
  /**
   * A piece of work.
   *
   * @param name unique
   * @param after names of tasks that must be finished before
   * @param work may throw
   */
  public record Task(String name, List<String> after, Callable<?> work) {}

  private final List<Task> waiting;
  private final Set<String> finished = new HashSet<>();
  private int running;
  private Throwable failure;
  private boolean stop;

  /**
   * A graph of tasks.
   *
   * @throws IllegalArgumentException if names repeat, or a task waits for one that is not there, or
   *     tasks wait for one another in a circle
   */
  public TaskGraph(List<Task> tasks) {
    waiting = new ArrayList<>(tasks);
    checkNames(tasks);
    List<Task> open = new ArrayList<>(tasks);
    Set<String> reached = new HashSet<>();
    while (open.removeIf(task -> reached.containsAll(task.after()) && reached.add(task.name()))) {}
    if (!open.isEmpty()) {
      throw new IllegalArgumentException(
          "task " + open.get(0).name() + " waits for itself, in a circle");
    }
  }

  private static void checkNames(List<Task> tasks) {
    Set<String> names = new HashSet<>();
    for (Task task : tasks) {
      if (!names.add(task.name())) {
        throw new IllegalArgumentException("two tasks are called " + task.name());
      }
    }
    for (Task task : tasks) {
      for (String other : task.after()) {
        if (!names.contains(other)) {
          throw new IllegalArgumentException(
              "task " + task.name() + " waits for " + other + ", which is not there");
        }
      }
    }
  }

  /** Asks running tasks to end early, and starts no more. */
  public synchronized void stop() {
    stop = true;
    notifyAll();
  }

  /** Whether tasks should end early. */
  public synchronized boolean stopping() {
    return stop || failure != null;
  }

  /** How many tasks are running. */
  public synchronized int running() {
    return running;
  }

  /**
   * Runs everything and returns when nothing runs any more. An interrupt of the caller counts as
   * {@link #stop}.
   *
   * @param threads how many tasks may run at once, the caller's thread included
   * @throws Exception the first failure
   */
  public void run(int threads) throws Exception {
    List<Thread> others = new ArrayList<>();
    for (int i = 1; i < threads; i++) {
      Thread t = new Thread(this::work, "limbeck-task-" + i);
      t.setDaemon(true);
      t.start();
      others.add(t);
    }
    work();
    joinAll(others);
    if (failure instanceof Exception e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
  }

  private void joinAll(List<Thread> threads) {
    boolean interrupted = false;
    for (Thread t : threads) {
      while (t.isAlive()) {
        try {
          t.join();
        } catch (InterruptedException e) {
          interrupted = true;
          stop(); // and wait on: whoever called us frees what they work with
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    for (Task task = take(); task != null; task = take()) {
      try {
        task.work().call();
        finish(task, null);
      } catch (Throwable t) {
        finish(task, t);
      }
    }
  }

  private synchronized void finish(Task task, Throwable t) {
    running--;
    if (t == null) {
      finished.add(task.name());
    } else if (failure == null) {
      failure = t;
    } else if (failure instanceof StoppedException && !(t instanceof StoppedException)) {
      t.addSuppressed(failure); // not saved after all
      failure = t;
    } else {
      failure.addSuppressed(t);
    }
    notifyAll();
  }

  private synchronized Task take() {
    boolean interrupted = false;
    while (!stop && failure == null && !waiting.isEmpty()) {
      for (Task task : waiting) {
        if (finished.containsAll(task.after())) {
          waiting.remove(task);
          running++;
          return task;
        }
      }
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
        stop = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return null;
  }
}
