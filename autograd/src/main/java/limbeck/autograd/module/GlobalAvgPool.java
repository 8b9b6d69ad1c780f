package limbeck.autograd.module;

import limbeck.autograd.Module;
import limbeck.autograd.Var;

/**
 * The mean of each channel of each example: x [batch, channels, space …] to y [batch, channels].
 */
public final class GlobalAvgPool extends Module {
  private final limbeck.engine.op.nn.GlobalAvgPool op = new limbeck.engine.op.nn.GlobalAvgPool();

  /** The layer; it has no settings. */
  public GlobalAvgPool() {}

  @Override
  public Var forward(Var x) {
    return x.apply(op);
  }
}
