package limbeck.autograd.module;

import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.engine.op.Reshape;

/** Each example as one row: x [batch, …] to y [batch, n]. */
public final class Flatten extends Module {
  private final Reshape op = Reshape.to(0, -1);

  /** The layer; it has no settings. */
  public Flatten() {}

  @Override
  public Var forward(Var x) {
    return x.apply(op);
  }
}
