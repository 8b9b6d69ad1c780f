package limbeck.autograd.optim;

import java.util.LinkedHashMap;
import java.util.Map;
import limbeck.autograd.ParameterStore;
import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * Adadelta (Zeiler 2012, arXiv:1212.5701, algorithm 1): steps in the units of the weights, by the
 * root mean squares of steps and gradients,
 *
 * <pre>
 * g = d loss / d w + decay·w
 * s ← ρ·s + (1 − ρ)·g²
 * Δ = √(x + ε) / √(s + ε) · g
 * x ← ρ·x + (1 − ρ)·Δ²
 * w ← w − rate·Δ
 * </pre>
 *
 * <p>The paper has no rate: it is 1 there. Squares below 1e−30 become 0.
 */
public final class Adadelta extends Optimizer {
  private final double rho;
  private final double epsilon;
  private final double decay;
  private final Tensor gradients;
  private final Tensor steps;

  /** Adadelta with ρ = 0.95 and ε = 1e−6, as in the paper's experiments, without decay. */
  public Adadelta(ParameterStore store) {
    this(store, 1, 0.95, 1e-6, 0);
  }

  /**
   * All settings.
   *
   * @param rho decay of the mean squares, in [0, 1)
   * @param epsilon above 0, also when rounded to the parameters' type
   * @param decay L2 weight decay, at least 0
   * @throws IllegalArgumentException if a setting is out of range
   */
  public Adadelta(ParameterStore store, double rate, double rho, double epsilon, double decay) {
    super(store, rate);
    this.rho = fraction("rho", rho);
    this.epsilon = aboveZero(epsilon, store.values().dtype());
    this.decay = fromZeroOn("decay", decay);
    this.gradients = zerosLike(store);
    this.steps = zerosLike(store);
  }

  @Override
  void update(Rows rows, double itsRate, boolean decays, int at, int n) {
    rows.adadelta(
        store().values(),
        at,
        store().gradients(),
        at,
        gradients,
        steps,
        at,
        itsRate,
        rho,
        epsilon,
        decays ? decay : 0,
        n);
  }

  @Override
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    state.put("gradients", gradients);
    state.put("steps", steps);
    return state;
  }
}
