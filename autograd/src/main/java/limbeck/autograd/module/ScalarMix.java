package limbeck.autograd.module;

import java.util.List;
import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Parameter;
import limbeck.autograd.Var;
import limbeck.engine.op.Softmax;
import limbeck.engine.tensor.Shape;

/**
 * A learned weighted sum of tensors of one shape, such as the layers of a language model: γ · Σ_j
 * s_j · h_j with s = softmax(w). Peters et al. 2018, arXiv:1802.05365, section 3.2. Parameters are
 * {@code weight} [layers], 0 at first, and {@code gamma} [1], 1 at first: it begins as the mean.
 */
public final class ScalarMix extends Module {
  private final Parameter weight;
  private final Parameter gamma;
  private final int layers;

  /**
   * A mix of so many tensors.
   *
   * @throws IllegalArgumentException if there is none
   */
  public ScalarMix(int layers) {
    if (layers < 1) {
      throw new IllegalArgumentException("scalarMix: " + layers + " layers, 1 at least expected");
    }
    this.layers = layers;
    weight = parameter("weight", Shape.of(layers), Init.constant(0));
    gamma = parameter("gamma", Shape.of(1), Init.constant(1));
  }

  /**
   * The sum, first to last.
   *
   * @throws IllegalArgumentException if there are not as many as this was made for
   */
  public Var forward(List<Var> mixed) {
    if (mixed.size() != layers) {
      throw new IllegalArgumentException(
          "scalarMix: " + mixed.size() + " tensors, " + layers + " expected");
    }
    Var shares = weight.apply(new Softmax());
    Var sum = null;
    for (int j = 0; j < layers; j++) {
      Var term = mixed.get(j).times(shares.slice(0, j, j + 1));
      sum = sum == null ? term : sum.plus(term);
    }
    return sum.times(gamma);
  }

  /** Of a single tensor. */
  @Override
  public Var forward(Var x) {
    return forward(List.of(x));
  }
}
