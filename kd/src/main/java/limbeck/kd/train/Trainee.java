package limbeck.kd.train;

import java.util.Map;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Tensor;

/**
 * A training that goes on step by step and can be saved between any two: of a network, or several.
 */
interface Trainee {
  /** Steps done. */
  long step();

  /** Steps of the whole training. */
  long steps();

  /** Whether all steps are done. */
  default boolean done() {
    return step() >= steps();
  }

  /**
   * Takes one step.
   *
   * @throws ArithmeticException if a loss is no longer a number, saying where
   */
  void advance(OpContext context);

  /** What training took so far, over all sessions. */
  Spent spent();

  /** Adds to it. */
  void add(Spent more);

  /** CPU seconds of threads of its own since the last call. */
  default double cpuSecondsAside() {
    return 0;
  }

  /** How many examples teachers were asked about since this object was made. */
  long asked();

  /** All that a checkpoint must hold. */
  Map<String, Tensor> checkpoint();

  /**
   * Continues from a checkpoint.
   *
   * @throws limbeck.engine.tensor.ShapeException if a tensor is missing or does not fit
   */
  void resume(long step, Spent before, Map<String, Tensor> checkpoint);
}
