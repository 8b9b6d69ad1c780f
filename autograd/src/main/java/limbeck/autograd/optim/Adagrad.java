package limbeck.autograd.optim;

import java.util.Map;
import limbeck.autograd.ParameterStore;
import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * Adagrad (Duchi, Hazan and Singer 2011, Adaptive subgradient methods, figure 1 with diagonal
 * matrices): every weight's rate falls with the squares of all its gradients so far,
 *
 * <pre>
 * g = d loss / d w + decay·w
 * s ← s + g²
 * w ← w − rate · g / (√s + ε)
 * </pre>
 */
public final class Adagrad extends Optimizer {
  private final double epsilon;
  private final double decay;
  private final Tensor squares;

  /** Adagrad with ε = 1e−10, squares from 0 on, without decay. */
  public Adagrad(ParameterStore store, double rate) {
    this(store, rate, 0, 1e-10, 0);
  }

  /**
   * All settings.
   *
   * @param initial what the sums of squares begin with, at least 0
   * @param epsilon above 0, also when rounded to the parameters' type
   * @param decay L2 weight decay, at least 0
   * @throws IllegalArgumentException if a setting is out of range
   */
  public Adagrad(ParameterStore store, double rate, double initial, double epsilon, double decay) {
    super(store, rate);
    this.epsilon = aboveZero(epsilon, store.values().dtype());
    this.decay = fromZeroOn("decay", decay);
    this.squares = zerosLike(store);
    squares.fill(fromZeroOn("initial sum of squares", initial));
  }

  @Override
  void update(Rows rows, double itsRate, boolean decays, int at, int n) {
    Tensor w = store().values();
    Tensor g = store().gradients();
    rows.adagrad(w, at, g, at, squares, at, itsRate, epsilon, decays ? decay : 0, n);
  }

  /** Without decay, a row whose gradient is zero keeps its bits, and its squares. */
  @Override
  boolean touchedRowsOnly(boolean decays) {
    return !(decays && decay > 0);
  }

  @Override
  public Map<String, Tensor> state() {
    return Map.of("squares", squares);
  }
}
