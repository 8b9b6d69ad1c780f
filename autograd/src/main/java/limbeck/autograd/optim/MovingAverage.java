package limbeck.autograd.optim;

import java.util.Map;
import java.util.function.Supplier;
import limbeck.autograd.ParameterStore;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * An exponential moving average of a model's weights, which often is the better model (Polyak and
 * Juditsky 1992), and which teaches in self-distillation (Tarvainen and Valpola 2017,
 * arXiv:1703.01780). After each optimizer's step
 *
 * <pre>
 * average ← average + α · (w − average)
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
 * <p>In this form the shares of average and weights sum to 1 exactly, however α is rounded. As (1 −
 * α)·average + α·w, with both factors rounded to float, they would not, and an average over many
 * thousand updates would drift by parts in a thousand.
 *
 * <p>Parameters are averaged, also frozen ones; buffers such as the statistics of a batch norm are
 * not.
 */
public final class MovingAverage {
  /** Elements that are subtracted from and added to before the next: they stay in the cache. */
  private static final int BLOCK = 2048;

  /** Elements that one thread takes at a time. */
  private static final int CHUNK = 1 << 16;

  private final ParameterStore store;
  private final double decay;
  private final boolean corrected;
  private final Tensor average;

  /** w − average: a block for each chunk, since chunks run side by side. */
  private final Tensor differences;

  private long updates;
  private boolean swapped;

  private MovingAverage(ParameterStore store, double decay, boolean corrected) {
    this.store = store;
    this.decay = decay;
    this.corrected = corrected;
    this.average = store.values().own();
    int chunks = (average.size() + CHUNK - 1) / CHUNK;
    this.differences = Tensor.zeros(average.dtype(), Shape.of(chunks * BLOCK));
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
    if (share == 1) { // exactly the weights, which average + (w − average) may miss by a rounding
      average.copyFrom(store.values());
    } else {
      workers.forEach(average.size(), CHUNK, (from, to) -> update(share, from, to));
    }
  }

  private void update(double share, int from, int to) {
    Rows rows = Optimizer.rows(average);
    Tensor weights = store.values();
    int difference = from / CHUNK * BLOCK;
    for (int at = from; at < to; at += BLOCK) {
      int n = Math.min(BLOCK, to - at);
      rows.sub(weights, at, average, at, differences, difference, n);
      rows.axpy(share, differences, difference, average, at, n);
    }
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
   * #updates()}, and what another model of the kind can load once the model's buffers are added, if
   * it has any.
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
