package limbeck.kd.train;

import java.util.LinkedHashMap;
import java.util.Map;
import limbeck.autograd.Module;
import limbeck.engine.io.Checkpoints;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** The weights after the epoch of a stage with the fewest errors on validation data. */
final class BestEpoch {
  private static final String ERRORS = "best.errors";
  private static final String WEIGHTS = "best.weights.";

  private final Map<String, Tensor> weights = new LinkedHashMap<>();
  private double errors = Double.POSITIVE_INFINITY;

  /** Forgets all: a stage begins. */
  void clear() {
    weights.clear();
    errors = Double.POSITIVE_INFINITY;
  }

  /** Looks at the network after an epoch; of equal ones the first stays. */
  void offer(double itsErrors, Module network) {
    if (itsErrors < errors) {
      errors = itsErrors;
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
      state.put(ERRORS, Tensor.of(Shape.of(1), new double[] {errors}));
      weights.forEach((name, t) -> state.put(WEIGHTS + name, t));
    }
    return state;
  }

  void restore(Map<String, Tensor> state) {
    clear();
    if (state.containsKey(ERRORS)) {
      errors = state.get(ERRORS).get(0);
      Checkpoints.part(WEIGHTS, state).forEach((name, t) -> weights.put(name, t.own()));
    }
  }
}
