package limbeck.autograd.optim;

import java.util.LinkedHashMap;
import java.util.Map;
import limbeck.autograd.ParameterStore;
import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * Adam (Kingma and Ba 2015, arXiv:1412.6980), with weight decay in the gradient, or decoupled from
 * it, which is AdamW (Loshchilov and Hutter 2019, arXiv:1711.05101).
 */
public final class Adam extends Optimizer {
  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final double decay;
  private final boolean decoupled;
  private final Tensor first;
  private final Tensor second;

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
   * @param decoupled whether decay shrinks the weights directly (AdamW) and not through the
   *     gradient
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
    this.epsilon = epsilon;
    this.decay = decay;
    this.decoupled = decoupled;
    this.first = Tensor.zeros(store.values().dtype(), store.values().shape());
    this.second = Tensor.zeros(store.values().dtype(), store.values().shape());
  }

  @Override
  void update(Rows rows, int at, int n) {
    double c1 = 1 / (1 - StrictMath.pow(beta1, steps()));
    double c2 = 1 / (1 - StrictMath.pow(beta2, steps()));
    double shrink = decoupled ? 1 - rate() * decay : 1;
    rows.adam(
        store().values(),
        at,
        store().gradients(),
        at,
        first,
        second,
        at,
        rate(),
        beta1,
        beta2,
        epsilon,
        decoupled ? 0 : decay,
        shrink,
        c1,
        c2,
        n);
  }

  @Override
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    state.put("first", first);
    state.put("second", second);
    return state;
  }
}
