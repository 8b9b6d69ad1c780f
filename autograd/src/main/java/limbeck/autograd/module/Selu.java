package limbeck.autograd.module;

import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.engine.op.Elu;

/**
 * Scaled exponential linear unit, {@link #SCALE} · (x where x > 0, else {@link #ALPHA} · (eˣ − 1)):
 * with weights of variance 1 / inputs, activations of mean 0 and variance 1 keep both. Klambauer et
 * al. 2017, arXiv:1706.02515.
 */
public final class Selu extends Module {
  /** α₀₁ of the paper, equation 14. */
  public static final double ALPHA = 1.6732632423543772848170429916717;

  /** λ₀₁ of the paper, equation 14. */
  public static final double SCALE = 1.0507009873554804934193349852946;

  /** A layer without parameters. */
  public Selu() {}

  @Override
  public Var forward(Var x) {
    return x.apply(new Elu(ALPHA)).times(SCALE);
  }
}
