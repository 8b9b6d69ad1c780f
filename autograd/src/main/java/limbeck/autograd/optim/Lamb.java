package limbeck.autograd.optim;

import java.util.LinkedHashMap;
import java.util.Map;
import limbeck.autograd.Parameter;
import limbeck.autograd.ParameterStore;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * LAMB (You et al. 2020, arXiv:1904.00962, algorithm 2): Adam's step, which each parameter takes in
 * proportion to the length of its weights, for large batches,
 *
 * <pre>
 * m ← β₁·m + (1 − β₁)·g        v ← β₂·v + (1 − β₂)·g²
 * r = m/(1 − β₁ᵗ) / (√(v/(1 − β₂ᵗ)) + ε) + decay·w
 * w ← w − rate · |w|/|r| · r
 * </pre>
 *
 * <p>with the Euclidean lengths of a whole parameter; where one of them is 0, the ratio is 1.
 * Order: a length is the root, in double, of {@link Rows#dot}. Moments below 1e−30 in magnitude
 * become 0.
 */
public final class Lamb extends Optimizer {
  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final double decay;
  private final Tensor first;
  private final Tensor second;

  /** r of the step at hand: no state, the next step writes it anew. */
  private final Tensor direction;

  private double c1;
  private double c2;

  /** LAMB with β = (0.9, 0.999), ε = 1e−6. */
  public Lamb(ParameterStore store, double rate, double decay) {
    this(store, rate, 0.9, 0.999, 1e-6, decay);
  }

  /**
   * All settings.
   *
   * @param beta1 decay of the first moment, in [0, 1)
   * @param beta2 decay of the second moment, in [0, 1)
   * @param epsilon above 0, also when rounded to the parameters' type
   * @param decay weight decay, at least 0
   * @throws IllegalArgumentException if a setting is out of range
   */
  public Lamb(
      ParameterStore store, double rate, double beta1, double beta2, double epsilon, double decay) {
    super(store, rate);
    this.beta1 = fraction("beta1", beta1);
    this.beta2 = fraction("beta2", beta2);
    this.epsilon = aboveZero(epsilon, store.values().dtype());
    this.decay = fromZeroOn("decay", decay);
    this.first = zerosLike(store);
    this.second = zerosLike(store);
    this.direction = zerosLike(store);
  }

  @Override
  void begin(long step) {
    c1 = 1 / (1 - StrictMath.pow(beta1, step));
    c2 = 1 / (1 - StrictMath.pow(beta2, step));
  }

  /** The direction: Adam's step of rate −1 from 0, and decay. */
  @Override
  void update(Rows rows, double itsRate, boolean decays, int at, int n) {
    Tensor g = store().gradients();
    rows.fill(0, direction, at, n);
    rows.adam(direction, at, g, at, first, second, at, -1, beta1, beta2, epsilon, 0, 1, c1, c2, n);
    if (decays && decay > 0) {
      rows.axpy(decay, store().values(), at, direction, at, n);
    }
  }

  @Override
  void finish(Workers workers, Rows rows, double itsRate, Parameter p) {
    Tensor w = store().values();
    int n = p.shape().size();
    double weights = StrictMath.sqrt(rows.dot(w, p.offset(), w, p.offset(), n));
    double steps = StrictMath.sqrt(rows.dot(direction, p.offset(), direction, p.offset(), n));
    double ratio = weights > 0 && steps > 0 ? weights / steps : 1;
    forEach(
        workers,
        n,
        (from, to) -> {
          int at = p.offset() + from;
          rows.axpy(-itsRate * ratio, direction, at, w, at, to - from);
        });
  }

  @Override
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    state.put("first", first);
    state.put("second", second);
    return state;
  }
}
