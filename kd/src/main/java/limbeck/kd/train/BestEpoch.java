package limbeck.kd.train;

import java.util.LinkedHashMap;
import java.util.Map;
import limbeck.autograd.Module;
import limbeck.engine.io.Checkpoints;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * The weights after the epoch of a stage that is best on validation data: with the fewest errors,
 * or the highest correlation with scores.
 */
final class BestEpoch {
  private static final String COST = "best.errors";
  private static final String WEIGHTS = "best.weights.";

  private final Map<String, Tensor> weights = new LinkedHashMap<>();
  private double cost = Double.POSITIVE_INFINITY;

  /** Forgets all: a stage begins. */
  void clear() {
    weights.clear();
    cost = Double.POSITIVE_INFINITY;
  }

  /**
   * Looks at the network after an epoch; of equal ones the first stays.
   *
   * @param itsCost errors, or another measure as {@link limbeck.kd.metric.Measure#cost}
   */
  void offer(double itsCost, Module network) {
    if (itsCost < cost) {
      cost = itsCost;
      network.state().forEach((name, t) -> weights.put(name, t.own()));
    }
  }

  /** Gives the network the best weights seen. */
  void restoreTo(Module network) {
    if (!weights.isEmpty()) {
      network.load(weights);
    }
  }

  Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    if (!weights.isEmpty()) {
      state.put(COST, Tensor.of(Shape.of(1), new double[] {cost}));
      weights.forEach((name, t) -> state.put(WEIGHTS + name, t));
    }
    return state;
  }

  void restore(Map<String, Tensor> state) {
    clear();
    if (state.containsKey(COST)) {
      cost = state.get(COST).get(0);
      Checkpoints.part(WEIGHTS, state).forEach((name, t) -> weights.put(name, t.own()));
    }
  }
}
