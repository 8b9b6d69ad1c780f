package limbeck.autograd.optim;

import java.util.Map;
import limbeck.autograd.ParameterStore;
import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * Stochastic gradient descent, w ← w − rate·g, optionally with momentum: v ← μ·v + g, then in the
 * plain form w ← w − rate·v, in Nesterov's w ← w − rate·(g + μ·v). Weight decay is added to the
 * gradient: g = d loss / d w + decay·w.
 *
 * <p>Sutskever, Martens, Dahl and Hinton 2013 keep v with the rate inside it (v ← μ·v − rate·g, w ←
 * w + v). That is the same for a constant rate; here, as in common frameworks, a change of rate
 * takes effect at once.
 */
public final class Sgd extends Optimizer {
  private final double momentum;
  private final boolean nesterov;
  private final double decay;
  private final Tensor velocity;

  /** Plain gradient descent. */
  public Sgd(ParameterStore store, double rate) {
    this(store, rate, 0, false, 0);
  }

  /**
   * With momentum.
   *
   * @param momentum μ, in [0, 1)
   * @param decay L2 weight decay, at least 0
   * @throws IllegalArgumentException if a setting is out of range, or Nesterov's form is asked for
   *     without momentum
   */
  public Sgd(ParameterStore store, double rate, double momentum, boolean nesterov, double decay) {
    super(store, rate);
    this.momentum = fraction("momentum", momentum);
    this.nesterov = nesterov;
    this.decay = fromZeroOn("decay", decay);
    this.velocity = momentum == 0 ? null : zerosLike(store);
    if (nesterov && momentum == 0) {
      throw new IllegalArgumentException("optimizer: Nesterov's form needs a momentum above 0");
    }
  }

  @Override
  void update(Rows rows, double itsRate, boolean decays, int at, int n) {
    Tensor w = store().values();
    Tensor g = store().gradients();
    double itsDecay = decays ? decay : 0;
    if (velocity == null) {
      rows.sgd(w, at, g, at, itsRate, itsDecay, n);
    } else {
      rows.momentum(w, at, g, at, velocity, at, itsRate, momentum, itsDecay, nesterov, n);
    }
  }

  /** Without momentum and decay, a row whose gradient is zero keeps its bits. */
  @Override
  boolean touchedRowsOnly(boolean decays) {
    return velocity == null && !(decays && decay > 0);
  }

  @Override
  public Map<String, Tensor> state() {
    return velocity == null ? Map.of() : Map.of("velocity", velocity);
  }
}
