package limbeck.autograd.optim;

import java.util.LinkedHashMap;
import java.util.Map;
import limbeck.autograd.ParameterStore;
import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * Adam (Kingma and Ba 2015, arXiv:1412.6980, algorithm 1), with weight decay in the gradient, or
 * decoupled from it, which is AdamW (Loshchilov and Hutter 2019, arXiv:1711.05101, algorithm 2):
 *
 * <pre>
 * g = d loss / d w  (+ decay·w, if not decoupled)
 * m ← β₁·m + (1 − β₁)·g
 * v ← β₂·v + (1 − β₂)·g²
 * w ← w  (· (1 − rate·decay), if decoupled)  − rate · m/(1 − β₁ᵗ) / (√(v/(1 − β₂ᵗ)) + ε)
 * </pre>
 *
 * <p>t is the number of steps of the optimizer, also for a parameter that was frozen or without a
 * gradient in some. Decoupled decay is multiplied by the learning rate, as in common frameworks;
 * the paper multiplies it by the schedule alone. Moments below 1e−30 in magnitude become 0.
 */
public sealed class Adam extends Optimizer permits LazyAdam {
  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final double decay;
  private final boolean decoupled;
  private final Tensor first;
  private final Tensor second;

  /** 1/(1 − β₁ᵗ) and 1/(1 − β₂ᵗ), of the step at hand. */
  private double c1;

  private double c2;

  /** Adam with β = (0.9, 0.999), ε = 1e−8, without decay. */
  public Adam(ParameterStore store, double rate) {
    this(store, rate, 0.9, 0.999, 1e-8, 0, false);
  }

  /** AdamW with β = (0.9, 0.999), ε = 1e−8. */
  public static Adam w(ParameterStore store, double rate, double decay) {
    return new Adam(store, rate, 0.9, 0.999, 1e-8, decay, true);
  }

  /**
   * All settings.
   *
   * @param beta1 decay of the first moment, in [0, 1)
   * @param beta2 decay of the second moment, in [0, 1)
   * @param epsilon above 0, also when rounded to the parameters' type
   * @param decay weight decay, at least 0
   * @param decoupled whether decay shrinks the weights directly (AdamW) and not through the
   *     gradient
   * @throws IllegalArgumentException if a setting is out of range
   */
  public Adam(
      ParameterStore store,
      double rate,
      double beta1,
      double beta2,
      double epsilon,
      double decay,
      boolean decoupled) {
    super(store, rate);
    this.beta1 = fraction("beta1", beta1);
    this.beta2 = fraction("beta2", beta2);
    this.epsilon = aboveZero(epsilon, store.values().dtype());
    this.decay = fromZeroOn("decay", decay);
    this.decoupled = decoupled;
    this.first = zerosLike(store);
    this.second = zerosLike(store);
  }

  /** Powers are slow, and {@link LazyAdam} calls {@link #update} for each row. */
  @Override
  final void begin(long step) {
    c1 = 1 / (1 - StrictMath.pow(beta1, step));
    c2 = 1 / (1 - StrictMath.pow(beta2, step));
  }

  @Override
  final void update(Rows rows, double itsRate, boolean decays, int at, int n) {
    double itsDecay = decays ? decay : 0;
    double shrink = decoupled ? 1 - itsRate * itsDecay : 1;
    rows.adam(
        store().values(),
        at,
        store().gradients(),
        at,
        first,
        second,
        at,
        itsRate,
        beta1,
        beta2,
        epsilon,
        decoupled ? 0 : itsDecay,
        shrink,
        c1,
        c2,
        n);
  }

  @Override
  public final Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    state.put("first", first);
    state.put("second", second);
    return state;
  }
}
