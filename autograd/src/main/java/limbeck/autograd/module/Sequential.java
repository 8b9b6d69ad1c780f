package limbeck.autograd.module;

import limbeck.autograd.Module;
import limbeck.autograd.Var;

/** Layers one after another, named by their position: {@code 0}, {@code 1} … */
public final class Sequential extends Module {
  /** A chain of layers; of none, the identity. */
  public Sequential(Module... layers) {
    for (int i = 0; i < layers.length; i++) {
      child(Integer.toString(i), layers[i]);
    }
  }

  @Override
  public Var forward(Var x) {
    Var y = x;
    for (Module layer : children().values()) {
      y = layer.forward(y);
    }
    return y;
  }
}
