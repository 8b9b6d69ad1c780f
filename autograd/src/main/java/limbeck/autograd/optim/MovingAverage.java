package limbeck.autograd.optim;

import java.util.Map;
import java.util.function.Supplier;
import limbeck.autograd.ParameterStore;
import limbeck.engine.exec.Chunks;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * An exponential moving average of a model's weights, which often is the better model (Polyak and
 * Juditsky 1992), and which teaches in self-distillation (Tarvainen and Valpola 2017,
 * arXiv:1703.01780). After each optimizer's step
 *
 * <pre>
 * average ← (1 − α) · average + α · w
 * α = 1 − decay                        plain: the average starts as the weights are now
 * α = (1 − decay) / (1 − decayᵗ)       corrected, in update t = 1, 2 …
 * </pre>
 *
 * <p>The correction gives the weights after update t the share decay⁰, those after update t − 1 the
 * share decay¹ and so on, divided by the sum of shares, and the weights before training none: what
 * Adam does to its moments. Without it, the first weights count for long.
 *
 * <pre>{@code
 * MovingAverage average = MovingAverage.corrected(model.parameters(), 0.999);
 * …
 * optimizer.step(workers);
 * average.update(workers);
 * …
 * double accuracy = average.swappedIn(() -> accuracy(model, test));
 * }</pre>
 *
 * <p>Parameters are averaged, also frozen ones; buffers such as the statistics of a batch norm are
 * not.
 */
public final class MovingAverage {
  /** Elements that are scaled and added to before the next: they stay in the nearest cache. */
  private static final int BLOCK = 2048;

  private final ParameterStore store;
  private final double decay;
  private final boolean corrected;
  private final Tensor average;
  private long updates;
  private boolean swapped;

  private MovingAverage(ParameterStore store, double decay, boolean corrected) {
    this.store = store;
    this.decay = decay;
    this.corrected = corrected;
    this.average = store.values().own();
    if (!(decay >= 0 && decay < 1)) {
      throw new IllegalArgumentException("movingAverage: decay " + decay + " is not in [0, 1)");
    }
  }

  /**
   * An average that starts as the weights are now.
   *
   * @param decay in [0, 1)
   * @throws IllegalArgumentException if it is not
   */
  public static MovingAverage of(ParameterStore store, double decay) {
    return new MovingAverage(store, decay, false);
  }

  /**
   * An average of the weights from the first update on.
   *
   * @param decay in [0, 1)
   * @throws IllegalArgumentException if it is not
   */
  public static MovingAverage corrected(ParameterStore store, double decay) {
    return new MovingAverage(store, decay, true);
  }

  /** How many updates were made. */
  public long updates() {
    return updates;
  }

  /**
   * Takes the weights into the average: the same bits for any number of workers.
   *
   * @throws IllegalStateException if the averaged weights are swapped in, or the model was laid out
   *     anew since this was made
   */
  public void update(Workers workers) {
    requireOutside();
    updates++;
    double share = corrected ? (1 - decay) / (1 - StrictMath.pow(decay, updates)) : 1 - decay;
    Rows rows = Optimizer.rows(average);
    workers.forEach(
        average.size(),
        Chunks.unitsPerChunk(2),
        (from, to) -> {
          for (int at = from; at < to; at += BLOCK) {
            int n = Math.min(BLOCK, to - at);
            rows.scale(average, at, 1 - share, average, at, n);
            rows.axpy(share, store.values(), at, average, at, n);
          }
        });
  }

  /**
   * The result of {@code body}, an evaluation, run with the averaged weights in the model.
   * Afterwards the model has its own weights again, whatever happened to them inside.
   *
   * @throws IllegalStateException if they are swapped in already, or the model was laid out anew
   *     since this was made
   */
  public <T> T swappedIn(Supplier<T> body) {
    requireOutside();
    Tensor own = store.values().own();
    swapped = true;
    try {
      write(average);
      return body.get();
    } finally {
      write(own);
      swapped = false;
    }
  }

  private void write(Tensor values) {
    store.values().copyFrom(values);
    store.changed();
  }

  private void requireOutside() {
    if (swapped) {
      throw new IllegalStateException("movingAverage: the averaged weights are swapped in");
    }
    store.requireCurrent();
  }

  /**
   * The averages by parameter path, not copied: what a checkpoint must hold besides {@link
   * #updates()}, and what another model of the kind can load.
   */
  public Map<String, Tensor> state() {
    return store.pieces(average);
  }

  /**
   * Continues from a checkpoint.
   *
   * @param state as {@link #state()} gave it
   * @throws limbeck.engine.tensor.ShapeException if a tensor is missing, unknown, or has another
   *     size or type; then nothing has changed
   * @throws IllegalArgumentException if the number of updates is negative
   */
  public void restore(long updatesMade, Map<String, Tensor> state) {
    if (updatesMade < 0) {
      throw new IllegalArgumentException(
          "movingAverage: restore after " + updatesMade + " updates");
    }
    SavedState.restore("movingAverage", state, state());
    updates = updatesMade;
  }
}
