package limbeck.autograd.optim;

import java.util.LinkedHashMap;
import java.util.Map;
import limbeck.autograd.ParameterStore;
import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * RMSProp (Tieleman and Hinton 2012, lecture 6.5 of Neural networks for machine learning): the
 * gradient divided by a running root mean square of itself, optionally with momentum,
 *
 * <pre>
 * g = d loss / d w + decay·w
 * s ← α·s + (1 − α)·g²
 * v ← μ·v + g / (√s + ε)
 * w ← w − rate·v
 * </pre>
 *
 * <p>s begins at 0 and is not corrected for it, so that the first steps are larger than later ones.
 * Squares below 1e−30 become 0.
 */
public final class RmsProp extends Optimizer {
  private final double alpha;
  private final double epsilon;
  private final double momentum;
  private final double decay;
  private final Tensor squares;
  private final Tensor velocity;

  /** RMSProp with α = 0.99, ε = 1e−8, without momentum and decay. */
  public RmsProp(ParameterStore store, double rate) {
    this(store, rate, 0.99, 1e-8, 0, 0);
  }

  /**
   * All settings.
   *
   * @param alpha decay of the mean square, in [0, 1)
   * @param epsilon above 0, also when rounded to the parameters' type
   * @param momentum μ, in [0, 1)
   * @param decay L2 weight decay, at least 0
   * @throws IllegalArgumentException if a setting is out of range
   */
  public RmsProp(
      ParameterStore store,
      double rate,
      double alpha,
      double epsilon,
      double momentum,
      double decay) {
    super(store, rate);
    this.alpha = fraction("alpha", alpha);
    this.epsilon = aboveZero(epsilon, store.values().dtype());
    this.momentum = fraction("momentum", momentum);
    this.decay = fromZeroOn("decay", decay);
    this.squares = zerosLike(store);
    this.velocity = momentum == 0 ? null : zerosLike(store);
  }

  @Override
  void update(Rows rows, double itsRate, boolean decays, int at, int n) {
    rows.rmsProp(
        store().values(),
        at,
        store().gradients(),
        at,
        squares,
        velocity,
        at,
        itsRate,
        alpha,
        momentum,
        epsilon,
        decays ? decay : 0,
        n);
  }

  @Override
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    state.put("squares", squares);
    if (velocity != null) {
      state.put("velocity", velocity);
    }
    return state;
  }
}
