package limbeck.kd.train;

import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;

/**
 * The contexts of one task's thread: one that computes inline, used while other tasks keep the
 * other cores busy, and one that shares all workers, used when this task runs alone. Which one took
 * a step can never show in its result.
 */
final class Crew {
  private final TaskGraph graph;
  private final OpContext alone = new OpContext(Workers.inline());
  private OpContext shared;
  private boolean sharing;
  private double mine = CpuTime.ofThisThread();
  private double pool;
  private double pooled;

  Crew(TaskGraph graph) {
    this.graph = graph;
  }

  /** The context for the next step. */
  OpContext context() {
    if (graph.running() > 1) {
      meterPool(false);
      return alone;
    }
    if (shared == null) {
      shared = new OpContext(Workers.shared());
    }
    meterPool(true);
    return shared;
  }

  /** While this task shares the workers no other does: their time is its own. */
  private void meterPool(boolean now) {
    if (now != sharing) {
      takePool();
      sharing = now;
    }
  }

  private void takePool() {
    double now = CpuTime.of(Workers.shared().threads());
    if (sharing) {
      pooled += now < pool ? 0 : now - pool; // smaller: one has ended
    }
    pool = now;
  }

  /**
   * CPU seconds since the last call, or since this was made, of the task's thread and of the
   * workers while it had them; NaN where the JVM cannot tell. To be called by the task's thread.
   */
  double cpuSeconds() {
    if (sharing) {
      takePool();
    }
    double now = CpuTime.ofThisThread();
    double spent = now - mine + pooled;
    mine = now;
    pooled = 0;
    return spent;
  }
}
