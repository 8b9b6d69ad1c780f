package limbeck.autograd.optim;

import java.util.Map;
import limbeck.autograd.ParameterStore;
import limbeck.engine.exec.Chunks;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.KernelProvider;
import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * Changes parameters by their gradients. A step updates every parameter that is not frozen and has
 * a gradient, then marks the gradients empty.
 */
public abstract class Optimizer {
  private final ParameterStore store;
  private double rate;
  private long steps;

  Optimizer(ParameterStore store, double rate) {
    this.store = store;
    rate(rate);
  }

  /** The parameters. */
  public final ParameterStore store() {
    return store;
  }

  /** The learning rate of the next step. */
  public final double rate() {
    return rate;
  }

  /** Sets the learning rate: finite, at least 0. */
  public final void rate(double newRate) {
    if (!(newRate >= 0 && newRate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "optimizer: learning rate " + newRate + " is not a finite number from 0 on");
    }
    rate = newRate;
  }

  /** Steps taken. */
  public final long steps() {
    return steps;
  }

  /** Takes a step. */
  public final void step(Workers workers) {
    steps++;
    Rows rows =
        (store.values().dtype() == DType.F64 ? KernelProvider.f64() : KernelProvider.f32()).rows();
    int[] ranges = store.activeRanges();
    for (int i = 0; i < ranges.length; i += 2) {
      int start = ranges[i];
      workers.forEach(
          ranges[i + 1] - start,
          Chunks.unitsPerChunk(8),
          (from, to) -> update(rows, start + from, to - from));
    }
    store.changed();
    store.clearGradients();
  }

  /** Updates {@code n} flat elements from {@code at} on. */
  abstract void update(Rows rows, int at, int n);

  /**
   * State beside the parameters, flat as they are, by name: what a checkpoint must hold besides
   * {@link #steps()}.
   */
  public abstract Map<String, Tensor> state();

  /**
   * Continues from a checkpoint.
   *
   * @param state as {@link #state()} gave it
   * @throws ShapeException if a tensor is missing or has another size
   */
  public final void restore(long stepsTaken, Map<String, Tensor> state) {
    state()
        .forEach(
            (name, t) -> {
              Tensor given = state.get(name);
              if (given == null || given.size() != t.size() || given.dtype() != t.dtype()) {
                throw new ShapeException(
                    "optimizer: state \""
                        + name
                        + "\" is "
                        + (given == null ? "missing" : given.dtype() + "" + given.shape())
                        + ", "
                        + t.dtype()
                        + t.shape()
                        + " needed");
              }
            });
    state().forEach((name, t) -> t.copyFrom(state.get(name)));
    steps = stepsTaken;
  }

  static double fraction(String what, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException("optimizer: " + what + " " + value + " is not in [0, 1)");
    }
    return value;
  }
}
