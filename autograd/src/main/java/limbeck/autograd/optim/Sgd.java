package limbeck.autograd.optim;

import java.util.Map;
import limbeck.autograd.ParameterStore;
import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * Stochastic gradient descent, optionally with momentum (v ← μ·v + g; w ← w − rate·v) in the plain
 * form or Nesterov's (w ← w − rate·(g + μ·v)). Sutskever, Martens, Dahl and Hinton 2013. Weight
 * decay is added to the gradient.
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
   * @param momentum in [0, 1)
   * @param decay L2 weight decay
   */
  public Sgd(ParameterStore store, double rate, double momentum, boolean nesterov, double decay) {
    super(store, rate);
    this.momentum = fraction("momentum", momentum);
    this.nesterov = nesterov;
    this.decay = decay;
    this.velocity =
        momentum == 0 ? null : Tensor.zeros(store.values().dtype(), store.values().shape());
  }

  @Override
  void update(Rows rows, int at, int n) {
    Tensor w = store().values();
    Tensor g = store().gradients();
    if (velocity == null) {
      rows.sgd(w, at, g, at, rate(), decay, n);
    } else {
      rows.momentum(w, at, g, at, velocity, at, rate(), momentum, decay, nesterov, n);
    }
  }

  @Override
  public Map<String, Tensor> state() {
    return velocity == null ? Map.of() : Map.of("velocity", velocity);
  }
}
