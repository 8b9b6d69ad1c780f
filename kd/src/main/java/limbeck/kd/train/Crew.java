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

  Crew(TaskGraph graph) {
    this.graph = graph;
  }

  /** The context for the next step. */
  OpContext context() {
    if (graph.running() > 1) {
      return alone;
    }
    if (shared == null) {
      shared = new OpContext(Workers.shared());
    }
    return shared;
  }
}
