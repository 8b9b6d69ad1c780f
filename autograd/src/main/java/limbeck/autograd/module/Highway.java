package limbeck.autograd.module;

import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.engine.op.Relu;
import limbeck.engine.op.Sigmoid;

/**
 * A layer that each element may pass unchanged: y = t ⊙ relu(W_h·x + b_h) + (1 − t) ⊙ x, with t =
 * σ(W_t·x + b_t), x […, width]. Srivastava, Greff and Schmidhuber 2015, arXiv:1505.00387. Its parts
 * are {@link Linear} layers {@code transform} and {@code gate}; computed as x + t ⊙ (relu(…) − x).
 */
public final class Highway extends Module {
  /** A gate that is mostly shut at first, so that x is carried through. */
  public static final double CARRY = -2;

  private final Linear transform;
  private final Linear gate;

  /**
   * A layer whose gate begins with biases of {@link #CARRY}.
   *
   * @throws IllegalArgumentException if the width is below 1
   */
  public Highway(int width) {
    transform = child("transform", new Linear(width, width));
    Init usual = Init.uniform(1 / StrictMath.sqrt(width));
    gate = child("gate", new Linear(width, width, usual, Init.constant(CARRY)));
  }

  @Override
  public Var forward(Var x) {
    Var t = gate.forward(x).apply(new Sigmoid());
    Var y = transform.forward(x).apply(new Relu());
    return x.plus(t.times(y.minus(x)));
  }
}
