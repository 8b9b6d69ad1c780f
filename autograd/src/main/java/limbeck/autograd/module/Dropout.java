package limbeck.autograd.module;

import limbeck.autograd.Module;
import limbeck.autograd.Streams;
import limbeck.autograd.Var;

/**
 * Zeroes elements at random in training, and does nothing in evaluation. See {@link
 * limbeck.engine.op.Dropout}.
 */
public final class Dropout extends Module {
  private final double rate;

  /** A layer that zeroes with probability {@code rate}, at least 0 and below 1. */
  public Dropout(double rate) {
    this.rate = new limbeck.engine.op.Dropout(rate, 0, 0).rate();
  }

  @Override
  public Var forward(Var x) {
    if (!mode().training() || rate == 0) {
      return x;
    }
    return x.apply(
        new limbeck.engine.op.Dropout(rate, mode().seed(), Streams.of(path(), mode().step())));
  }
}
