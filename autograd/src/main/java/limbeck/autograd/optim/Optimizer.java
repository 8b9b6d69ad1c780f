package limbeck.autograd.optim;

import java.util.List;
import java.util.Map;
import limbeck.autograd.Parameter;
import limbeck.autograd.ParameterStore;
import limbeck.engine.exec.Chunks;
import limbeck.engine.exec.RangeBody;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.KernelProvider;
import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;

/**
 * Changes parameters by their gradients. A step updates every parameter that is not frozen and has
 * a gradient, then marks the gradients empty: the others keep their values and state bit for bit.
 * All parameters of a store share one learning rate and decay, unless {@link #groups} say
 * otherwise.
 */
public abstract class Optimizer {
  /** Elementary operations of an update of one element. */
  private static final long COST = 8;

  private final ParameterStore store;
  private List<Treatment> treatments;
  private double rate;
  private long steps;

  Optimizer(ParameterStore store, double rate) {
    this.store = store;
    this.treatments = Treatment.of(List.of(), store.parameters());
    rate(rate);
  }

  /** The parameters it changes. */
  public final ParameterStore store() {
    return store;
  }

  /** The learning rate of the next step. */
  public final double rate() {
    return rate;
  }

  /**
   * Sets the learning rate of the next step.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public final void rate(double newRate) {
    rate = fromZeroOn("learning rate", newRate);
  }

  /**
   * Treats groups of parameters differently from the next step on, instead of the groups so far.
   * They are not part of the state: whoever restores an optimizer sets them again.
   *
   * @throws IllegalArgumentException if one has none of the store's parameters
   */
  public final void groups(ParameterGroup... groups) {
    treatments = Treatment.of(List.of(groups), store.parameters());
  }

  /** How many steps were taken. */
  public final long steps() {
    return steps;
  }

  /**
   * Takes a step: the same bits for any number of workers.
   *
   * @throws IllegalStateException if the model was laid out anew since this optimizer was made
   */
  public final void step(Workers workers) {
    store.requireCurrent();
    steps++;
    begin(steps);
    for (Treatment t : treatments) {
      step(workers, t);
    }
    store.changed();
    store.clearGradients();
  }

  private void step(Workers workers, Treatment t) {
    Rows rows = rows(store.values());
    double itsRate = rate * t.rateFactor();
    boolean few = touchedRowsOnly(t.decays());
    int[] ranges = few ? store.denseRanges(t.members()) : store.activeRanges(t.members());
    for (int i = 0; i < ranges.length; i += 2) {
      int start = ranges[i];
      int units = ranges[i + 1] - start;
      forEach(
          workers, units, (from, to) -> update(rows, itsRate, t.decays(), start + from, to - from));
    }
    int member = 0;
    for (Parameter p : store.parameters().values()) {
      boolean active = t.members()[member++] && !p.frozen() && p.gradient() != null;
      Tensor touched = active && few ? p.touchedRows() : null;
      if (touched != null) {
        stepRows(workers, t, p, touched);
      }
      if (active) {
        finish(workers, rows, itsRate, p);
      }
    }
  }

  /** Shares out elements that are updated one by one. */
  static void forEach(Workers workers, int units, RangeBody body) {
    workers.forEach(units, Chunks.unitsPerChunk(units, COST), body);
  }

  private void stepRows(Workers workers, Treatment t, Parameter p, Tensor touched) {
    Rows rows = rows(store.values());
    double itsRate = rate * t.rateFactor();
    int width = p.shape().last();
    workers.forEach(
        touched.size(),
        Chunks.unitsPerChunk(touched.size(), COST * width),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int at = p.offset() + touched.ints()[touched.offset() + i] * width;
            update(rows, itsRate, t.decays(), at, width);
          }
        });
  }

  /**
   * Whether a step leaves out the rows of a parameter that no gradient has touched: where zeros
   * change nothing, or where that is what the optimizer is for.
   *
   * @param decays as for {@link #update}
   */
  boolean touchedRowsOnly(boolean decays) {
    return false;
  }

  /** The row loops for tensors like {@code t}. */
  static Rows rows(Tensor t) {
    return (t.dtype() == DType.F64 ? KernelProvider.f64() : KernelProvider.f32()).rows();
  }

  /**
   * Prepares what all updates of a step have in common; called once, before them.
   *
   * @param step its number, from 1
   */
  void begin(long step) {}

  /**
   * Updates {@code n} flat elements from {@code at} on, in several threads at once.
   *
   * @param itsRate the learning rate of these
   * @param decays whether they decay, where the optimizer has weight decay
   */
  abstract void update(Rows rows, double itsRate, boolean decays, int at, int n);

  /**
   * What is left to do for a parameter when all its elements are updated, for optimizers that look
   * at whole parameters. Called in one thread.
   *
   * @param itsRate the learning rate of this one
   */
  void finish(Workers workers, Rows rows, double itsRate, Parameter p) {}

  /**
   * State beside the parameters, flat as they are, by name, not copied: what a checkpoint must hold
   * besides {@link #steps()}.
   */
  public abstract Map<String, Tensor> state();

  /**
   * Continues from a checkpoint. The learning rate is not part of it.
   *
   * @param state as {@link #state()} gave it
   * @throws limbeck.engine.tensor.ShapeException if a tensor is missing, unknown, or has another
   *     size or type; then nothing has changed
   * @throws IllegalArgumentException if the number of steps is negative
   */
  public final void restore(long stepsTaken, Map<String, Tensor> state) {
    if (stepsTaken < 0) {
      throw new IllegalArgumentException("optimizer: restore after " + stepsTaken + " steps");
    }
    SavedState.restore("optimizer", state, state());
    steps = stepsTaken;
  }

  /** A new state tensor: zeros, one for each flat element. */
  static Tensor zerosLike(ParameterStore store) {
    return Tensor.zeros(store.values().dtype(), store.values().shape());
  }

  static double fraction(String what, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException("optimizer: " + what + " " + value + " is not in [0, 1)");
    }
    return value;
  }

  /** With 0, a gradient of 0 would give 0/0. */
  static double aboveZero(double epsilon, DType type) {
    double rounded = type == DType.F32 ? (float) epsilon : epsilon;
    if (!(rounded > 0 && rounded < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "optimizer: epsilon " + epsilon + " is not a finite " + type + " above 0");
    }
    return epsilon;
  }

  static double fromZeroOn(String what, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "optimizer: " + what + " " + value + " is not a finite number from 0 on");
    }
    return value;
  }
}
